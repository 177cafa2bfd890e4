"""Enter what was checked, in pieces: each is in the register whole, with its rows noted, or not at all."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from sgoffice.changes.belongings import belongings_of
from sgoffice.changes.door import ANY_VERSION, Expected, change, lock_names_exclusively
from sgoffice.changes.retries import retry_once
from sgoffice.imports.kinds import SheetKind
from sgoffice.imports.models import Import, ImportQuestion, ImportRow
from sgoffice.imports.services.checks import counted
from sgoffice.imports.services.entering import RowEntering, pieces_of
from sgoffice.imports.services.entries import CommitEntry
from sgoffice.imports.services.mappings import STEPS, is_resting, require_brought_by
from sgoffice.imports.services.tasks import Progress, ask_for, end_task
from sgoffice.imports.services.uploads import kind_called
from sgoffice.imports.vocabulary import ImportState, RowState, Task
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import RuleViolation
from sgoffice.records.models import Entry


@STEPS.declare(
    "commit",
    "Enter",
    summary="Carry out an import",
    description=(
        "A worker enters the rows that can be entered, a few at a time; `report` says how far it is. A worker that is "
        "killed leaves no row half done, and another goes on. Rows with a problem are left out if you say so."
    ),
    example={"leave_out": True},
    is_open=is_resting,
    has_button=False,
)
def commit_import(import_id: UUID, entry: CommitEntry, *, by: Actor, expected: Expected, at: datetime) -> Import:
    """Have the checked rows entered.

    Raises RuleViolation while a worker is at it, before all rows were checked, when rows have problems that nobody
    said to leave out, and for a file that somebody else brought.
    """
    with change(Import, import_id, verb="commit", by=by, expected=expected) as imported:
        require_brought_by(imported, by)
        states = counted(imported)
        if not is_resting(imported) or states.get(RowState.READ):
            detail = f"The import is {ImportState(imported.state).label.lower()}: enter it once all rows were checked."
            raise RuleViolation(detail, rule="import-state")
        if (wrong := states.get(RowState.PROBLEM, 0)) and not entry.leave_out:
            detail = f"{wrong} rows have a problem: put them right, or send `leave_out: true` to enter the others."
            raise RuleViolation(detail, rule="import-problems", pointer="/leave_out")
        imported.state, imported.failure = ImportState.COMMITTING, ""
        ask_for(imported, Task.COMMIT, by=by, at=at)
    return imported


def enter_import(imported: Import, *, by: Actor, at: datetime, progress: Progress) -> None:
    """Enter the rows that can be entered and are not yet."""
    by.require(Permission.WRITE)
    kind = kind_called(imported.kind)
    ready = list(imported.sheet_rows.filter(state=RowState.READY).order_by("number"))
    done = imported.sheet_rows.filter(state=RowState.ENTERED).count()
    total = done + len(ready)
    for piece in pieces_of(ready, kind):
        keys = [row.pk for row in piece]
        retry_once(lambda keys=keys: _enter_piece(imported, kind, keys, by=by, at=at))  # type: ignore[misc] # bound now
        done += len(piece)
        progress(done, total)
    with change(Import, imported.pk, verb="enter", by=by, expected=ANY_VERSION) as entered:
        entered.state = ImportState.COMMITTED
        entered.counts = counted(entered)
        end_task(entered)


def _enter_piece(imported: Import, kind: SheetKind, keys: list[int], *, by: Actor, at: datetime) -> None:
    """Enter these rows, as far as nobody has yet, and note what came of each, in one transaction."""
    with transaction.atomic():
        lock_names_exclusively()  # it cannot be taken after others have run
        rows: Any = ImportRow.objects.select_for_update(no_key=True).filter(pk__in=keys, state=RowState.READY)
        found = {row.pk: row for row in rows}
        known = ImportQuestion.objects.filter(owner=imported.pk, record__isnull=False)
        before = {one.key: one.record for one in known if one.record}
        entering = RowEntering(imported, kind, by, at, made=dict(before))
        for key in keys:
            if row := found.get(key):
                outcome = entering.enter(row)
                row.state, row.problems = outcome.state, list(outcome.problems)
                row.record, row.version = outcome.record, outcome.version
        belongings = _versions_of_belongings(kind, [row.record for row in found.values() if row.record])
        for row in found.values():
            row.belongings = belongings.get(row.record, {})
        ImportRow.objects.bulk_update(
            found.values(), ["state", "problems", "record", "version", "belongings"], batch_size=100
        )
        for question, record in entering.made.items():
            if question not in before:
                version = Entry.objects.values_list("version", flat=True).get(pk=record)
                ImportQuestion.objects.filter(owner=imported.pk, key=question).update(record=record, version=version)


def _versions_of_belongings(kind: SheetKind, records: list[UUID]) -> dict[UUID, dict[str, int]]:
    """Return what was entered with each of these records, with its version."""
    owners: dict[UUID, UUID] = {}
    for belonging in belongings_of(kind.name):
        owners |= dict(belonging.owned_by(records).values_list("pk", belonging.key))
    found: dict[UUID, dict[str, int]] = {}
    for key, version in Entry.objects.filter(pk__in=owners).values_list("pk", "version"):
        found.setdefault(owners[key], {})[str(key)] = version
    return found
