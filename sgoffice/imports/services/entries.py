"""What the services of imports take."""

from dataclasses import dataclass, field

from sgoffice.imports.vocabulary import RecordsMarking


@dataclass(frozen=True, kw_only=True)
class FileEntry:
    """A spreadsheet. What is left empty is guessed; `mapping` is the name of a mapping that was saved."""

    file_name: str
    content: bytes = field(repr=False)
    kind: str = ""
    sheet: str = ""
    mapping: str = ""
    encoding: str = ""
    separator: str = ""
    records_marking: str = RecordsMarking.INTERNAL


@dataclass(frozen=True, kw_only=True)
class ColumnEntry:
    """A column by its letter, and the field that it is; without a field it is left out."""

    column: str
    field: str = ""


@dataclass(frozen=True, kw_only=True)
class DefaultEntry:
    """What a blank cell of a field means, or a field without a column."""

    field: str
    value: str


@dataclass(frozen=True, kw_only=True)
class MappingEntry:
    """How the file is read. What is not given stays as it is; `save_as` keeps the mapping under a name.

    Another sheet, encoding, separator or row of headings reads the file again, and guesses the columns that are not
    given.
    """

    kind: str = ""
    sheet: str = ""
    encoding: str = ""
    separator: str = ""
    heading_row: int | None = None
    heading_depth: int = 1
    columns: tuple[ColumnEntry, ...] = ()
    defaults: tuple[DefaultEntry, ...] = ()
    date_order: str = ""
    save_as: str = ""


@dataclass(frozen=True, kw_only=True)
class CommitEntry:
    """Enter what can be entered; `leave_out` leaves out the rows that have a problem."""

    leave_out: bool = False


@dataclass(frozen=True, kw_only=True)
class UndoEntry:
    """Undo an import, and why."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class AnswerEntry:
    """An answer: the key of the question, and that of an option."""

    question: str
    choice: str


@dataclass(frozen=True, kw_only=True)
class ChoicesEntry:
    """Answers to questions of the report; an empty choice takes an answer back."""

    answers: tuple[AnswerEntry, ...]
