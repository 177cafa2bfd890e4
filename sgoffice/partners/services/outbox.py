"""Pings on their way: noticed, handed to one worker for a while, and what became of each attempt.

Nothing is noted when a record changes: whoever asks compares how far each stream has come with how far its endpoints
were told (docs/decisions/0005-pings.md). So no advance is lost, whoever is killed when.
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
from sgoffice.partners.models import Ping, PingEndpoint
from sgoffice.partners.rules import next_attempt
from sgoffice.partners.vocabulary import PingState

#: How long a ping is in the hands of one worker: longer than any attempt takes. After it another one sends it again.
LEASE = timedelta(minutes=1)
#: How many pings of an endpoint are kept when newer ones came.
KEPT = 20
#: The status with which an endpoint says that it wants no pings any more.
GONE = 410
_SUCCESS = range(200, 300)
_LONGEST_FAULT = 300


@dataclass(frozen=True)
class Delivery:
    """One attempt, as the worker that holds it needs it."""

    ping: int
    endpoint: UUID
    partner: UUID
    url: str
    message_id: str
    position: int
    noticed_at: datetime
    attempt: int


@dataclass(frozen=True)
class Outcome:
    """What became of an attempt: the status that was answered, or why there was none."""

    status: int | None
    fault: str = ""


def notice(*, at: datetime) -> int:
    """Have every endpoint told whose partner's stream is past what was told; return how many that are."""
    behind = list(_behind())
    for endpoint in behind:
        _tell(endpoint, endpoint.head, at=at)
    return len(behind)


def enqueue(endpoint: PingEndpoint, *, at: datetime) -> None:
    """Have a ping sent to an endpoint at once."""
    head = Stream.objects.filter(pk=endpoint.partner_id).values_list("position", flat=True).first()
    _tell(endpoint, head or 0, at=at)
    _free(endpoint.pk, at).update(next_attempt_at=at)


def claim(*, at: datetime, most: int) -> list[Delivery]:
    """Take pings that are due, which no other worker holds; each is this one's until its lease ends."""
    with transaction.atomic():
        due = (
            Ping.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
            .filter(Q(leased_until=None) | Q(leased_until__lte=at), state=PingState.PENDING, next_attempt_at__lte=at)
            .filter(endpoint__in=_open_endpoints())
            .order_by("next_attempt_at")
        )
        keys = [ping.pk for ping in due[:most]]
        Ping.objects.filter(pk__in=keys).update(
            attempts=F("attempts") + 1,
            leased_until=at + LEASE,
            first_attempt_at=Coalesce("first_attempt_at", at),
        )
        taken = Ping.objects.filter(pk__in=keys).select_related("endpoint").order_by("next_attempt_at")
        return [
            Delivery(
                ping=ping.pk, endpoint=ping.endpoint_id, partner=ping.endpoint.partner_id, url=ping.endpoint.url,
                message_id=ping.message_id, position=ping.position, noticed_at=ping.noticed_at, attempt=ping.attempts,
            )
            for ping in taken
        ]  # fmt: skip


def finish(delivery: Delivery, outcome: Outcome, *, at: datetime, chance: float) -> None:
    """Note what became of an attempt, unless its lease ended and another worker has taken the ping since."""
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


def drop_pending(endpoint_id: UUID, *, because: str, at: datetime) -> None:
    """Take back the ping that is on its way to an endpoint."""
    Ping.objects.filter(endpoint=endpoint_id, state=PingState.PENDING).update(
        state=PingState.FAILED, last_fault=because, leased_until=None, finished_at=at
    )


def _open_endpoints() -> "QuerySet[PingEndpoint]":
    return PingEndpoint.objects.filter(
        is_active=True, partner__is_active=True, partner__is_in_error=False, partner__merged_into=None
    )


def _behind() -> "QuerySet[Any]":
    told = Ping.objects.filter(endpoint=OuterRef("pk")).order_by().values("endpoint").annotate(most=Max("position"))
    head = Stream.objects.filter(pk=OuterRef("partner_id")).values("position")
    return (
        _open_endpoints()
        .annotate(head=Subquery(head), told=Coalesce(Subquery(told.values("most")), 0))
        .filter(head__gt=F("told"))
    )


def _tell(endpoint: PingEndpoint, head: int, *, at: datetime) -> None:
    """Put a ping on its way, or a newer one in the place of the one that waits.

    One that was sent already gets another message id: a receiver that had it, although we saw no answer, takes the same
    id for the same news. What is in the hands of a worker is left alone: the next pass looks again.
    """
    with transaction.atomic():
        waiting = _free(endpoint.pk, at).filter(position__lt=head)
        if waiting.filter(attempts=0).update(position=head, noticed_at=at):
            return
        if waiting.update(position=head, noticed_at=at, message_id=_new_id()):
            return
        new = Ping(endpoint=endpoint, message_id=_new_id(), position=head, noticed_at=at, next_attempt_at=at)
        Ping.objects.bulk_create([new], ignore_conflicts=True)  # unless one waits, or another worker was first
        kept = Ping.objects.filter(endpoint=endpoint).order_by("-pk").values_list("pk", flat=True)[:KEPT]
        Ping.objects.filter(endpoint=endpoint).exclude(pk__in=list(kept)).exclude(state=PingState.PENDING).delete()


def _free(endpoint_id: UUID, at: datetime) -> "QuerySet[Ping]":
    """Return the ping that is on its way to an endpoint, unless a worker holds it."""
    return Ping.objects.filter(
        Q(leased_until=None) | Q(leased_until__lte=at), endpoint=endpoint_id, state=PingState.PENDING
    )


def _new_id() -> str:
    return f"msg_{secrets.token_hex(16)}"
