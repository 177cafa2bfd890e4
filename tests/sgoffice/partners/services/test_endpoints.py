"""Endpoints of pings: administrators look after them, secrets are shown once and kept nowhere, dead ones are seen."""

import base64
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from standardwebhooks import Webhook

from sgoffice.changes.door import ANY_VERSION
from sgoffice.partners import services
from sgoffice.partners.models import Ping, PingSecret
from sgoffice.partners.pings import signatures
from sgoffice.records.actors import OFFICE, Actor, Permission
from sgoffice.records.errors import InvalidEntry, NotPermitted, RuleViolation, StaleVersion, UnknownRecord
from sgoffice.records.models import Entry, HistoryEntry
from tests.factories import approvals
from tests.factories import partners as make
from tests.factories.agreements import agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make.partner()


def door(**values):
    return {"by": OFFICE, "at": timezone.now(), "expected": ANY_VERSION} | values


def test_secret_is_shown_once_and_neither_in_the_database_nor_in_its_history(partner):
    endpoint, secret = make.endpoint(partner)

    key = base64.b64decode(secret.removeprefix("whsec_"))
    assert services.signing_secrets(endpoint.pk, at=timezone.now()) == [key]
    assert len(key) == 32
    kept = PingSecret.objects.get()
    assert key not in bytes(kept.salt) + bytes(kept.digest)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(new::text, '') FROM history_payload")
        written = cursor.fetchone()[0]
    assert make.ENDPOINT in written
    assert "salt" not in written


def test_registering_is_in_the_history_of_the_partner(partner):
    keeper = approvals.member("administrator")
    make.endpoint(partner, by=keeper)

    entry = HistoryEntry.objects.filter(record_id=partner.pk).latest("pk")
    assert (entry.verb, entry.actor) == ("register_ping_endpoint", str(keeper))


@pytest.mark.parametrize("missing", [Permission.ADMINISTER])
def test_administrators_alone_look_after_endpoints(partner, missing):
    endpoint, _ = make.endpoint(partner)
    other = Actor("staff", "other", "", frozenset(Permission) - {missing})
    acts = [
        lambda: make.endpoint(partner, "https://other.example/", by=other),
        lambda: services.rotate_ping_secret(partner.pk, endpoint.pk, by=other, at=timezone.now()),
        lambda: services.send_test_ping(partner.pk, endpoint.pk, by=other, at=timezone.now()),
        lambda: services.disable_ping_endpoint(partner.pk, endpoint.pk, reason="So", **door(by=other)),
        lambda: services.enable_ping_endpoint(partner.pk, endpoint.pk, **door(by=other)),
    ]

    for act in acts:
        with pytest.raises(NotPermitted):
            act()


def test_old_version_is_refused(partner):
    version = Entry.objects.get(pk=partner.pk).version
    make.endpoint(partner, expected=version)

    with pytest.raises(StaleVersion):
        make.endpoint(partner, "https://other.example/", expected=version)


@pytest.mark.parametrize("url", ["http://partner.example/", "https://127.0.0.1/", "https://partner.example:8080/", ""])
def test_url_to_which_no_ping_may_go_is_refused(partner, url):
    with pytest.raises(InvalidEntry):
        make.endpoint(partner, url)


def test_endpoint_is_registered_once_and_three_are_enough(partner):
    make.endpoint(partner)
    with pytest.raises(RuleViolation, match="already"):
        make.endpoint(partner)
    for number in range(2):
        make.endpoint(partner, f"https://partner.example/{number}")

    with pytest.raises(RuleViolation, match="at most 3 endpoints"):
        make.endpoint(partner, "https://partner.example/3")


def test_endpoint_of_another_partner_is_not_there(partner):
    endpoint, _ = make.endpoint(make.partner())

    for act in (services.rotate_ping_secret, services.send_test_ping):
        with pytest.raises(UnknownRecord):
            act(partner.pk, endpoint.pk, by=OFFICE, at=timezone.now())
    with pytest.raises(UnknownRecord):
        services.enable_ping_endpoint(partner.pk, endpoint.pk, **door())


def test_rotated_secret_and_the_one_before_sign_for_a_day(partner):
    now = timezone.now()
    endpoint, first = make.endpoint(partner, at=now)
    second = services.rotate_ping_secret(partner.pk, endpoint.pk, by=OFFICE, at=now)

    def verifies(secret, at):
        found = services.signing_secrets(endpoint.pk, at=at)
        headers = signatures.headers("msg_1", b"{}", found, at=timezone.now())
        try:
            Webhook(secret).verify(b"{}", headers)
        except Exception:  # noqa: BLE001 - the library's own kinds
            return False
        return True

    assert [verifies(secret, now) for secret in (first, second)] == [True, True]
    later = now + timedelta(days=1)
    assert [verifies(secret, later) for secret in (first, second)] == [False, True]
    third = services.rotate_ping_secret(partner.pk, endpoint.pk, by=OFFICE, at=now)
    assert [verifies(secret, now) for secret in (first, second, third)] == [False, True, True]


def test_another_key_of_the_installation_signs_nothing(partner, settings):
    endpoint, _ = make.endpoint(partner)
    settings.SECRET_KEY = "another key, as after a restore without the old one"

    assert services.signing_secrets(endpoint.pk, at=timezone.now()) == []
    secret = services.rotate_ping_secret(partner.pk, endpoint.pk, by=OFFICE, at=timezone.now())
    [key] = services.signing_secrets(endpoint.pk, at=timezone.now())
    assert base64.b64encode(key).decode() == secret.removeprefix("whsec_")


def test_disabled_endpoint_gets_nothing_and_says_why(partner):
    endpoint, _ = make.endpoint(partner)
    services.send_test_ping(partner.pk, endpoint.pk, by=OFFICE, at=timezone.now())
    services.disable_ping_endpoint(partner.pk, endpoint.pk, reason="They move", **door())

    assert services.claim_pings(at=timezone.now(), most=9) == []
    assert Ping.objects.get().state == "failed"
    with pytest.raises(RuleViolation, match="Enable it first"):
        services.send_test_ping(partner.pk, endpoint.pk, by=OFFICE, at=timezone.now())
    with pytest.raises(InvalidEntry):
        services.disable_ping_endpoint(partner.pk, endpoint.pk, reason=" ", **door())


def test_few_pings_of_an_endpoint_are_kept(partner):
    endpoint, _ = make.endpoint(partner)
    for _ in range(25):
        make.ping(endpoint, 204)

    assert Ping.objects.count() == 20


@pytest.mark.parametrize(
    ("rule", "statement"),
    [
        (
            "ping_one_on_its_way",
            "INSERT INTO partners_ping SELECT (jsonb_populate_record(p, %s)).* FROM partners_ping p",
        ),
        ("ping_ends_with_an_instant", "UPDATE partners_ping SET state = 'delivered'"),
        ("pingendpoint_says_why_it_is_disabled", "UPDATE partners_pingendpoint SET is_active = false"),
        ("pingendpoint_is_a_url", "UPDATE partners_pingendpoint SET url = 'file:///etc/passwd'"),
        (
            "pingsecret_one_current",
            "INSERT INTO partners_pingsecret SELECT (jsonb_populate_record(s, %s)).* FROM partners_pingsecret s",
        ),
    ],
)
def test_database_refuses_what_the_rules_forbid(partner, rule, statement):
    endpoint, _ = make.endpoint(partner)
    services.send_test_ping(partner.pk, endpoint.pk, by=OFFICE, at=timezone.now())

    other = '{"id": "%s", "message_id": "msg_other"}' % ("0" if rule.startswith("ping_") else uuid4())

    with pytest.raises(IntegrityError, match=rule), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [other] * statement.count("%s"))


def test_change_that_is_public_makes_one_ping(partner, settle):
    make.endpoint(partner)
    agreement(marking="public")
    settle()

    assert [services.schedule_pings(at=timezone.now()) for _ in range(2)] == [1, 0]
