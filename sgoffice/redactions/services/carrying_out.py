"""Carry out a redaction: rows through the door, history by the database, documents and whatever else quotes them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from sgoffice import documents
from sgoffice.approvals.models import Approval
from sgoffice.changes import erasable
from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.changes.erasable import Erased, Erasure, erased_by, parts_of, text_columns
from sgoffice.changes.masks import EMPTY, masked, telling, telling_alone, texts_in
from sgoffice.changes.redactions import REDACT
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Entry, HistoryPayload, Record, RegisterRow
from sgoffice.records.triggers import scribes_of
from sgoffice.redactions.models import Redaction
from sgoffice.redactions.services import kept_list, versions
from sgoffice.search.folding import fold


@dataclass(frozen=True)
class _Wanted:
    """What is erased: whole columns of rows, and texts in the record itself and in others that quote it."""

    rows: Sequence[Erased]
    texts: Sequence[str]


def carry_out(approval: Approval, *, by: Actor) -> None:
    """Erase what an approved proposal names: in rows, history, documents with their versions, search and streams.

    Raises RuleViolation for what the database refuses, InvalidEntry for a pointer that leads nowhere any more.
    """
    entry = approval.subject
    if entry is None:
        return
    model = documents.model_of(entry.kind)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
    wanted = _wanted(model.rows().get(pk=entry.pk), approval.content["pointers"])
    alone = telling_alone(wanted.texts)
    reason = str(masked(approval.reason_told(), wanted.texts))
    with change(model, entry.pk, verb=REDACT, by=by, expected=approval.expected(), reason=reason) as record:
        _erase_rows(record, wanted.rows, wanted.texts)
        quoting = _quoting(record, wanted.texts)
        naming = _naming(record, apart_from=[record.pk, *quoting])
        for key in quoting:
            _erase_quotations(key, wanted.rows, wanted.texts, by=by, reason=reason)
        for key in naming if alone else ():
            _erase_quotations(key, (), alone, by=by, reason=reason)
        found = _erase_history(record, [record.pk, *quoting], wanted.rows, wanted.texts)
        found |= _erase_history(record, naming, (), alone)
        Redaction(record_id=record.pk, approval=approval, pointers=approval.content["pointers"], entries=found).save()
    instead = {str(one.row.pk): versions.members_of(one.columns) for one in wanted.rows}
    versions.erase([record.pk, *quoting], instead, wanted.texts)
    versions.erase(naming, instead, alone)
    transaction.on_commit(kept_list.keep, robust=True)


def _wanted(record: Record, pointers: Sequence[str]) -> _Wanted:
    """Return what the pointers erase, of what was merged into the record too, with every text that ever stood there."""
    rows = erased_by(record, pointers)
    for merged in type(record).rows().filter(merged_into=record.pk):
        with suppress(InvalidEntry):
            rows += erased_by(merged, pointers)
    found = [text for one in rows for text in _texts_of(one)]
    return _Wanted(rows, telling([*found, *map(fold, found)]))


def _texts_of(erased: Erased) -> Iterator[str]:
    """Yield the texts that stand, or ever stood, in what is erased of a row."""
    row, names = erased.row, [name for name in erased.columns if name in text_columns(type(erased.row))]
    yield from erased.texts
    yield from texts_in([getattr(row, name) for name in names])
    of_row = HistoryPayload.objects.filter(entry__table_name=row._meta.db_table, entry__row_id=row.pk)
    for pair in of_row.values_list("old", "new"):
        yield from texts_in([state.get(_column(row, name)) for state in pair if state for name in names])


def _erase_rows(record: Record, wanted: Sequence[Erased], texts: Sequence[str]) -> None:
    """Erase in the row of an open record and in its parts."""
    for row in (record, *parts_of(record)):
        _erase_row(row, wanted, texts)


def _erase_row(row: RegisterRow, wanted: Sequence[Erased], texts: Sequence[str]) -> None:
    """Erase what was named of an open row, and every text of it that stands elsewhere in the row."""
    instead = {name: value for one in wanted if one.row == row for name, value in one.columns.items()}
    is_changed, always = False, erasable.always(type(row))
    for name in dict.fromkeys([*text_columns(type(row)), *instead]):
        before = getattr(row, name)
        after = instead[name] if name in instead and (before not in EMPTY or name in always) else masked(before, texts)
        if after != before:
            setattr(row, name, _fitting(row, name, after))
            is_changed = True
    if is_changed:
        _refresh_derived(row, texts)
        row.save()


def _refresh_derived(row: RegisterRow, texts: Sequence[str]) -> None:
    """Erase what was derived from the texts of a row, which history leaves out: folded, to search and sort by."""
    for refresh in ("refresh_search", "refresh_role"):
        getattr(row, refresh, lambda: None)()
    folded = telling(fold(text) for text in texts)
    for name in scribes_of(type(row))[0].omit:
        value = getattr(row, name)
        if isinstance(value, str):
            setattr(row, name, masked(value, folded))


def _erase_quotations(
    record_id: UUID, wanted: Sequence[Erased], texts: Sequence[str], *, by: Actor, reason: str
) -> None:
    """Erase texts in another record that quotes them, or is one with this one."""
    model = documents.model_of(Entry.objects.values_list("kind", flat=True).get(pk=record_id))
    with change(model, record_id, verb=REDACT, by=by, expected=ANY_VERSION, reason=reason) as record:
        _erase_rows(record, wanted, texts)


def _quoting(record: Record, texts: Sequence[str]) -> list[UUID]:
    """Erase what quotes a record outside the rows of records; return the records that quote it, proposals first."""
    merged = list(type(record).rows().filter(merged_into=record.pk).order_by("pk").values_list("pk", flat=True))
    same = [record.pk, *merged]
    found = list(Approval.objects.filter(subject__in=same).order_by("pk").values_list("pk", flat=True))
    for eraser in erasable.erasers():
        found += eraser(Erasure(same, texts))
    return list(dict.fromkeys([*merged, *found]))


def _naming(record: Record, *, apart_from: Iterable[UUID]) -> list[UUID]:
    """Return the records that show the name of this one, or once did."""
    return sorted(versions.showing(record.pk) - set(apart_from)) if record.is_embedded else []


def _erase_history(
    record: Record, ids: Sequence[UUID], wanted: Sequence[Erased], texts: Sequence[str]
) -> dict[str, list[str]]:
    """Have the database erase it from history; return the entries that it left, as the redaction lists them."""
    instead: dict[str, dict[str, dict[str, object]]] = {}
    for one in wanted:
        columns = {_column(one.row, name): value for name, value in one.columns.items()}
        instead.setdefault(one.row._meta.db_table, {}).setdefault(str(one.row.pk), {}).update(columns)
    kinds = Entry.objects.filter(pk__in=ids).values_list("kind", flat=True).distinct()
    tables: dict[str, list[str]] = {}
    for model in (documents.model_of(kind) for kind in kinds):
        for kind in (model, *erasable.part_models(model())):
            tables[kind._meta.db_table] = [_column(kind, name) for name in text_columns(kind)]
    told = (json.dumps(instead), json.dumps(tables))
    with connection.cursor() as cursor:
        cursor.execute(_REDACT, [record.pk, list(ids), *told, list(texts)])
        [(found,)] = cursor.fetchall()
    return dict(json.loads(found))


def _column(row: RegisterRow | type[models.Model], name: str) -> str:
    return next(str(field.column) for field in row._meta.concrete_fields if field.attname == name)


def _fitting(row: RegisterRow, name: str, value: Any) -> Any:
    """Return a text no longer than its column."""
    longest = next(field.max_length for field in row._meta.concrete_fields if field.attname == name)
    return value[:longest] if isinstance(value, str) and longest else value


_REDACT = "SELECT history_redact(%s, %s::uuid[], %s::jsonb, %s::jsonb, %s::text[])"
