"""Undo an import: what it entered is marked as entered in error; what people changed since is kept and listed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from sgoffice.changes.belongings import belongings_of
from sgoffice.changes.corrections import IN_ERROR, enter_in_error, take_back
from sgoffice.changes.door import ANY_VERSION, Expected, change, lock_names_exclusively
from sgoffice.changes.retries import retry_once
from sgoffice.documents import model_of
from sgoffice.imports.kinds import SheetKind
from sgoffice.imports.models import Import, ImportQuestion, ImportRow
from sgoffice.imports.services.checks import counted
from sgoffice.imports.services.entering import PIECE, problem
from sgoffice.imports.services.entries import UndoEntry
from sgoffice.imports.services.mappings import STEPS
from sgoffice.imports.services.tasks import Progress, ask_for, end_task
from sgoffice.imports.services.uploads import kind_called
from sgoffice.imports.vocabulary import ImportState, RowState, Task
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.models import Document, Entry, Marking, Record

_ENTERED = frozenset({ImportState.COMMITTED, ImportState.STOPPED})


def was_entered(imported: Any) -> bool:
    return imported.state in _ENTERED


@STEPS.declare(
    "undo",
    "Undo",
    summary="Undo an import",
    description=(
        "Everything that it entered is marked as entered in error, people and organizations that it brought into the "
        "directory too, unless others name them. What somebody has changed since, or added to, is kept: the report "
        "lists it."
    ),
    example={"reason": "The list was the one of last year."},
    is_open=was_entered,
    tone="danger",
    has_button=False,
)
def ask_undo(import_id: UUID, entry: UndoEntry, *, by: Actor, expected: Expected, at: datetime) -> Import:
    """Have an import undone; raises InvalidEntry without a reason, RuleViolation for one that entered nothing."""
    if not entry.reason.strip():
        raise InvalidEntry([("/reason", "Say why: the next reader will ask.")])
    with change(Import, import_id, verb="undo", by=by, expected=expected, reason=entry.reason) as imported:
        if not was_entered(imported) or not imported.sheet_rows.filter(state=RowState.ENTERED).exists():
            detail = "Nothing of this import is in the register that could be undone: read its report."
            raise RuleViolation(detail, rule="import-state")
        imported.state, imported.failure = ImportState.UNDOING, ""
        ask_for(imported, Task.UNDO, by=by, at=at)
    return imported


def undo_import(imported: Import, *, by: Actor, progress: Progress) -> None:
    """Take back what an import entered, the last row first, in pieces; then who is new by it and named by nobody."""
    by.require(Permission.WRITE)
    kind = kind_called(imported.kind)
    keys = list(imported.sheet_rows.filter(state=RowState.ENTERED).order_by("-number").values_list("pk", flat=True))
    reason, reader = f"Import {imported.reference} was undone", _reader_of(imported, by)
    for start in range(0, len(keys), PIECE):
        piece = keys[start : start + PIECE]
        retry_once(lambda piece=piece: _undo_rows(kind, piece, by=by, reader=reader, reason=reason))  # type: ignore[misc] # bound now
        progress(start + len(piece), len(keys))
    new = list(imported.questions.filter(record__isnull=False).order_by("-pk").values_list("pk", flat=True))
    for start in range(0, len(new), PIECE):
        piece = new[start : start + PIECE]
        retry_once(lambda piece=piece: _undo_names(piece, by=by, reason=reason))  # type: ignore[misc] # bound now
        progress(len(keys), len(keys))
    with change(Import, imported.pk, verb="take_back", by=by, expected=ANY_VERSION) as undone:
        undone.state = ImportState.UNDONE
        undone.counts = counted(undone)
        end_task(undone)


def _reader_of(imported: Import, by: Actor) -> Actor:
    """Return with whose sight is found what was added since: that of whoever brought the file, and reads the report."""
    if imported.entered_by == by.id:
        return by
    return Actor("staff", imported.entered_by, "", frozenset({Permission.READ}))


def _undo_rows(kind: SheetKind, keys: list[int], *, by: Actor, reader: Actor, reason: str) -> None:
    with transaction.atomic():
        lock_names_exclusively()
        rows: Any = ImportRow.objects.select_for_update(no_key=True).filter(pk__in=keys, state=RowState.ENTERED)
        found = sorted(rows, key=lambda row: -row.number)
        for row in found:
            changed = list(_changes_since(kind, row, reader))
            if changed:
                row.state, row.problems = RowState.KEPT, [problem("", f"It is kept: {changed[0]}.")]
                continue
            for key in row.belongings:
                entry = Entry.objects.get(pk=key)
                if not entry.is_in_error:
                    enter_in_error(model_of(entry.kind), entry.pk, by=by, expected=ANY_VERSION, reason=reason)
            _leave(kind.model, _record_of(row), by=by, expected=row.version or 0, reason=reason)
            row.state = RowState.UNDONE
        ImportRow.objects.bulk_update(found, ["state", "problems"])


def _changes_since(kind: SheetKind, row: ImportRow, reader: Actor) -> Iterator[str]:
    """Yield in words what people did since to what a row became; nothing of papers and items hidden from the reader."""
    record = _record_of(row)
    entry = Entry.objects.get(pk=record)
    if entry.is_in_error:
        yield "somebody marked it as entered in error already"
    elif (
        entry.version != row.version or entry.merged_into_id or (kind.model.readers_follow and _is_named_openly(record))
    ):
        yield f"somebody {'changed or named' if kind.model.readers_follow else 'changed'} it since"
    known = {UUID(key): version for key, version in row.belongings.items()}
    owned = [one.owned_by([record]) for one in belongings_of(kind.name)]
    told = [*(rows.visible_to(reader) for rows in owned), *(rows.filter(pk__in=known) for rows in owned)]
    ids = {key for rows in told for key in rows.values_list("pk", flat=True)}
    for key, version in Entry.objects.filter(pk__in=ids).values_list("pk", "version"):
        if known.get(key) != version:
            yield "somebody changed or added what belongs to it"


def _record_of(row: ImportRow) -> UUID:
    """Return the record that a row became: one that was entered has one."""
    if row.record is None:
        raise ValueError(row.pk)
    return row.record


def _undo_names(keys: list[int], *, by: Actor, reason: str) -> None:
    with transaction.atomic():
        lock_names_exclusively()
        rows: Any = ImportQuestion.objects.select_for_update(no_key=True).filter(pk__in=keys)
        for one in sorted(rows, key=lambda question: -question.pk):
            entry = Entry.objects.get(pk=one.record)
            if entry.version == one.version and not entry.is_in_error and not _is_named_openly(entry.pk):
                _leave(model_of(entry.kind), entry.pk, by=by, expected=one.version or 0, reason=reason)


def _leave(model: type[Record], key: UUID, *, by: Actor, expected: Expected, reason: str) -> None:
    """Take back what an import entered; somebody of the directory vanishes from all who know of them by it alone.

    Whom a restricted record names since stays for its readers. To everybody else they are as hidden as those who are
    taken back, or undoing an import would tell whom the office met in confidence.
    """
    if not model.readers_follow:
        take_back(model, key, by=by, expected=expected, reason=reason)
        return
    leaves = not _namers_of(key).exists()
    with change(model, key, verb=IN_ERROR if leaves else "raise", by=by, expected=expected, reason=reason) as record:
        record.hide()
        record.is_in_error = leaves


def _is_named_openly(key: UUID) -> bool:
    """Tell whether a document that all staff may read, of a record that is there, shows the name of this one."""
    return _namers_of(key).exclude(marking=Marking.RESTRICTED).exists()


def _namers_of(key: UUID) -> Any:
    naming = Document.objects.filter(embeds__contains=[key]).values("record_id")
    return Entry.objects.filter(pk__in=naming, is_in_error=False).exclude(pk=key)
