"""The page of pings in the admin: secrets shown once, buttons for administrators, dead endpoints seen by all staff."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from sgoffice.changes.door import ANY_VERSION
from sgoffice.partners import services
from sgoffice.partners.models import Ping, PingEndpoint
from sgoffice.records.actors import OFFICE
from tests.factories import partners as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make.partner()


def page_of(partner):
    return f"/admin/partners/partner/{partner.pk}/pings/"


def press(client, partner, **values):
    page = client.get(page_of(partner)).content.decode()
    version = re.search(r'name="version_seen" value="(\d+)"', page)
    assert version
    return client.post(page_of(partner), {"version_seen": version[1], **values}).content.decode()


def test_page_shows_a_secret_once(partner):
    client = signed_in("administrator")

    shown = press(client, partner, register="1", url=f" {make.ENDPOINT} ")

    assert re.search(r"whsec_[A-Za-z0-9+/]{43}=", shown)
    again = client.get(page_of(partner))
    assert "whsec_" not in again.content.decode()
    assert (make.ENDPOINT in again.content.decode(), "no-store" in again["Cache-Control"]) == (True, True)


def test_page_rotates_disables_enables_and_sends_a_test(partner):
    client = signed_in("administrator")
    endpoint, _ = make.endpoint(partner)

    assert "whsec_" in press(client, partner, rotate=endpoint.pk)
    assert "Done." in press(client, partner, test=endpoint.pk)
    assert Ping.objects.get().state == "pending"
    assert "Say why" in press(client, partner, disable=endpoint.pk, reason="")
    assert "They move" in press(client, partner, disable=endpoint.pk, reason="They move")
    press(client, partner, enable=endpoint.pk)
    assert PingEndpoint.objects.get().is_active


def test_page_refuses_a_url_beside_its_field_and_keeps_it(partner):
    shown = press(signed_in("administrator"), partner, register="1", url="https://10.0.0.1/told")

    assert "Write https://, a host name" in shown
    assert 'value="https://10.0.0.1/told"' in shown


def test_page_refuses_what_somebody_else_changed_meanwhile(partner):
    client = signed_in("administrator")
    make.endpoint(partner)

    answer = client.post(page_of(partner), {"version_seen": "1", "register": "1", "url": "https://partner.example/"})

    assert "has changed since you read it" in answer.content.decode()
    assert PingEndpoint.objects.count() == 1


@pytest.mark.parametrize("values", [{"rotate": "x"}, {"test": "1"}, {"enable": ""}])
def test_page_does_not_know_an_endpoint_that_is_none(partner, values):
    assert signed_in("administrator").post(page_of(partner), values).status_code == 404


@pytest.mark.parametrize("role", ["viewer", "officer", "approver", "auditor"])
def test_page_is_for_administrators(partner, role):
    assert signed_in(role).get(page_of(partner)).status_code == 403


def test_dead_endpoint_is_seen_on_the_page_of_the_partner_without_its_url(partner):
    endpoint, _ = make.endpoint(partner)
    shown = f"/admin/partners/partner/{partner.pk}/change/"
    client = signed_in("viewer")
    make.ping(endpoint, 204)
    assert ">working<" in client.get(shown).content.decode()

    make.ping(endpoint, 503, days=1)
    assert ">failing<" in client.get(shown).content.decode()
    make.ping(endpoint, 503, days=3)

    found = client.get(shown).content.decode()
    assert ">failed<" in found
    assert "hooks.partner.example" in found
    assert make.ENDPOINT not in found


def test_list_of_partners_tells_which_pull_and_which_endpoints_are_dead(partner):
    for_both = make.partner(slug="double")
    make.partner(slug="silent")
    make.endpoint(partner)
    kept, _ = make.endpoint(for_both)
    dead, _ = make.endpoint(for_both, url="https://second.example.org/told")
    door = {"by": OFFICE, "at": timezone.now(), "expected": ANY_VERSION}
    services.disable_ping_endpoint(for_both.pk, dead.pk, reason="It is gone", **door)
    services.note_pull(partner.pk, 0, at=timezone.now())

    page = signed_in("viewer").get("/admin/partners/partner/?o=-6").content.decode()

    rows = [re.sub(r"<[^>]+>|\s+", " ", row) for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)]
    told = {slug: next(row for row in rows if f" {slug} " in row) for slug in (partner.slug, "silent", "double")}
    assert ("never" in told[partner.slug], " active " in told[partner.slug]) == (False, True)
    assert ("never" in told["silent"], told["silent"].split()[-1]) == (True, "—")
    assert "1 of 2 disabled" in told["double"]
    assert kept.url not in page


def test_register_is_as_ready_with_a_dead_endpoint_as_without(partner):
    endpoint, _ = make.endpoint(partner)
    before = Client().get("/readyz")
    make.ping(endpoint, 503, days=3)

    after = Client().get("/readyz")
    assert (after.status_code, after.content) == (before.status_code, before.content)


def test_what_became_of_the_last_ping_is_told(partner):
    endpoint, _ = make.endpoint(partner)
    make.ping(endpoint, 503)

    shown = signed_in("administrator").get(page_of(partner)).content.decode()

    assert "1 attempt; answered 503" in shown
