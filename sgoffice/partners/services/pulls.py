"""What the office knows of a partner's pulling: how far it is, how far behind, and what it has."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from sgoffice.feed import queries
from sgoffice.partners.models import Pull
from sgoffice.records.models import Entry

#: How exactly the last pull is kept, unless the position moved.
PRECISION = timedelta(minutes=1)
MOST_BEHIND = 10_000


@dataclass(frozen=True)
class Progress:
    """How far a partner is; `behind` counts the records that it has not pulled, up to MOST_BEHIND."""

    pulled_at: datetime | None
    position: int
    head: int
    behind: int
    refused: int
    refused_at: datetime | None
    has: dict[str, int]


def note_pull(partner_id: UUID, position: int, *, at: datetime) -> None:
    """Note how far a partner's cursor is. No page waits for the disk to keep it: the next pull says it again."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, {"partner": partner_id, "position": position, "at": at, "before": at - PRECISION})


def progress(partner_id: UUID) -> Progress:
    """Return how far a partner is, and how many records of each kind it may have now."""
    pull = Pull.objects.filter(partner=partner_id).first() or Pull(partner_id=partner_id)
    return Progress(
        pulled_at=pull.pulled_at,
        position=pull.position,
        head=queries.current_position(partner_id).position,
        behind=queries.count_changes_after(partner_id, pull.position, MOST_BEHIND),
        refused=pull.refused,
        refused_at=pull.refused_at,
        has=queries.count_by_kind(partner_id),
    )


def carried(partner_id: UUID) -> Any:
    """Return the entries of the records that a partner may have now, by kind, newest first."""
    return queries.filter_carried(Entry.objects.order_by("kind", "-reference"), partner_id)


def carried_line(partner_id: UUID, record_id: UUID) -> bytes | None:
    """Return a record as the line that a partner gets of it; None if it may not have it."""
    return queries.record_line(partner_id, record_id)


def carried_documents(partner_id: UUID, record_ids: list[UUID]) -> list[dict[str, Any]]:
    """Return the documents of these records as a partner gets them, in this order; what it may not have is absent."""
    found: list[dict[str, Any]] = orjson.loads(b"[%b]" % queries.fetch_documents(partner_id, record_ids))
    return found


#: One statement: nothing is written, and no row locked, where all is as it was.
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
