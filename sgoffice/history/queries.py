"""The history items of a record with their changes, and how often its fields were changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from sgoffice.history.markings import seen_items
from sgoffice.records.actors import Actor
from sgoffice.records.models import HistoryEntry, Record


@dataclass(frozen=True)
class HistoryItem:
    """One write to the row of a record or of a part; `changes` maps fields to [before, after].

    `place` is its place among all writes of the register: from two of them a reader would count what is hidden between.
    `id` is the digest of the item in the chain, which tells nothing of others.
    """

    place: int
    id: str
    at: datetime
    actor: str
    verb: str
    reason: str
    request_id: str
    table: str
    row_id: UUID
    operation: str
    changes: dict[str, list[Any]]

    def told(self) -> dict[str, Any]:
        """Return what readers get of it."""
        return {name: value for name, value in vars(self).items() if name != "place"}


@dataclass(frozen=True)
class Revision:
    """How often some fields of a record were changed, when they last were, and when it was last written at all."""

    count: int
    changed_at: datetime
    written_at: datetime


def of_record(record_id: UUID, *, by: Actor, before: str | None = None, limit: int = 50) -> list[HistoryItem]:
    """Return the history items of a record that the actor may see, newest first.

    An item is seen by who may see the record today and could when it was written. `before` is the id of the last item
    of the previous page. The caller checks that the actor may see the record.
    """
    rows = seen_items(record_id, by)
    if before is not None:
        last = HistoryEntry.objects.filter(record_id=record_id, digest=bytes.fromhex(before))
        rows = rows.filter(pk__lt=last.values("pk")[:1])
    return _page(rows, limit)


def of_subject(subject_id: UUID, *, limit: int = 50) -> list[HistoryItem]:
    """Return the history items of a subject that is no record and has no marking, such as a member of staff."""
    return _page(HistoryEntry.objects.filter(record_id=subject_id), limit)


def _page(rows: QuerySet[HistoryEntry], limit: int) -> list[HistoryItem]:
    return [_item(row) for row in rows.select_related("payload").order_by("-id")[:limit]]


def members_changed(row: HistoryEntry) -> list[str]:
    """Return the names of the members that an entry changed; of one whose content was redacted, none."""
    return sorted(_item(row).changes)


def revisions(model: type[Record], ids: Iterable[UUID], fields: Iterable[str]) -> dict[UUID, Revision]:
    """Return for each record how often any of these fields was changed since it was created, by whatever means."""
    options = model._meta
    column_of = {field.name: field.column for field in options.concrete_fields}
    columns = [column_of[name] for name in fields]
    old, new = (", ".join(f"p.{row} -> '{column}'" for column in columns) for row in ("old", "new"))
    own = f"e.table_name = '{options.db_table}' AND ROW({old}) IS DISTINCT FROM ROW({new})"
    with connection.cursor() as cursor:
        cursor.execute(_REVISIONS.format(own=own), [list(ids)])
        return {record_id: Revision(*row) for record_id, *row in cursor.fetchall()}


_REVISIONS = """
    SELECT e.record_id, count(*) FILTER (WHERE e.operation = 'update' AND {own}), max(e.at) FILTER (WHERE {own}),
        max(e.at)
    FROM history_entry e JOIN history_payload p ON p.entry_id = e.id
    WHERE e.record_id = ANY(%s) GROUP BY e.record_id
"""


def _item(row: HistoryEntry) -> HistoryItem:
    payload = getattr(row, "payload", None)
    old, new = (payload.old or {}, payload.new or {}) if payload else ({}, {})
    changes = {
        name: [old.get(name), new.get(name)]
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    }
    return HistoryItem(
        place=row.pk,
        id=bytes(row.digest).hex(),
        at=row.at,
        actor=row.actor,
        verb=row.verb,
        reason=row.reason,
        request_id=row.request_id,
        table=row.table_name,
        row_id=row.row_id,
        operation=row.operation,
        changes=changes,
    )
