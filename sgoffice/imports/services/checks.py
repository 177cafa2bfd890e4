"""The dry run: read every row, ask what is open, try to enter the rest, and leave nothing in the register."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.imports.kinds import RowReading, SheetKind, SheetReading, key_of
from sgoffice.imports.models import Import, ImportQuestion, ImportRow
from sgoffice.imports.rules.cells import fault_of, filled_from_above, is_beside_the_list, says_nothing
from sgoffice.imports.rules.days import order_of
from sgoffice.imports.services.entering import Outcome, RowEntering, pieces_of, problem, try_piece
from sgoffice.imports.services.tasks import Progress, end_task
from sgoffice.imports.services.uploads import kind_called
from sgoffice.imports.vocabulary import WRITTEN, ImportState, RowState
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.characters import find_forbidden_character
from sgoffice.records.entries import to_json
from sgoffice.records.models import Entry
from sgoffice.records.readership import Readership

_TOLD_EVERY = 50  # rows


def check_import(imported: Import, *, by: Actor, at: datetime, today: date, progress: Progress) -> None:
    """Check all rows of an import; its report then says what would come of each."""
    by.require(Permission.WRITE)
    kind = kind_called(imported.kind)
    rows = list(imported.sheet_rows.order_by("number"))
    _read(imported, kind, rows, by=by, today=today, progress=progress)
    open_rows = [row for row in rows if row.state == RowState.READ]
    done = len(rows)
    for piece in pieces_of(open_rows, kind):
        trial = RowEntering(imported, kind, by, at, is_trial=True)
        _keep_outcomes(piece, kind, try_piece(piece, trial))
        done += len(piece)
        progress(done, len(rows) + len(open_rows))
    with change(Import, imported.pk, verb="check", by=by, expected=ANY_VERSION) as checked:
        checked.state = ImportState.CHECKED
        checked.counts = counted(checked)
        end_task(checked)


def counted(imported: Import) -> dict[str, int]:
    """Return the number of rows by what becomes of them."""
    found = Counter(imported.sheet_rows.values_list("state", flat=True))
    return {state: found[state] for state in RowState.values if found[state]}


def _read(
    imported: Import, kind: SheetKind, rows: list[ImportRow], *, by: Actor, today: date, progress: Progress
) -> None:
    """Read all rows, and keep their values, problems and questions in place of those of the last time."""
    whole = list(filled_from_above([row.cells for row in rows], len(imported.columns)))
    fields = {place: one["field"] for place, one in enumerate(imported.columns) if one["field"]}
    cells = [{name: row[place] for place, name in fields.items() if place < len(row) and row[place]} for row in whole]
    reading = SheetReading(
        by=by,
        readers=Readership.marked(imported.records_marking, by.id, ()),
        today=today,
        defaults=imported.defaults,
        date_order=imported.date_order or order_of(text for one in cells for text in one.values()),
        choices=imported.choices,
    )
    for place, (row, own) in enumerate(zip(rows, cells, strict=True)):
        row.values, row.problems = _read_row(RowReading(reading, row.number, own), kind, len(imported.columns))
        row.state = RowState.PROBLEM if row.problems else RowState.READ
        row.record = row.version = None
        row.differences = []
        row.key = key_of(kind.name, whole[place])
        if place % _TOLD_EVERY == 0:
            progress(place, 2 * len(rows))
    _find_repeated(rows)
    _find_known(rows, kind, by)
    with transaction.atomic():
        ImportQuestion.objects.filter(owner=imported.pk).delete()
        ImportQuestion.objects.bulk_create(_questions(imported, reading), batch_size=500)
        ImportRow.objects.filter(owner=imported.pk).delete()
        for row in rows:
            row.pk = None
        ImportRow.objects.bulk_create(rows, batch_size=500)


def _read_row(row: RowReading, kind: SheetKind, width: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what a row says, and its problems. A cell that nobody typed is told once, and not read."""
    if is_beside_the_list(list(row.cells.values()), width):
        return {}, [problem("", "This row sums up or explains the list: leave it out.")]
    _refuse_characters(row)
    faults = {name: why for name, text in row.cells.items() if (why := fault_of(text))}
    for name, why in faults.items():
        row.refuse(name, why)
    said = {name: text for name, text in row.cells.items() if name not in faults and not says_nothing(text)}
    values = kind.read(replace(row, cells=said))
    known = [one for place, one in enumerate(row.problems) if place < len(faults) or one["field"] not in faults]
    return values, known


def _refuse_characters(row: RowReading) -> None:
    """Note the cells with characters that no text of the register has, such as those that turn its direction."""
    for name, text in row.cells.items():
        if (found := find_forbidden_character(text)) is not None:
            row.refuse(name, f"The text {found.advice}")


def _find_repeated(rows: Iterable[ImportRow]) -> None:
    """Note the rows that say in all cells what an earlier one says."""
    first: dict[str, int] = {}
    for row in rows:
        number = first.setdefault(row.key, row.number)
        if number != row.number:
            row.state, row.problems = RowState.REPEATED, [problem("", f"It repeats row {number}.")]


def _find_known(rows: list[ImportRow], kind: SheetKind, by: Actor) -> None:
    """Note the rows that were entered before from this or another file, as far as their records are still there."""
    keys = {row.key for row in rows}
    entered: dict[str, Any] = dict(
        ImportRow.objects.filter(key__in=keys, record__isnull=False, state__in=WRITTEN).values_list("key", "record")
    )
    live = set(
        Entry.objects.filter(pk__in=set(entered.values()), is_in_error=False)
        .visible_to(by)
        .values_list("pk", flat=True)
    )
    known = []
    for row in rows:
        if entered.get(row.key) in live and row.state != RowState.REPEATED:
            row.state, row.problems, row.record = RowState.KNOWN, [], entered[row.key]
            known.append(row)
    compare_with_records(known, kind)


def compare_with_records(rows: list[ImportRow], kind: SheetKind) -> None:
    """Note where a record says another thing than the row that it came from: somebody corrected it, and it stays."""
    records = kind.model.rows().in_bulk([row.record for row in rows])
    for row in rows:
        stored = records.get(row.record)
        said = {name: row.values.get(name) for name in kind.compared}
        row.differences = [
            {"field": name, "file": str(said[name]), "register": str(getattr(stored, attribute) or "")}
            for name, attribute in kind.compared.items()
            if stored is not None and said[name] and str(said[name]) != str(getattr(stored, attribute) or "")
        ]


def _questions(imported: Import, reading: SheetReading) -> list[ImportQuestion]:
    return [
        ImportQuestion(
            owner_id=imported.pk, key=one.key, field=one.field, text=one.text, detail=one.detail,
            options=to_json(one.options), suggested=one.suggested, rows=one.rows, count=one.count,
        )
        for one in reading.questions.values()
    ]  # fmt: skip


def _keep_outcomes(rows: list[ImportRow], kind: SheetKind, found: dict[int, Outcome]) -> None:
    """Keep what came of a trial: what was entered in it can be entered."""
    for row in rows:
        outcome = found[row.number]
        row.state = RowState.READY if outcome.state == RowState.ENTERED else outcome.state
        row.problems = list(outcome.problems)
        row.record = outcome.record if outcome.state == RowState.KNOWN else None
    compare_with_records([row for row in rows if row.record], kind)
    ready = [row.pk for row in rows if row.state == RowState.READY]
    ImportRow.objects.filter(pk__in=ready).update(state=RowState.READY)
    others = [row for row in rows if row.state != RowState.READY]
    ImportRow.objects.bulk_update(others, ["state", "problems", "record", "differences"])
