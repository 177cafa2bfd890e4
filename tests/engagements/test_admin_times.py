"""Times in the admin are those on the clocks of the place: typed, shown, kept and told elsewhere."""

import re

import pytest

from engagements.models import Engagement
from sgoffice import history
from tests.engagements.test_admin import page_of
from tests.factories import directory
from tests.factories.accounts import signed_in
from tests.forms import sent_by

pytestmark = pytest.mark.django_db

ADD = "/admin/engagements/engagement/add/"
PLACES = [
    ("Tokyo", "JP", "Asia/Tokyo", "+09:00"),
    ("Washington", "US", "America/New_York", "-05:00"),
    ("Lyon", "FR", "Europe/Paris", "+01:00"),
    ("Kathmandu", "NP", "Asia/Kathmandu", "+05:45"),
]


@pytest.fixture
def officer():
    return signed_in("officer")


def planned(officer, **values):
    """Enter a meeting at 16:00 to 17:00 of 7 December 2026 by the form, and return it."""
    given = {
        "title": "Courtesy call", "kind": "courtesy_call", "status": "confirmed",
        "starts_at_0": "2026-12-07", "starts_at_1": "16:00", "ends_at_0": "2026-12-07", "ends_at_1": "17:00",
    } | values  # fmt: skip
    answer = officer.post(ADD, sent_by(officer.get(ADD), **given))
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    return Engagement.objects.get(title="Courtesy call")


@pytest.mark.parametrize(("city", "country", "zone", "offset"), PLACES)
def test_a_time_that_is_typed_is_that_of_the_place_everywhere(officer, city, country, zone, offset):
    directory.country(country, country)
    record = planned(officer, city=city, country=country)

    told = officer.see(f"engagements/{record.pk}").json()
    assert (record.time_zone, told["held"]) == (zone, "2026-12-07")
    assert (told["starts_at"], told["ends_at"]) == (f"2026-12-07T16:00:00{offset}", f"2026-12-07T17:00:00{offset}")
    form = sent_by(officer.get(page_of(record)))
    assert (form["starts_at_0"], form["starts_at_1"]) == (["2026-12-07"], ["16:00:00"])
    calendar = officer.see(f"engagements/{record.pk}/calendar").content.decode()
    assert f"DTSTART;TZID={zone}:20261207T160000" in calendar
    listed = officer.get("/admin/engagements/engagement/").content.decode()
    assert "7 Dec. 2026" in listed
    page = officer.get(page_of(record, "history")).content.decode()
    assert "7 Dec. 2026, 16:00 (" in page
    assert not re.search(r"\d{4}-\d{2}-\d{2}T", re.sub(r"<[^>]*>", " ", page))


def test_a_form_with_times_that_is_saved_as_it_was_changes_nothing(officer):
    directory.country("JP", "Japan")
    record = planned(officer, city="Tokyo", country="JP")
    before = history.head()

    answer = officer.post(page_of(record), sent_by(officer.get(page_of(record))))

    assert answer.status_code == 302
    assert history.head() == before


def test_who_only_reads_sees_the_clocks_of_the_place(officer):
    directory.country("JP", "Japan")
    record = planned(officer, city="Tokyo", country="JP")

    page = signed_in("viewer").get(page_of(record)).content.decode()

    assert "7 Dec. 2026, 16:00 (Tokyo, UTC+9)" in page
    assert "07:00" not in page
    assert "7 a.m." not in page


def test_another_zone_keeps_the_clocks_that_were_read(officer):
    directory.country("JP", "Japan")
    record = planned(officer, city="Tokyo", country="JP")

    answer = officer.post(page_of(record), sent_by(officer.get(page_of(record)), time_zone="Seoul", city="Seoul"))
    again = officer.post(page_of(record), sent_by(officer.get(page_of(record)), time_zone="Paris", city="Paris"))

    assert (answer.status_code, again.status_code) == (302, 302)
    told = officer.see(f"engagements/{record.pk}").json()
    assert (told["time_zone"], told["starts_at"]) == ("Europe/Paris", "2026-12-07T16:00:00+01:00")


def test_a_place_that_leaves_the_zone_open_is_asked_for_it(officer):
    directory.country("US", "United States of America")
    given = {"title": "Call", "kind": "courtesy_call", "status": "confirmed", "country": "US"}
    answer = officer.post(ADD, sent_by(officer.get(ADD), **given, starts_at_0="2026-12-07", starts_at_1="16:00"))

    said = str(answer.context["adminform"].form.errors["time_zone"])
    assert "America/New_York, America/Chicago" in said
    assert Engagement.objects.count() == 0


def test_a_step_takes_a_time_on_the_clocks_of_the_place(officer):
    directory.country("JP", "Japan")
    record = planned(officer, city="Tokyo", country="JP", status="tentative")
    page = page_of(record, "step", "confirm")

    answer = officer.post(
        page,
        sent_by(
            officer.get(page), starts_at_0="2026-12-08", starts_at_1="09:30", ends_at_0="2026-12-08", ends_at_1="10:00"
        ),
    )

    assert answer.status_code == 302, answer.context["form"].errors
    assert officer.see(f"engagements/{record.pk}").json()["starts_at"] == "2026-12-08T09:30:00+09:00"
