"""How far each partner has pulled, and which records it may get."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from sgoffice.feed import queries
from sgoffice.partners.models import Partner, Pull, RefusedSignIn
from sgoffice.partners.services.credentials import digest_of
from sgoffice.records.models import Entry

#: The precision of the time of the last pull while the position stays.
PRECISION = timedelta(minutes=1)
MOST_BEHIND = 10_000


@dataclass(frozen=True)
class Progress:
    """How far a partner has pulled; `behind` counts the records still to pull, up to MOST_BEHIND."""

    pulled_at: datetime | None
    position: int
    head: int
    behind: int
    refused: int
    refused_at: datetime | None
    has: dict[str, int]


@dataclass(frozen=True)
class Lag:
    """How many records a partner (by its slug) has still to pull, up to MOST_BEHIND, and when it last pulled."""

    partner: str
    behind: int
    pulled_at: datetime | None


def note_pull(partner_id: UUID, position: int, *, at: datetime) -> None:
    """Record the position of a partner's cursor, without waiting for the disk: the next pull repeats it."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, {"partner": partner_id, "position": position, "at": at, "before": at - PRECISION})


def pull_progress(partner_id: UUID) -> Progress:
    """Return how far a partner has pulled, and how many records of each kind it may get now."""
    pull = Pull.objects.filter(partner=partner_id).first() or Pull(partner_id=partner_id)
    slug = Partner.objects.values_list("slug", flat=True).get(pk=partner_id)
    refusals = RefusedSignIn.objects.filter(client=digest_of(slug)).first()
    return Progress(
        pulled_at=pull.pulled_at,
        position=pull.position,
        head=queries.current_position(partner_id).position,
        behind=queries.count_changes_after(partner_id, pull.position, MOST_BEHIND),
        refused=pull.refused + (refusals.count if refusals else 0),
        refused_at=refusals.refused_at if refusals else pull.refused_at,
        has=queries.count_by_kind(partner_id),
    )


def feed_lags() -> list[Lag]:
    """Return how far each partner that may pull is behind."""
    partners = [partner for partner in Partner.objects.order_by("slug") if partner.may_pull]
    pulls = Pull.objects.in_bulk()
    positions = {one.pk: pulls[one.pk].position if one.pk in pulls else 0 for one in partners}
    behind = queries.counts_after(positions, MOST_BEHIND)
    return [Lag(one.slug, behind[one.pk], pulls[one.pk].pulled_at if one.pk in pulls else None) for one in partners]


def available_entries(partner_id: UUID) -> Any:
    """Return the entries of the records that a partner may get now, by kind, newest first."""
    return queries.filter_carried(Entry.objects.order_by("kind", "-reference"), partner_id)


def available_line(partner_id: UUID, record_id: UUID) -> bytes | None:
    """Return a record as the partner gets it; None if it may not."""
    return queries.record_line(partner_id, record_id)


def available_documents(partner_id: UUID, record_ids: list[UUID]) -> list[dict[str, Any]]:
    """Return the documents of these records as the partner gets them, in order; records it may not get are left out."""
    return [orjson.loads(body) for body in queries.fetch_documents(partner_id, record_ids)]


#: One statement, which writes and locks nothing if nothing changed.
_NOTE = """
    WITH kept AS (SELECT set_config('synchronous_commit', 'off', true)), noted AS (
        UPDATE partners_pull SET position = %(position)s, pulled_at = %(at)s FROM kept
        WHERE partner_id = %(partner)s
            AND (position <> %(position)s OR pulled_at IS NULL OR pulled_at < %(before)s)
    )
    INSERT INTO partners_pull (partner_id, position, pulled_at, refused)
    SELECT %(partner)s, %(position)s, %(at)s, 0
    WHERE NOT EXISTS (SELECT FROM partners_pull WHERE partner_id = %(partner)s)
    ON CONFLICT DO NOTHING
"""
