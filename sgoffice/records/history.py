"""Reading back what the database wrote: the entries of a record with their differences, and the chain's faults."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection

from sgoffice.records.models import HistoryEntry, HistoryLink, Record, RegisterRow
from sgoffice.records.triggers import Scribe


@dataclass(frozen=True)
class HistoryItem:
    """One row of a record (itself or a part) as it was written; `changes` holds field: [before, after]."""

    id: int
    at: datetime
    actor: str
    verb: str
    reason: str
    request_id: str
    table: str
    row_id: UUID
    operation: str
    changes: dict[str, list[Any]]


@dataclass(frozen=True)
class Revision:
    """How often some fields of a record were changed, when last, and when anything of it was written last."""

    count: int
    changed_at: datetime
    written_at: datetime


@dataclass(frozen=True)
class Fault:
    """Where the register and its history disagree."""

    place: str
    detail: str


def of_record(record_id: UUID, *, before: int | None = None, limit: int = 50) -> list[HistoryItem]:
    """Return what was written of a record, newest first; `before` is the id of the last item of the page before."""
    rows = HistoryEntry.objects.filter(record_id=record_id).select_related("payload").order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [_item(row) for row in rows[:limit]]


def revisions(model: type[Record], ids: Iterable[UUID], fields: Iterable[str]) -> dict[UUID, Revision]:
    """Return for each record how often any of these fields was changed since it was made, by whatever means."""
    options: Any = model._meta
    columns = [options.get_field(name).column for name in fields]
    old, new = (", ".join(f"p.{row} -> '{column}'" for column in columns) for row in ("old", "new"))
    own = f"e.table_name = '{options.db_table}' AND ROW({old}) IS DISTINCT FROM ROW({new})"
    with connection.cursor() as cursor:
        cursor.execute(_REVISIONS.format(own=own), [list(ids)])
        return {record_id: Revision(*row) for record_id, *row in cursor.fetchall()}


def head() -> tuple[int, str]:
    """Return position and hash of the newest link; keep it elsewhere to prove later that none was cut off."""
    newest = HistoryLink.objects.order_by("-position").first()
    return (newest.position, bytes(newest.hash).hex()) if newest else (0, "")


def faults() -> Iterator[Fault]:
    """Yield every fault of the chain, and every row that is not as its history left it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT link, fault FROM register_chain_faults()")
        for position, fault in cursor.fetchall():
            yield Fault(f"link {position}" if position else "history", fault)
        for model, scribe in written_models():
            options: Any = model._meta
            omitted = [options.get_field(name).column for name in scribe.omit]
            cursor.execute(
                "SELECT row_id, fault FROM register_row_faults(%s::regclass, %s)", [options.db_table, omitted]
            )
            for row_id, fault in cursor.fetchall():
                yield Fault(f"{options.db_table} {row_id}", fault)


def has_link(position: int, digest: str) -> bool:
    """Tell whether the chain still holds that link; position 0 is the beginning."""
    return position == 0 or HistoryLink.objects.filter(position=position, hash=bytes.fromhex(digest)).exists()


def written_models() -> list[tuple[type[RegisterRow], Scribe]]:
    """Return every model whose rows the scribe writes down."""
    return [
        (model, trigger)
        for model in apps.get_models()
        for trigger in getattr(model._meta, "triggers", ())
        if isinstance(trigger, Scribe) and issubclass(model, RegisterRow)
    ]


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
        row.pk, row.at, row.actor, row.verb, row.reason, row.request_id, row.table_name, row.row_id,
        row.operation, changes,
    )  # fmt: skip
