"""Enter rows by the services that everybody else calls. A trial does the very same and is rolled back."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from sgoffice.changes.door import lock_names_exclusively, version_of
from sgoffice.changes.refusals import undone_as_one
from sgoffice.documents import trying
from sgoffice.imports.kinds import AlreadyThere, Entering, SheetKind
from sgoffice.imports.models import Import, ImportRow
from sgoffice.imports.vocabulary import ANOTHER, DUPLICATES, SKIP, RowState
from sgoffice.records.actors import Actor
from sgoffice.records.entries import Source
from sgoffice.records.errors import InvalidEntry, PossibleDuplicates, RegisterError, RelatedRecord, RuleViolation

#: Rows that are tried or entered in one transaction: other writers wait for them.
PIECE = 25
#: Rows at most in a piece that grows because its next rows are of the same days.
_LARGEST_PIECE = 200
_NEXT_DAY = 1
_KEPT = 10  # problems of a row
_CHOOSE = "Leave it out, or enter it as another one."
_NOT_TAKEN = (
    "The register cannot store a value of this row: it is too long or too large, or conflicts with another record."
)


@dataclass(frozen=True)
class Outcome:
    """What came of a row: its state, what is wrong with it, the record, and the version of it that was entered."""

    state: str
    problems: tuple[dict[str, Any], ...] = ()
    record: UUID | None = None
    version: int | None = None


@dataclass
class RowEntering:
    """Enters rows of one import, on behalf of somebody. `made` has the records of new names by their question."""

    imported: Import
    kind: SheetKind
    by: Actor
    at: datetime
    made: dict[str, UUID] = field(default_factory=dict)
    is_trial: bool = False
    #: The rows that this transaction entered, by record.
    entered: dict[UUID, int] = field(default_factory=dict)

    def enter(self, row: ImportRow) -> Outcome:
        """Enter one row; what is refused leaves nothing behind. Raises whatever is no refusal of the entry itself."""
        choice = self.imported.choices.get(f"row-{row.number}", "")
        if choice == SKIP:
            return Outcome(RowState.SKIPPED)
        try:
            return self._entered(row, is_another=choice == ANOTHER)
        except PossibleDuplicates as error:
            return self._doubled(row, error)
        except AlreadyThere as known:
            return Outcome(RowState.KNOWN, record=known.record)
        except (InvalidEntry, RuleViolation) as error:
            return Outcome(RowState.PROBLEM, tuple(self._problems(error)))
        except (DataError, IntegrityError):
            return Outcome(RowState.PROBLEM, (problem("", _NOT_TAKEN),))

    def _entered(self, row: ImportRow, *, is_another: bool) -> Outcome:
        made = dict(self.made)
        entering = Entering(
            by=self.by,
            at=self.at,
            marking=self.imported.records_marking,
            source=source_of(self.imported, row.number),
            is_another=is_another,
            is_trial=self.is_trial,
            made=self._made,
            is_own=lambda record: record in self.made.values(),
            row_of=self.entered.get,
        )
        try:
            with undone_as_one(self.by):
                record = self.kind.enter(row.values, entering)
        except (AlreadyThere, RegisterError, DataError, IntegrityError):
            self.made = made  # what a refused row made is gone with it
            raise
        self.entered[record.pk] = row.number
        version, _ = version_of(record.pk)
        return Outcome(RowState.ENTERED, record=record.pk, version=version)

    def _made(self, key: str, make: Callable[[], UUID]) -> UUID:
        if key not in self.made:
            self.made[key] = make()
        return self.made[key]

    def _doubled(self, row: ImportRow, error: PossibleDuplicates) -> Outcome:
        """Return what comes of a row that may be there already, as was answered for all such rows at once."""
        answer = self.imported.choices.get(DUPLICATES, "") if set(error.candidates) == {""} else ""
        if answer == SKIP:
            return Outcome(RowState.SKIPPED)
        if answer == ANOTHER:
            try:
                return self._entered(row, is_another=True)
            except (InvalidEntry, RuleViolation) as refusal:
                return Outcome(RowState.PROBLEM, tuple(self._problems(refusal)))
        found = [one for several in error.candidates.values() for one in several]
        return Outcome(RowState.PROBLEM, (self._double(row, found),))

    def _double(self, row: ImportRow, found: Iterable[RelatedRecord]) -> dict[str, Any]:
        """Return the problem of a row that may be there already: in the file itself, or in the register."""
        rows = [self.entered[one.id] for one in found if one.id in self.entered]
        if rows:
            detail = f"It may be the same as row {rows[0]}. {_CHOOSE}"
            return problem("", detail, question=f"row-{row.number}")
        records = [
            {"id": str(one.id), "kind": one.kind, "label": one.label, "reference": one.reference, "reason": one.reason}
            for one in found
        ]
        detail = f"The register may have it already. {_CHOOSE}"
        return problem("", detail, question=f"row-{row.number}", records=records)

    def _problems(self, error: InvalidEntry | RuleViolation) -> Iterator[dict[str, Any]]:
        found = error.errors if isinstance(error, InvalidEntry) else [(error.pointer, error.detail)]
        for pointer, detail in found[:_KEPT]:
            yield problem(field_of(pointer, self.kind.columns), detail)


def pieces_of(rows: Iterable[ImportRow], kind: SheetKind) -> Iterator[list[ImportRow]]:
    """Yield rows that are entered together, in the order of their days.

    Rows of the same or the next day stay together, so that a trial, which forgets each piece, finds what would be
    found when they are entered one after another.
    """
    piece: list[ImportRow] = []
    last = 0
    for row in sorted(rows, key=lambda one: (kind.place(one.values), one.number)):
        place = kind.place(row.values)
        is_apart = place == last == 0 or place - last > _NEXT_DAY
        if piece and (len(piece) >= _LARGEST_PIECE or (len(piece) >= PIECE and is_apart)):
            yield piece
            piece = []
        piece.append(row)
        last = place
    if piece:
        yield piece


def try_piece(rows: list[ImportRow], trial: RowEntering) -> dict[int, Outcome]:
    """Enter rows and roll everything back; return what came of each."""
    with transaction.atomic(), trying():
        lock_names_exclusively()  # it cannot be taken after others have run
        found = {row.number: trial.enter(row) for row in rows}
        transaction.set_rollback(True)
    return found


def problem(name: str, detail: str, *, question: str = "", records: Iterable[Mapping[str, str]] = ()) -> dict[str, Any]:
    """Return what is wrong with a row: with which field, and the question that settles it."""
    return {"field": name, "detail": detail, "question": question} | ({"records": list(records)} if records else {})


def field_of(pointer: str, columns: Mapping[str, str]) -> str:
    """Return the field behind a pointer that a service refused; nothing if it is of the whole row."""
    head = pointer.strip("/").partition("/")[0]
    return columns.get(head, "")


def source_of(imported: Import, number: int) -> Source:
    """Return the source of what a row becomes: import, file and row."""
    return Source(
        document=f"Import {imported.reference}, row {number}", title=imported.file_name, verification="unverified"
    )
