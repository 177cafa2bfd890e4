"""A sign-in that ends while somebody types: nothing typed is lost, and nothing that other sites send is taken."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from engagements.models import Engagement
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.forms import sent_by

pytestmark = pytest.mark.django_db
OWN = {"Origin": "http://testserver"}
TYPED = {
    "who-0": "Gerhard Karner, Minister of the Interior, Austria", "day": "2 March 2026", "kind": "courtesy_call",
    "marking": "internal",
    "outcome": "\nLong <text>,\nof two lines",
}  # fmt: skip


def kept(page):
    return {name: values for name, values in sent_by(page).items() if name != "csrfmiddlewaretoken"}


def test_what_was_typed_in_a_sign_in_that_ended_is_sent_again_after_the_next():
    directory.country("AT", "Austria")
    page = Client().post("/desk/log", TYPED, headers=OWN)

    assert (page.status_code, page["Cache-Control"]) == (403, "no-store")
    assert "Your sign-in has ended." in page.content.decode()
    assert kept(page)["outcome"][0].replace("\r", "").strip() == TYPED["outcome"].strip()
    officer = signed_in("officer")
    answer = officer.post("/desk/log", sent_by(page))
    assert answer.status_code == 302, answer.context["errors"]
    assert Engagement.objects.get().outcome == "Long <text>,\nof two lines"


def test_a_form_with_the_token_of_an_earlier_sign_in_is_sent_again():
    officer = signed_in("officer")
    officer.handler.enforce_csrf_checks = True

    page = officer.post("/desk/log", TYPED, headers=OWN)

    assert page.status_code == 403
    assert "You signed in anew" in page.content.decode()
    assert kept(page)["who-0"] == [TYPED["who-0"]]


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_what_another_site_sent_is_not_offered(origin):
    lost = Client().post("/desk/log", TYPED, headers=origin)
    officer = signed_in("officer")
    officer.handler.enforce_csrf_checks = True
    refused = officer.post("/desk/log", TYPED, headers=origin)

    assert lost["Location"].startswith("/admin/login/")
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    assert "Karner" not in refused.content.decode()


def test_no_password_comes_back():
    client = Client(enforce_csrf_checks=True)
    page = client.post("/admin/login/", {"username": "officer", "password": "a secret one"}, headers=OWN)

    assert page.status_code == 403
    assert "a secret one" not in page.content.decode()


def test_what_htmx_asks_is_refused_without_a_page():
    part = Client().post("/desk/log/understood", TYPED, headers=OWN | {"HX-Request": "true"})

    assert (part.status_code, part.content) == (403, b"")


@pytest.mark.parametrize(
    ("address", "above"),
    [
        ("engagements/{}/answer", "engagements/{}"), ("log/draft", "log"), ("me/calendar", "me"),
        ("imports/X/enter", "imports/X"),
    ],
)  # fmt: skip
def test_the_address_of_a_form_leads_a_browser_to_its_page(address, above):
    met = make.engagement(title="Call", status="held", held="2026-03-02")
    officer = signed_in("officer")
    asked = f"/desk/{address.format(met.reference)}"

    assert officer.get(asked, headers={"Accept": "text/html"})["Location"] == f"/desk/{above.format(met.reference)}"
    assert re.fullmatch("4..", str(officer.get(asked, headers={"Accept": "application/json"}).status_code))


def test_a_form_of_the_admin_is_kept_as_well():
    record = make.engagement(title="Call", status="held", held="2026-03-02")
    address = f"/admin/engagements/engagement/{record.pk}/change/"
    administrator = signed_in("administrator")
    form = sent_by(administrator.get(address)) | {"title": "Call on the Minister", "_save": "Save"}

    page = Client().post(address, form, headers=OWN)

    assert page.status_code == 403
    assert "Your sign-in has ended." in page.content.decode()
    answer = administrator.post(address, sent_by(page))
    assert answer.status_code == 302, answer.context["errors"]
    assert Engagement.objects.get().title == "Call on the Minister"


def test_choosing_a_language_before_signing_in_is_no_lost_form():
    answer = Client().post(reverse("choose-language"), {"language": "fr", "next": "/admin/login/"}, headers=OWN)

    assert (answer.status_code, answer["Location"]) == (302, "/admin/login/")
