"""My page: a calendar is subscribed with one press, and ended."""

import pytest
from django.test import Client

from sgoffice.accounts.models import CalendarLink, User
from sgoffice.records.models import HistoryEntry
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def test_a_calendar_link_is_made_with_one_press_and_works():
    make.planned(title="Call on the Minister")
    viewer = signed_in("viewer")

    page = viewer.post("/desk/me/calendar")

    address = page.context["address"]
    assert page.context["webcal"].startswith("webcal://testserver/calendars/")
    assert page["Cache-Control"] == "no-store"
    assert b"BEGIN:VCALENDAR" in Client().get(address).content
    assert address not in viewer.get("/desk/me").content.decode()


def test_a_link_is_ended_by_its_owner_alone():
    viewer, other = signed_in("viewer"), signed_in("viewer")
    viewer.post("/desk/me/calendar", {"name": "Telephone\x00"})
    link = CalendarLink.objects.get()

    assert other.post(f"/desk/me/calendar/{link.pk}/end").status_code == 404
    assert "Telephone" in viewer.get("/desk/me").content.decode()
    assert viewer.post(f"/desk/me/calendar/{link.pk}/end").status_code == 302
    assert CalendarLink.objects.get().revoked_at is not None
    assert "Telephone" not in viewer.get("/desk/me").content.decode()


def test_the_language_of_pages_is_ones_own_choice_and_leads_back_here_alone():
    officer, stranger = signed_in("officer"), Client(headers={"Accept-Language": "en"})

    chosen = officer.post("/language", {"language": "fr", "next": "/desk/me"})
    unknown = officer.post("/language", {"language": "tlh", "next": "https://example.org/"})
    kept = stranger.post("/language", {"language": "fr", "next": "//example.org"})

    assert chosen["Location"] == "/desk/me"
    assert (unknown["Location"], kept["Location"]) == ("/desk/", "/desk/")
    user = User.objects.get(username__startswith="officer")
    assert user.language == "fr"
    assert HistoryEntry.objects.filter(verb="choose_language", actor=f"staff:{user.pk}").exists()
    assert "Mot de passe" in stranger.get("/admin/login/").content.decode()
    assert "Sign out" not in officer.get("/desk/me").content.decode()
    assert officer.get("/api/v1/me").json()["language"] == "fr"


@pytest.mark.parametrize(("typed", "zone"), [("Lyon", "Europe/Paris"), (" tokyo ", "Asia/Tokyo"), ("UTC", "UTC")])
def test_the_clocks_of_pages_are_ones_own_choice_by_a_city(typed, zone):
    officer = signed_in("officer")

    assert officer.post("/desk/me/zone", {"zone": typed})["Location"] == "/desk/me"
    user = User.objects.get(username__startswith="officer")
    assert user.time_zone == zone
    assert officer.get("/api/v1/me").json()["time_zone"] == zone
    assert HistoryEntry.objects.filter(verb="choose_time_zone", actor=f"staff:{user.pk}").exists() is (zone != "UTC")


def test_a_city_that_nobody_knows_is_refused_and_stays_in_the_field():
    officer = signed_in("officer")

    page = officer.post("/desk/me/zone", {"zone": "Zqxville"})

    assert page.status_code == 422
    assert 'value="Zqxville"' in page.content.decode()
    assert "write a city" in page.content.decode()
