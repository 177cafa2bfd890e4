"""Where partners are told that their stream has advanced, and the secrets that their systems verify it with.

A secret is made from a random salt and the key of the installation whenever something is signed, and kept nowhere: a
copy of the database does not hold it. Its digest is kept, so that a changed key is noticed and nothing is signed that
nobody can verify.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from sgoffice.changes.door import ANY_VERSION, Expected, change, set_parts
from sgoffice.partners.models import Partner, Ping, PingEndpoint, PingSecret
from sgoffice.partners.rules import ping_address
from sgoffice.partners.services.outbox import GONE, Delivery, Outcome, drop_pending, enqueue, finish
from sgoffice.partners.vocabulary import PingState
from sgoffice.records.actors import OFFICE, Actor, Permission
from sgoffice.records.errors import InvalidEntry, RuleViolation, UnknownRecord
from sgoffice.records.identifiers import uuid7

PREFIX = "whsec_"
#: How long the secret before signs beside the new one.
OVERLAP = timedelta(days=1)
MOST_ENDPOINTS = 3


@dataclass(frozen=True)
class EndpointProgress:
    """How an endpoint fares. It is dead when the newest ping that came to an end was given up."""

    endpoint: PingEndpoint
    delivered_at: datetime | None
    pending: Ping | None
    last: Ping | None
    is_dead: bool


def register_ping_endpoint(
    partner_id: UUID, url: str, *, by: Actor, at: datetime, expected: Expected
) -> tuple[PingEndpoint, str]:
    """Register where a partner is told; return its secret too, which cannot be read back later.

    Raises InvalidEntry for a URL that pings may not go to, RuleViolation for one that is there or one too many.
    """
    by.require(Permission.ADMINISTER)
    ping_address(url, ports=settings.PING_PORTS, to_loopback=settings.PINGS_TO_LOOPBACK)
    new_id = uuid7()
    with transaction.atomic():
        with change(Partner, partner_id, verb="register_ping_endpoint", by=by, expected=expected) as partner:
            rows = _rows(partner)
            if len(rows) >= MOST_ENDPOINTS:
                detail = f"A partner has {MOST_ENDPOINTS} endpoints at most: its own system can tell the others."
                raise RuleViolation(detail, rule="three-endpoints", pointer="/url")
            set_parts(partner, PingEndpoint, [*rows, {"new_id": new_id, "url": url}])
        endpoint = PingEndpoint.objects.get(pk=new_id)
        return endpoint, _new_secret(endpoint, at=at)


def rotate_ping_secret(partner_id: UUID, endpoint_id: UUID, *, by: Actor, at: datetime) -> str:
    """Return a new secret for an endpoint; pings are signed with the one before too, for a day."""
    by.require(Permission.ADMINISTER)
    with transaction.atomic():
        endpoint = (
            PingEndpoint.objects.select_for_update(no_key=True).filter(pk=endpoint_id, partner=partner_id).first()
        )
        if endpoint is None:
            raise UnknownRecord("endpoint", endpoint_id)
        endpoint.secrets.exclude(retires_at=None).delete()
        endpoint.secrets.update(retires_at=at + OVERLAP)
        return _new_secret(endpoint, at=at)


def disable_ping_endpoint(
    partner_id: UUID, endpoint_id: UUID, *, by: Actor, at: datetime, expected: Expected, reason: str
) -> PingEndpoint:
    """Send an endpoint no more pings; the one on its way is dropped."""
    if not reason.strip():
        raise InvalidEntry([("/reason", "Say why: the next reader will ask.")])
    given = {"is_active": False, "disabled_because": reason}
    with transaction.atomic():
        endpoint = _set(partner_id, endpoint_id, given, verb="disable_ping_endpoint", by=by, expected=expected)
        drop_pending(endpoint.pk, because="The endpoint was disabled.", at=at)
    return endpoint


def enable_ping_endpoint(
    partner_id: UUID, endpoint_id: UUID, *, by: Actor, at: datetime, expected: Expected
) -> PingEndpoint:
    """Send an endpoint pings again, and one at once."""
    given = {"is_active": True, "disabled_because": ""}
    with transaction.atomic():
        endpoint = _set(partner_id, endpoint_id, given, verb="enable_ping_endpoint", by=by, expected=expected)
        enqueue(endpoint, at=at)
    return endpoint


def send_test_ping(partner_id: UUID, endpoint_id: UUID, *, by: Actor, at: datetime) -> None:
    """Have a ping sent at once, whether or not the stream advanced: it is one like any other.

    Raises RuleViolation for an endpoint that is disabled.
    """
    by.require(Permission.ADMINISTER)
    endpoint = PingEndpoint.objects.filter(pk=endpoint_id, partner=partner_id).first()
    if endpoint is None:
        raise UnknownRecord("endpoint", endpoint_id)
    if not endpoint.is_active:
        raise RuleViolation("The endpoint is disabled: enable it first.", rule="endpoint-disabled")
    enqueue(endpoint, at=at)


def conclude_ping(delivery: Delivery, outcome: Outcome, *, at: datetime, chance: float) -> None:
    """Note what became of an attempt; an endpoint that answers 410 Gone is disabled."""
    with transaction.atomic():
        if outcome.status == GONE:
            given = {"is_active": False, "disabled_because": "It answered 410 Gone."}
            door: dict[str, Any] = {"verb": "disable_ping_endpoint", "by": OFFICE, "expected": ANY_VERSION}
            _set(delivery.partner, delivery.endpoint, given, **door)
        finish(delivery, outcome, at=at, chance=chance)


def ping_progress(partner_id: UUID) -> list[EndpointProgress]:
    """Return the endpoints of a partner, and how each fares."""
    return [_progress(endpoint) for endpoint in PingEndpoint.objects.filter(partner=partner_id)]


def signing_secrets(endpoint_id: UUID, *, at: datetime) -> list[bytes]:
    """Return what an endpoint's pings are signed with now, the current secret first.

    Empty when the key of the installation is not that with which the secrets were made.
    """
    found = PingSecret.objects.filter(endpoint=endpoint_id).exclude(retires_at__lte=at)
    made = [(_derived(bytes(kept.salt)), bytes(kept.digest)) for kept in found]
    return [secret for secret, digest in made if sha256(secret).digest() == digest]


def _progress(endpoint: PingEndpoint) -> EndpointProgress:
    pings = list(endpoint.pings.order_by("-pk")[:50])
    finished = [ping for ping in pings if ping.finished_at is not None]
    return EndpointProgress(
        endpoint,
        delivered_at=next((ping.finished_at for ping in finished if ping.state == PingState.DELIVERED), None),
        pending=next((ping for ping in pings if ping.finished_at is None), None),
        last=pings[0] if pings else None,
        is_dead=bool(finished) and finished[0].state == PingState.GIVEN_UP,
    )


def _set(
    partner_id: UUID, endpoint_id: UUID, given: dict[str, Any], *, verb: str, by: Actor, expected: Expected
) -> PingEndpoint:
    by.require(Permission.ADMINISTER)
    with change(Partner, partner_id, verb=verb, by=by, expected=expected, reason=given["disabled_because"]) as partner:
        rows = _rows(partner)
        if endpoint_id not in {row["id"] for row in rows}:
            raise UnknownRecord("endpoint", endpoint_id)
        set_parts(partner, PingEndpoint, [row | given if row["id"] == endpoint_id else row for row in rows])
    return PingEndpoint.objects.get(pk=endpoint_id)


def _rows(partner: Partner) -> list[dict[str, Any]]:
    return [{"id": key} for key in partner.ping_endpoints.values_list("pk", flat=True)]


def _new_secret(endpoint: PingEndpoint, *, at: datetime) -> str:
    salt = secrets.token_bytes(32)
    made = _derived(salt)
    PingSecret.objects.create(endpoint=endpoint, salt=salt, digest=sha256(made).digest(), created_at=at)
    return PREFIX + base64.b64encode(made).decode()


def _derived(salt: bytes) -> bytes:
    return salted_hmac("sgoffice.partners.pings", salt, algorithm="sha256").digest()
