"""The outbox of pings: scheduling, claims by workers, and the outcome of each attempt.

A change of a record schedules nothing. Each pass compares the position of each stream with the last position sent to
its endpoints (docs/decisions/0005-pings.md), so no advance is lost, whichever process is killed.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sgoffice.feed.models import Stream
from sgoffice.feed.queries import StreamPosition, current_position
from sgoffice.partners.models import Ping, PingEndpoint
from sgoffice.partners.rules import next_attempt
from sgoffice.partners.services.cursors import encode_cursor
from sgoffice.partners.vocabulary import PingState

#: How long a worker holds a ping, longer than any attempt takes. Afterwards another worker sends it again.
LEASE = timedelta(minutes=1)
#: How many pings of an endpoint are kept.
KEPT = 20
#: The status with which an endpoint unsubscribes.
GONE = 410
_SUCCESS = range(200, 300)
_LONGEST_FAULT = 300


@dataclass(frozen=True)
class Delivery:
    """One attempt to deliver a ping."""

    ping: int
    endpoint: UUID
    partner: UUID
    url: str
    message_id: str
    #: The client id of the partner.
    stream: str
    #: The newest cursor of its stream when this was noticed.
    cursor: str
    noticed_at: datetime
    attempt: int


@dataclass(frozen=True)
class Outcome:
    """The outcome of an attempt: the status of the response, or why there was none."""

    status: int | None
    fault: str = ""


def schedule_pings(*, at: datetime) -> int:
    """Schedule a ping for each endpoint whose stream has advanced; return their number."""
    behind = list(_endpoints_behind())
    for endpoint in behind:
        _schedule(endpoint, endpoint.head, at=at)
    return len(behind)


def schedule_ping(endpoint: PingEndpoint, *, at: datetime) -> None:
    """Schedule a ping for an endpoint at once."""
    head = Stream.objects.filter(pk=endpoint.partner_id).values_list("position", flat=True).first()
    _schedule(endpoint, head or 0, at=at)
    _unclaimed(endpoint.pk, at).update(next_attempt_at=at)


def claim_pings(*, at: datetime, most: int) -> list[Delivery]:
    """Claim due pings that no other worker holds, until their lease ends."""
    with transaction.atomic():
        due = (
            _due(at).select_for_update(no_key=True, skip_locked=True, of=("self",)).order_by("next_attempt_at")
        )  # fmt: skip
        keys = [ping.pk for ping in due[:most]]
        Ping.objects.filter(pk__in=keys).update(
            attempts=F("attempts") + 1,
            leased_until=at + LEASE,
            first_attempt_at=Coalesce("first_attempt_at", at),
        )
        taken = Ping.objects.filter(pk__in=keys).select_related("endpoint__partner").order_by("next_attempt_at")
        return [
            Delivery(
                ping=ping.pk, endpoint=ping.endpoint_id, partner=ping.endpoint.partner_id, url=ping.endpoint.url,
                message_id=ping.message_id, stream=ping.endpoint.partner.slug, cursor=_cursor_of(ping),
                noticed_at=ping.noticed_at, attempt=ping.attempts,
            )
            for ping in taken
        ]  # fmt: skip


def count_due_pings(*, at: datetime) -> int:
    """Return how many pings are due that no worker holds."""
    return _due(at).count()


def _due(at: datetime) -> QuerySet[Ping]:
    is_free = Q(leased_until=None) | Q(leased_until__lte=at)
    return Ping.objects.filter(
        is_free, state=PingState.PENDING, next_attempt_at__lte=at, endpoint__in=_active_endpoints()
    )


def _cursor_of(ping: Ping) -> str:
    stream = ping.endpoint.partner_id
    epoch = current_position(stream).epoch
    return encode_cursor(stream, StreamPosition(epoch, ping.position))


def record_attempt(delivery: Delivery, outcome: Outcome, *, at: datetime, chance: float) -> None:
    """Record the outcome of an attempt, unless another worker has claimed the ping since."""
    held = Ping.objects.filter(
        pk=delivery.ping, message_id=delivery.message_id, attempts=delivery.attempt, state=PingState.PENDING
    )
    first = held.values_list("first_attempt_at", flat=True).first()
    if first is None:
        return
    known = {"last_status": outcome.status, "last_fault": outcome.fault[:_LONGEST_FAULT], "leased_until": None}
    if outcome.status in _SUCCESS:
        held.update(**known, state=PingState.DELIVERED, finished_at=at)
        return
    if outcome.status == GONE:
        held.update(**known, state=PingState.FAILED, finished_at=at)
        return
    again = next_attempt(delivery.attempt, first=first, failed=at, chance=chance)
    if again is None:
        held.update(**known, state=PingState.GIVEN_UP, finished_at=at)
    else:
        held.update(**known, next_attempt_at=again)


def drop_pending_ping(endpoint_id: UUID, *, because: str, at: datetime) -> None:
    """Cancel the pending ping of an endpoint."""
    Ping.objects.filter(endpoint=endpoint_id, state=PingState.PENDING).update(
        state=PingState.FAILED, last_fault=because, leased_until=None, finished_at=at
    )


def _active_endpoints() -> "QuerySet[PingEndpoint]":
    return PingEndpoint.objects.filter(
        is_active=True, partner__is_active=True, partner__is_in_error=False, partner__merged_into=None
    )


def _endpoints_behind() -> "QuerySet[Any]":
    sent = Ping.objects.filter(endpoint=OuterRef("pk")).order_by().values("endpoint").annotate(most=Max("position"))
    head = Stream.objects.filter(pk=OuterRef("partner_id")).values("position")
    return (
        _active_endpoints()
        .annotate(head=Subquery(head), sent=Coalesce(Subquery(sent.values("most")), 0))
        .filter(head__gt=F("sent"))
    )


def _schedule(endpoint: PingEndpoint, head: int, *, at: datetime) -> None:
    """Schedule a ping, or move the pending one to the new position.

    A pending ping that was sent before gets a new message id: its receiver may have got it although we saw no response,
    and would ignore the same id. A ping that a worker holds stays as it is: the next pass checks again.
    """
    with transaction.atomic():
        waiting = _unclaimed(endpoint.pk, at).filter(position__lt=head)
        if waiting.filter(attempts=0).update(position=head, noticed_at=at):
            return
        if waiting.update(position=head, noticed_at=at, message_id=_new_id()):
            return
        new = Ping(endpoint=endpoint, message_id=_new_id(), position=head, noticed_at=at, next_attempt_at=at)
        Ping.objects.bulk_create([new], ignore_conflicts=True)  # unless one is pending already
        kept = Ping.objects.filter(endpoint=endpoint).order_by("-pk").values_list("pk", flat=True)[:KEPT]
        Ping.objects.filter(endpoint=endpoint).exclude(pk__in=list(kept)).exclude(state=PingState.PENDING).delete()


def _unclaimed(endpoint_id: UUID, at: datetime) -> "QuerySet[Ping]":
    """Return the pending ping of an endpoint, unless a worker holds it."""
    return Ping.objects.filter(
        Q(leased_until=None) | Q(leased_until__lte=at), endpoint=endpoint_id, state=PingState.PENDING
    )


def _new_id() -> str:
    return f"msg_{secrets.token_hex(16)}"
