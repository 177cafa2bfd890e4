"""What an app declares of the spreadsheets that it takes, in `<app>/sheets.py`: fields, how a row is read, and entered.

Reading asks what a row means and notes problems and questions; entering calls the service that everybody else calls.
"""

import dataclasses
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sgoffice.imports.rules.days import MIDNIGHT, split_clock
from sgoffice.places.codes import label_of
from sgoffice.places.reading import UnclearPlace, read_country
from sgoffice.records.actors import Actor
from sgoffice.records.entries import Source
from sgoffice.records.errors import RuleViolation
from sgoffice.records.models import Record
from sgoffice.records.partial_dates import PartialDate
from sgoffice.records.readership import Readership
from sgoffice.records.written_dates import written_date
from sgoffice.search.folding import fold

#: The answer that leaves a value out.
LEFT_OUT = "leave-out"
_LONGEST_KEY, _ROWS_KEPT = 300, 20


class AlreadyThere(Exception):
    """What a row says is in the register: `record` stays as it is, and what differs is listed."""

    def __init__(self, record: UUID) -> None:
        super().__init__(str(record))
        self.record = record


@dataclass(frozen=True, kw_only=True)
class SheetField:
    """A column that a kind knows. `headings` are what people write above it, in four languages.

    Another field may say `instead` what this one is needed for.
    """

    name: str
    label: str
    headings: tuple[str, ...]
    is_needed: bool = False
    instead: str = ""

    def is_said_by(self, names: Collection[str]) -> bool:
        """Tell whether one of these fields says what this one does."""
        return self.name in names or (bool(self.instead) and self.instead in names)


@dataclass(frozen=True)
class Option:
    """One thing that a name or a word may mean; `key` is the answer that stands for it."""

    key: str
    label: str
    detail: str = ""
    record: str = ""


@dataclass
class Question:
    """What a name or a word in the file may mean; its answer counts for all rows that have it."""

    key: str
    field: str
    text: str
    options: tuple[Option, ...]
    suggested: str = ""
    detail: str = ""
    rows: list[int] = dataclasses.field(default_factory=list)
    count: int = 0


@dataclass
class SheetReading:
    """One reading of all rows: for whom, on which day, by which answers, and what the kind remembers on the way."""

    by: Actor
    readers: Readership
    today: date
    defaults: Mapping[str, str]
    date_order: str
    choices: Mapping[str, str]
    questions: dict[str, Question] = dataclasses.field(default_factory=dict)
    memory: dict[str, Any] = dataclasses.field(default_factory=dict)

    def answer_to(self, question: Question) -> str:
        """Return what was chosen, or what is surely meant; empty if it is open."""
        chosen = self.choices.get(question.key, "")
        return chosen if any(chosen == option.key for option in question.options) else question.suggested


@dataclass
class RowReading:
    """The reading of one row: its cells by field, and the problems that were found."""

    sheet: SheetReading
    number: int
    cells: Mapping[str, str]
    problems: list[dict[str, Any]] = dataclasses.field(default_factory=list)

    def text(self, name: str) -> str:
        """Return what stands in a cell, or what a blank one means."""
        return self.cells.get(name, "") or self.sheet.defaults.get(name, "")

    def items(self, name: str) -> list[str]:
        """Return the items of a cell: lines, or parts between semicolons."""
        return [part.strip() for part in self.text(name).replace("\n", ";").split(";") if part.strip()]

    def refuse(self, name: str, detail: str) -> None:
        """Note that a cell, or the row, cannot be entered as it is."""
        self.problems.append({"field": name, "detail": detail, "question": ""})

    def ask(self, asked: Question) -> str:
        """Return the answer to a question: what was chosen, or what is surely meant; empty if it is open."""
        asked.key = asked.key[:_LONGEST_KEY]
        question = self.sheet.questions.setdefault(asked.key, asked)
        question.count += 1
        if len(question.rows) < _ROWS_KEPT:
            question.rows.append(self.number)
        answer = self.sheet.answer_to(question)
        if not answer:
            self.leave_open(question)
        return answer

    def leave_open(self, question: Question) -> None:
        """Note that the row waits for an answer."""
        detail = question.detail or f"What is meant by “{question.text[:100]}”? Choose."
        self.problems.append({"field": question.field, "detail": detail, "question": question.key})

    def word(self, name: str, words: Mapping[str, str], labels: Mapping[str, str]) -> str:
        """Return the stored word that a cell means; what is unknown is asked. `words` are folded."""
        text = self.text(name)
        if not text:
            return ""
        if (found := words.get(fold(text))) is not None:
            return found
        if text in labels:
            return text
        options = tuple(Option(key, label) for key, label in labels.items())
        detail = f"“{text[:100]}” is not a word that is known here. Choose what it means."
        asked = Question(f"{name}:{fold(text)}", name, text, (*options, _left_out()), detail=detail)
        return _said(self.ask(asked))

    def country(self, name: str) -> str:
        """Return the code of the country that a cell names; what may be several is asked."""
        text = self.text(name)
        if not text:
            return ""
        try:
            return read_country(text)
        except UnclearPlace as error:
            options = tuple(Option(code, label_of(code)) for code in error.candidates)
            return _said(
                self.ask(Question(f"{name}:{fold(text)}", name, text, (*options, _left_out()), detail=str(error)))
            )

    def day(self, name: str) -> str:
        """Return a date as the register keeps it, as precisely as the cell says it; nothing with a problem noted."""
        text = self.text(name)
        if not text:
            return ""
        said, clock = split_clock(text)
        found = written_date(said if clock in MIDNIGHT else text, order=self.sheet.date_order)
        try:
            PartialDate.parse(found)
        except ValueError:
            self.refuse(name, _no_day(text))
            return ""
        return found

    def exact_day(self, name: str) -> str:
        """Return a date that is one day; nothing with a problem noted."""
        found = self.day(name)
        try:
            return date.fromisoformat(found).isoformat() if found else ""
        except ValueError:
            self.refuse(name, f"“{self.text(name)[:60]}” is not one day. Write a day such as 15 December 2026.")
            return ""


@dataclass(frozen=True, kw_only=True)
class Entering:
    """How a row is entered: by whom and when, with which marking and source, and whether it is another one for sure.

    `made(key, make)` returns the record that an earlier row entered for the same new name, or makes it now;
    `is_own(id)` tells whether a record was made so, `row_of(id)` which row of the same piece became a record.
    In a trial (`is_trial`) everything is rolled back.
    """

    by: Actor
    at: datetime
    marking: str
    source: Source
    is_another: bool
    is_trial: bool
    made: Callable[[str, Callable[[], UUID]], UUID]
    is_own: Callable[[UUID], bool]
    row_of: Callable[[UUID], int | None]

    def require_new(self, same: UUID | None, *, pointer: str) -> None:
        """Refuse a row that says what the record `same` says, unless it is another one for sure.

        Raises AlreadyThere, or RuleViolation if another row entered that record.
        """
        if same is None or self.is_another:
            return
        if (row := self.row_of(same)) is not None:
            detail = f"Row {row} says the same: leave one of them out, or tell them apart."
            raise RuleViolation(detail, rule="import-double", pointer=pointer)
        raise AlreadyThere(same)


Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class SheetKind:
    """A kind of record that comes in rows.

    `read` returns plain values and notes problems; `enter` takes them to the service. `place` says where a row stands
    in time, so that rows which may be the same are tried together. `columns` names the field of each pointer that the
    service refuses, `compared` the attribute of the record for each value that may be told to differ.
    """

    name: str
    label: str
    model: type[Record]
    fields: tuple[SheetField, ...]
    read: Callable[[RowReading], dict[str, Any]]
    enter: Callable[[Values, Entering], Record]
    columns: Mapping[str, str] = dataclasses.field(default_factory=dict)
    place: Callable[[Values], int] = lambda _: 0
    compared: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def headings(self) -> dict[str, tuple[str, ...]]:
        return {one.name: (one.label, one.name.replace("_", " "), *one.headings) for one in self.fields}


_kinds: dict[str, SheetKind] = {}


def register_sheet_kind(kind: SheetKind) -> None:
    """Take a kind; apps do so in `<app>/sheets.py`."""
    if kind.name in _kinds:
        raise ValueError(f"{kind.name} comes in rows already")
    _kinds[kind.name] = kind


def sheet_kinds() -> dict[str, SheetKind]:
    return dict(_kinds)


def key_of(kind: str, texts: Iterable[str]) -> str:
    """Return by what a row is recognized in any file: its kind and what its cells say, however they are spelled."""
    return hashlib.sha256("\x1f".join([kind, *(fold(text) or text for text in texts)]).encode()).hexdigest()


def _left_out() -> Option:
    return Option(LEFT_OUT, "Leave it out")


def _said(answer: str) -> str:
    return "" if answer == LEFT_OUT else answer


def _no_day(text: str) -> str:
    if "/" in text:
        return (
            f"“{text[:60]}” may be read in two ways or is no day. Say in the mapping whether the day or the month "
            "comes first, or correct it."
        )
    return f"“{text[:60]}” is no day that can be read. Write 7 December 2026, 2026-12-07 or December 2026."
