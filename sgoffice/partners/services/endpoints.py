"""The ping endpoints of partners, and the secrets that sign their pings.

A secret is derived from a random salt and the key of the installation when a ping is signed. It is never stored, so a
copy of the database does not contain it. Its digest is stored to detect a changed key, since nobody could verify
signatures made with another secret.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from sgoffice.changes.door import ANY_VERSION, Expected, change, set_parts
from sgoffice.partners.models import Partner, Ping, PingEndpoint, PingSecret
from sgoffice.partners.rules import PingAddress, ping_address, require_allowed_host, require_not_held
from sgoffice.partners.services.credentials import require_own
from sgoffice.partners.services.outbox import GONE, Delivery, Outcome, drop_pending_ping, record_attempt, schedule_ping
from sgoffice.partners.vocabulary import PingState
from sgoffice.records.actors import OFFICE, Actor
from sgoffice.records.errors import InvalidEntry, RuleViolation, UnknownRecord
from sgoffice.records.identifiers import uuid7

PREFIX = "whsec_"
#: How long the previous secret signs in addition to the new one.
OVERLAP = timedelta(days=1)
MOST_ENDPOINTS = 3


@dataclass(frozen=True)
class EndpointProgress:
    """The state of an endpoint. It is dead if its newest finished ping was given up."""

    endpoint: PingEndpoint
    delivered_at: datetime | None
    pending: Ping | None
    last: Ping | None
    is_dead: bool


def register_ping_endpoint(
    partner_id: UUID, url: str, *, by: Actor, at: datetime, expected: Expected
) -> tuple[PingEndpoint, str]:
    """Register an endpoint; return it with its secret, which cannot be read again.

    Raises InvalidEntry for a URL that is not allowed, RuleViolation for a duplicate or a fourth endpoint, and for a
    partner's system at a host that the office did not allow, or at which it disabled an endpoint.
    """
    require_own(partner_id, by)
    address = _address(url)
    new_id = uuid7()
    with transaction.atomic():
        with change(Partner, partner_id, verb="register_ping_endpoint", by=by, expected=expected) as partner:
            if _is_partner(by):
                require_allowed_host(address, partner.ping_hosts)
                require_not_held(is_held=_is_held_at(partner, address.host))
            rows = _rows(partner)
            if len(rows) >= MOST_ENDPOINTS:
                detail = f"A partner has at most {MOST_ENDPOINTS} endpoints. Its own system can notify others."
                raise RuleViolation(detail, rule="three-endpoints", pointer="/url")
            set_parts(partner, PingEndpoint, [*rows, {"new_id": new_id, "url": url, "secret_issued_at": at}])
        endpoint = PingEndpoint.objects.get(pk=new_id)
        return endpoint, _new_secret(endpoint, at=at)


def rotate_ping_secret(
    partner_id: UUID, endpoint_id: UUID, *, by: Actor, at: datetime, expected: Expected = ANY_VERSION
) -> str:
    """Return a new secret for an endpoint; for a day, pings are signed with the previous one too."""
    with transaction.atomic():
        given = {"secret_issued_at": at}
        endpoint = _change(partner_id, endpoint_id, given, verb="rotate_ping_secret", by=by, expected=expected)
        endpoint.secrets.exclude(retires_at=None).delete()
        endpoint.secrets.update(retires_at=at + OVERLAP)
        return _new_secret(endpoint, at=at)


def disable_ping_endpoint(
    partner_id: UUID, endpoint_id: UUID, *, by: Actor, at: datetime, expected: Expected, reason: str
) -> PingEndpoint:
    """Send an endpoint no more pings; the one on its way is dropped.

    What the office disabled, its partner cannot enable, nor say why it is disabled.
    """
    if not reason.strip():
        raise InvalidEntry([("/reason", "Say why: the next reader will ask.")])
    with transaction.atomic():
        given = {"is_active": False, "disabled_because": reason, "partner_may_enable": _is_partner(by)}
        endpoint = _change(partner_id, endpoint_id, given, verb="disable_ping_endpoint", by=by, expected=expected)
        drop_pending_ping(endpoint.pk, because="The endpoint was disabled.", at=at)
    return endpoint


def enable_ping_endpoint(
    partner_id: UUID, endpoint_id: UUID, *, by: Actor, at: datetime, expected: Expected
) -> PingEndpoint:
    """Enable an endpoint and send it a ping at once.

    Raises RuleViolation for a partner's system if the office disabled one at its host, or allows the host no longer.
    """
    given = {"is_active": True, "disabled_because": "", "partner_may_enable": False}
    with transaction.atomic():
        endpoint = _change(partner_id, endpoint_id, given, verb="enable_ping_endpoint", by=by, expected=expected)
        schedule_ping(endpoint, at=at)
    return endpoint


def send_test_ping(partner_id: UUID, endpoint_id: UUID, *, by: Actor, at: datetime) -> None:
    """Send an ordinary ping at once, even if the stream has not advanced.

    Raises RuleViolation for a disabled endpoint.
    """
    require_own(partner_id, by)
    endpoint = _endpoint(partner_id, endpoint_id)
    if not endpoint.is_active:
        raise RuleViolation("The endpoint is disabled. Enable it first.", rule="endpoint-disabled")
    schedule_ping(endpoint, at=at)


def conclude_ping(delivery: Delivery, outcome: Outcome, *, at: datetime, chance: float) -> None:
    """Record the outcome of an attempt; disable an endpoint that answered 410 Gone, unless it is disabled already."""
    with transaction.atomic():
        if outcome.status == GONE and _endpoint(delivery.partner, delivery.endpoint).is_active:
            given = {"is_active": False, "disabled_because": "It answered 410 Gone.", "partner_may_enable": True}
            door: dict[str, Any] = {"verb": "disable_ping_endpoint", "by": OFFICE, "expected": ANY_VERSION}
            _change(delivery.partner, delivery.endpoint, given, **door)
        record_attempt(delivery, outcome, at=at, chance=chance)


def ping_progress(partner_id: UUID) -> list[EndpointProgress]:
    """Return the endpoints of a partner with their state."""
    return [_progress(endpoint) for endpoint in PingEndpoint.objects.filter(partner=partner_id)]


def own_ping_endpoints(partner_id: UUID) -> tuple[list[str], list[PingEndpoint]]:
    """Return the host names at which a partner may register endpoints by itself, and its endpoints."""
    hosts = Partner.objects.values_list("ping_hosts", flat=True).get(pk=partner_id)
    return list(hosts), list(PingEndpoint.objects.filter(partner=partner_id).prefetch_related("pings"))


def signing_secrets(endpoint_id: UUID, *, at: datetime) -> list[bytes]:
    """Return the secrets that sign an endpoint's pings now, the current one first.

    Empty if the key of the installation has changed since they were issued.
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


def _change(
    partner_id: UUID, endpoint_id: UUID, given: dict[str, Any], *, verb: str, by: Actor, expected: Expected
) -> PingEndpoint:
    require_own(partner_id, by)
    reason = given.get("disabled_because", "")
    with change(Partner, partner_id, verb=verb, by=by, expected=expected, reason=reason) as partner:
        rows = _rows(partner)
        endpoint = _endpoint(partner_id, endpoint_id)
        if given.get("is_active") and _is_partner(by):
            address = _address(endpoint.url)
            require_allowed_host(address, partner.ping_hosts)
            require_not_held(is_held=_is_held_at(partner, address.host))
        if endpoint.is_held:
            given = given | {"partner_may_enable": False}
            given = given | ({"disabled_because": endpoint.disabled_because} if _is_partner(by) else {})
        set_parts(partner, PingEndpoint, [row | given if row["id"] == endpoint_id else row for row in rows])
    return PingEndpoint.objects.get(pk=endpoint_id)


def _is_partner(by: Actor) -> bool:
    return by.kind == "partner"


def _address(url: str) -> PingAddress:
    return ping_address(url, ports=settings.PING_PORTS, to_loopback=settings.PINGS_TO_LOOPBACK)


def _is_held_at(partner: Partner, host: str) -> bool:
    """Tell whether the office disabled an endpoint at a host: the partner opens no other way to it."""
    return any(one.is_held and urlsplit(one.url).hostname == host for one in partner.ping_endpoints.all())


def _endpoint(partner_id: UUID, endpoint_id: UUID) -> PingEndpoint:
    found = PingEndpoint.objects.filter(pk=endpoint_id, partner=partner_id).first()
    if found is None:
        raise UnknownRecord("endpoint", endpoint_id)
    return found


def _rows(partner: Partner) -> list[dict[str, Any]]:
    return [{"id": key} for key in partner.ping_endpoints.values_list("pk", flat=True)]


def _new_secret(endpoint: PingEndpoint, *, at: datetime) -> str:
    salt = secrets.token_bytes(32)
    made = _derived(salt)
    PingSecret.objects.create(endpoint=endpoint, salt=salt, digest=sha256(made).digest(), created_at=at)
    return PREFIX + base64.b64encode(made).decode()


def _derived(salt: bytes) -> bytes:
    return salted_hmac("sgoffice.partners.pings", salt, algorithm="sha256").digest()
