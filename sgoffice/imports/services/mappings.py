"""Say how a file is read, and answer what was asked: both have it checked again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sgoffice.changes.door import Expected, change
from sgoffice.changes.steps import Steps
from sgoffice.imports.kinds import SheetKind
from sgoffice.imports.models import Import, ImportFile
from sgoffice.imports.rules.headings import find_headings, headings_in
from sgoffice.imports.services.entries import ChoicesEntry, MappingEntry
from sgoffice.imports.services.tasks import ask_for
from sgoffice.imports.services.uploads import keep_rows, kind_called, like_saved, read_sheet, set_sheet, set_text
from sgoffice.imports.vocabulary import RESTING, WRITTEN, ImportState, Task
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry, RuleViolation

STEPS = Steps(Import)
_LONGEST_ANSWER, _MOST_ANSWERS = 300, 5000


def is_resting(imported: Any) -> bool:
    return imported.state in RESTING


@STEPS.declare(
    "map",
    "Map columns",
    summary="Update the mapping of an import",
    description=(
        "Give the columns that are to be other fields than was guessed, what blank cells mean, and how dates with "
        "slashes are meant. The rows are then checked again; nothing is entered."
    ),
    example={"defaults": [{"field": "kind", "value": "bilateral_meeting"}], "date_order": "day_first"},
    is_open=is_resting,
    has_button=False,
)
def map_columns(import_id: UUID, entry: MappingEntry, *, by: Actor, expected: Expected, at: datetime) -> Import:
    """Set how a file is read and have it checked.

    Raises InvalidEntry for unknown kinds, columns and fields, and for a file that cannot be read so; RuleViolation
    while a worker is at it, once it was entered, and for a file that somebody else brought.
    """
    with change(Import, import_id, verb="map", by=by, expected=expected) as imported:
        require_brought_by(imported, by)
        require_resting(imported)
        kind = kind_called(entry.kind or imported.kind)
        if _is_read_anew(entry, imported):
            _read_anew(imported, entry, kind)
        _set_columns(imported, entry, kind)
        _set_defaults(imported, entry, kind)
        if entry.date_order:
            set_text(imported, "date_order", entry.date_order)
        if entry.save_as:
            set_text(imported, "mapping_name", entry.save_as)
        imported.state, imported.failure = ImportState.CHECKING, ""
        ask_for(imported, Task.CHECK, by=by, at=at)
    return imported


@STEPS.declare(
    "choose",
    "Answer questions",
    summary="Record answers to the questions of an import",
    description=(
        "Each answer counts for all rows that have the name or the word. `duplicates` answers for all rows that the "
        "register seems to have already, `row-12` for one: `skip` or `another`. The rows are then checked again."
    ),
    example={"answers": [{"question": "duplicates", "choice": "skip"}]},
    is_open=is_resting,
    has_button=False,
)
def choose(import_id: UUID, entry: ChoicesEntry, *, by: Actor, expected: Expected, at: datetime) -> Import:
    """Keep answers and have the file checked with them.

    Raises RuleViolation while a worker is at it, and for a file that somebody else brought.
    """
    with change(Import, import_id, verb="choose", by=by, expected=expected) as imported:
        require_brought_by(imported, by)
        require_resting(imported)
        given = {one.question[:_LONGEST_ANSWER]: one.choice[:_LONGEST_ANSWER] for one in entry.answers}
        answers = {key: choice for key, choice in (imported.choices | given).items() if choice}
        if len(answers) > _MOST_ANSWERS:
            raise InvalidEntry([("/answers", f"An import takes at most {_MOST_ANSWERS:,} answers.")])
        imported.choices = answers
        imported.state, imported.failure = ImportState.CHECKING, ""
        ask_for(imported, Task.CHECK, by=by, at=at)
    return imported


def require_brought_by(imported: Import, by: Actor) -> None:
    """Raise RuleViolation for who did not bring the file.

    A row that may be there already, or a name that may be two people, is found with the sight of who has it checked;
    who brought the file reads that in the report, and learned from an approver's check what is hidden.
    """
    if imported.entered_by != by.id:
        detail = "Somebody else brought this file, and reads its report: bring it yourself to go on with it."
        raise RuleViolation(detail, rule="import-of-another")


def require_resting(imported: Import) -> None:
    """Raise RuleViolation while a worker is at it, and once it was entered."""
    if imported.sheet_rows.filter(state__in=WRITTEN).exists() or not is_resting(imported):
        detail = f"The import is {ImportState(imported.state).label.lower()}: read its report, and wait if it moves on."
        raise RuleViolation(detail, rule="import-state")


def _is_read_anew(entry: MappingEntry, imported: Import) -> bool:
    is_another = entry.kind not in {"", imported.kind}
    return bool(is_another or entry.sheet or entry.encoding or entry.separator or entry.heading_row)


def _read_anew(imported: Import, entry: MappingEntry, kind: SheetKind) -> None:
    """Read the file again, keep its rows, and guess its columns."""
    content = bytes(ImportFile.objects.get(pk=imported.pk).content)
    sheet = read_sheet(
        content,
        sheet=entry.sheet or imported.sheet,
        encoding=entry.encoding or imported.encoding,
        separator=entry.separator or imported.separator,
    )
    before = imported.columns if kind.name == imported.kind else []
    headings = find_headings(sheet, kind.headings)
    if entry.heading_row is not None:
        rows = range(entry.heading_row, entry.heading_row + entry.heading_depth)
        if not any(line.number in rows for line in sheet.lines):
            raise InvalidEntry([("/heading_row", "There is nothing in that row.")])
        headings = headings_in(sheet, rows, kind.headings)
    set_sheet(imported, sheet, kind, headings)
    imported.columns = like_saved(imported.columns, [one for one in before if one["field"]])
    keep_rows(imported, sheet)


def _set_columns(imported: Import, entry: MappingEntry, kind: SheetKind) -> None:
    known, fields = {one["column"] for one in imported.columns}, {one.name for one in kind.fields}
    problems = []
    for place, one in enumerate(entry.columns):
        if one.column not in known:
            problems.append((f"/columns/{place}/column", f"There is no column {one.column[:10]!r}."))
        if one.field and one.field not in fields:
            problems.append((f"/columns/{place}/field", f"A field is one of: {', '.join(sorted(fields))}."))
        if one.field and any(one.field == other.field for other in entry.columns[:place]):
            label = next((each.label for each in kind.fields if each.name == one.field), one.field)
            problems.append((f"/columns/{place}/field", f"Two columns cannot both be “{label}”: choose one of them."))
    if problems:
        raise InvalidEntry(problems)
    given = {one.column: one.field for one in entry.columns}
    taken = set(given.values()) - {""}
    # a field that is given to another column leaves the one that had it
    imported.columns = [
        one | {"field": given.get(one["column"], "" if one["field"] in taken else one["field"])}
        for one in imported.columns
    ]


def _set_defaults(imported: Import, entry: MappingEntry, kind: SheetKind) -> None:
    fields = {one.name for one in kind.fields}
    if wrong := [place for place, one in enumerate(entry.defaults) if one.field not in fields]:
        raise InvalidEntry([(f"/defaults/{wrong[0]}/field", f"A field is one of: {', '.join(sorted(fields))}.")])
    given = {one.field: one.value for one in entry.defaults}
    imported.defaults = {name: value for name, value in (imported.defaults | given).items() if value}
