"""Partners look after their own ping endpoints: at allowed hosts, within what the office leaves to them."""

import json
from uuid import uuid4

import pytest
from django.utils import timezone

from sgoffice.changes.door import ANY_VERSION
from sgoffice.partners import services
from sgoffice.partners.models import Ping, PingEndpoint
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import HistoryEntry
from tests.factories import partners as make

pytestmark = pytest.mark.django_db
URL = "https://hooks.partner.example/told"


@pytest.fixture
def puller():
    return make.Puller(make.partner(ping_hosts=("hooks.partner.example",)))


def send(puller, path="", **body):
    return puller.post(
        f"/api/v1/partner/ping-endpoints{path}", json.dumps(body), content_type="application/json",
        headers={"Authorization": f"Bearer {puller.token}"},
    )  # fmt: skip


def step(puller, endpoint, step, **more):
    return send(puller, f"/{endpoint.pk}", step=step, **more)


def test_partner_registers_at_an_allowed_host_and_sees_the_secret_once(puller):
    made = send(puller, url=URL)

    assert made.status_code == 201, made.content
    assert made.json()["secret"].startswith("whsec_")
    assert "no-store" in made["Cache-Control"]
    listed = puller.see("ping-endpoints").json()
    assert listed["secret"] is None
    assert listed["hosts"] == ["hooks.partner.example"]
    assert [(one["url"], one["is_active"], one["is_held"]) for one in listed["endpoints"]] == [(URL, True, False)]
    written = HistoryEntry.objects.filter(record_id=puller.partner.pk).latest("pk")
    assert (written.verb, written.actor) == ("register_ping_endpoint", f"partner:{puller.partner.pk}")


@pytest.mark.parametrize(
    ("url", "status", "pointer"),
    [
        ("https://hooks.elsewhere.example/told", 409, "/url"),
        ("https://partner.example/told", 409, "/url"),
        ("https://10.0.0.1/told", 400, "/url"),
        ("http://hooks.partner.example/told", 400, "/url"),
    ],
)
def test_other_hosts_are_refused(puller, url, status, pointer):
    refused = send(puller, url=url)

    assert refused.status_code == status
    assert pointer in refused.content.decode()
    assert not PingEndpoint.objects.exists()


def test_the_office_registers_at_any_host_and_the_partner_sees_that(puller):
    endpoint, _ = make.endpoint(puller.partner, "https://hooks.elsewhere.example/told")

    assert [one["id"] for one in puller.see("ping-endpoints").json()["endpoints"]] == [str(endpoint.pk)]


def test_partner_tests_and_sees_the_delivery(puller):
    endpoint, _ = make.endpoint(puller.partner)
    make.ping(endpoint, 500, minutes=1)

    assert step(puller, endpoint, "test").status_code == 200

    [shown] = puller.see("ping-endpoints").json()["endpoints"]
    assert [(one["state"], one["last_status"]) for one in shown["deliveries"]] == [("pending", 500)]


def test_partner_rotates_and_the_history_has_it_without_the_secret(puller):
    endpoint, old = make.endpoint(puller.partner)

    new = step(puller, endpoint, "rotate").json()["secret"]

    assert new.startswith("whsec_")
    assert new != old
    assert len(services.signing_secrets(endpoint.pk, at=timezone.now())) == 2
    written = HistoryEntry.objects.filter(record_id=puller.partner.pk).latest("pk")
    assert (written.verb, written.actor) == ("rotate_ping_secret", f"partner:{puller.partner.pk}")


def test_what_answered_gone_the_partner_enables_again(puller):
    endpoint, _ = make.endpoint(puller.partner)
    make.ping(endpoint, 410, minutes=1)
    assert not PingEndpoint.objects.get().is_active

    assert step(puller, endpoint, "enable").status_code == 200

    assert PingEndpoint.objects.get().is_active
    assert Ping.objects.filter(state="pending").exists()


def test_what_the_partner_disabled_it_enables_again(puller):
    endpoint, _ = make.endpoint(puller.partner)

    assert step(puller, endpoint, "disable").status_code == 400
    assert step(puller, endpoint, "disable", reason="We move").json()["endpoints"][0]["is_held"] is False
    assert step(puller, endpoint, "test").status_code == 409
    assert step(puller, endpoint, "enable").status_code == 200


def test_what_the_office_disabled_stays_so(puller):
    endpoint, _ = make.endpoint(puller.partner)
    door = {"by": OFFICE, "at": timezone.now(), "expected": ANY_VERSION}
    services.disable_ping_endpoint(puller.partner.pk, endpoint.pk, reason="It floods us", **door)

    step(puller, endpoint, "disable", reason="So that we may enable it")
    refused = step(puller, endpoint, "enable")

    other = send(puller, url=f"{URL}/other")
    assert (refused.status_code, refused.json()["rule"]) == (409, "endpoint-held")
    assert (other.status_code, other.json()["rule"]) == (409, "endpoint-held")
    [shown] = puller.see("ping-endpoints").json()["endpoints"]
    assert (shown["is_held"], shown["disabled_because"]) == (True, "It floods us")
    services.enable_ping_endpoint(puller.partner.pk, endpoint.pk, **door)
    assert PingEndpoint.objects.get().is_active


def test_what_the_partner_disabled_it_enables_at_allowed_hosts_only():
    puller = make.Puller(make.partner(ping_hosts=("elsewhere.partner.example",)))
    endpoint, _ = make.endpoint(puller.partner)

    step(puller, endpoint, "disable", reason="We move")
    refused = step(puller, endpoint, "enable")

    assert (refused.status_code, refused.json()["rule"]) == (409, "allowed-host")
    assert not PingEndpoint.objects.get().is_active


def test_an_answer_that_comes_late_takes_nothing_back_from_the_office(puller):
    endpoint, _ = make.endpoint(puller.partner)
    door = {"by": OFFICE, "at": timezone.now(), "expected": ANY_VERSION}
    services.send_test_ping(puller.partner.pk, endpoint.pk, by=OFFICE, at=door["at"])
    [on_its_way] = services.claim_pings(at=door["at"], most=1)
    services.disable_ping_endpoint(puller.partner.pk, endpoint.pk, reason="It floods us", **door)

    services.conclude_ping(on_its_way, services.Outcome(410), at=door["at"], chance=0.5)

    [shown] = puller.see("ping-endpoints").json()["endpoints"]
    assert (shown["is_held"], shown["disabled_because"]) == (True, "It floods us")


@pytest.mark.parametrize("name", ["test", "rotate", "enable", "disable"])
def test_an_endpoint_of_another_partner_is_no_endpoint(puller, name):
    endpoint, _ = make.endpoint(make.partner())

    refused = step(puller, endpoint, name, reason="Mine")
    unknown = send(puller, f"/{uuid4()}", step=name, reason="Mine")

    assert (refused.status_code, unknown.status_code) == (404, 404)
    assert refused.json()["title"] == unknown.json()["title"]
    assert puller.see("ping-endpoints").json()["endpoints"] == []
    assert PingEndpoint.objects.get().is_active


@pytest.mark.parametrize(
    "hosts", [("10.0.0.1",), ("Hooks.Example.org",), ("https://hooks.example.org",), ("localhost",)]
)
def test_what_is_no_public_host_name_cannot_be_allowed(hosts):
    with pytest.raises(InvalidEntry):
        make.partner(ping_hosts=hosts)
