"""A sheet as it was read: rows of texts with the numbers that a spreadsheet shows beside them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

MOST_ROWS = 20_000
MOST_COLUMNS = 100
#: Characters of one cell.
LONGEST_CELL = 20_000
#: Characters that no text of the register may have, and ends of lines as Windows and old Macs write them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]|[\ud800-\udfff]")
#: Whole numbers below it are exact in a float.
_EXACT = 1e15
_SPACES = re.compile(r"[ \t\u00a0\u202f]+")


class UnreadableFile(ValueError):
    """What was sent is no spreadsheet that can be read; the text says what to do."""


@dataclass(frozen=True)
class Line:
    """One row that is not blank; `number` counts from 1, as the spreadsheet shows it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Merge:
    """Merged cells: rows count from 1, columns from 0; both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """What was read of a file. `encoding` and `separator` are those of a text, `sheets` the names in a workbook."""

    form: str
    lines: tuple[Line, ...]
    merges: tuple[Merge, ...] = ()
    name: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    separator: str = ""

    @property
    def width(self) -> int:
        return max((len(line.cells) for line in self.lines), default=0)


def lines_of(rows: Iterable[Sequence[Any]]) -> tuple[Line, ...]:
    """Return the rows that are not blank, each cell as text; raises UnreadableFile beyond the limits."""
    found: list[Line] = []
    for number, row in enumerate(rows, 1):
        cells = [text_of(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise UnreadableFile(f"Row {number} has more than {MOST_COLUMNS} columns. Leave out what is not needed.")
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise UnreadableFile(f"A cell of row {number} has more than {LONGEST_CELL:,} characters. Shorten it.")
        if cells:
            found.append(Line(number, tuple(cells)))
        if len(found) > MOST_ROWS or number > 10 * MOST_ROWS:
            raise UnreadableFile(f"The sheet has more than {MOST_ROWS:,} rows. Send it in parts.")
    if not found:
        raise UnreadableFile("The sheet is empty. Choose another one, or another file.")
    return tuple(found)


def text_of(value: Any) -> str:
    """Return a cell as text: days in ISO 8601, whole numbers without a fraction."""
    match value:
        case None:
            text = ""
        case bool():
            text = "true" if value else "false"
        case datetime() if value.time() != time():
            text = f"{value:%Y-%m-%d %H:%M}"
        case date():
            text = f"{value:%Y-%m-%d}"
        case time():
            text = f"{value:%H:%M}"
        case timedelta():
            minutes = int(value.total_seconds()) // 60
            text = f"{minutes // 60:02}:{minutes % 60:02}"
        case float():
            text = str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
        case _:
            text = cleaned(str(value))
    return text


def cleaned(text: str) -> str:
    """Return a text without control characters and the spaces around its lines."""
    lines = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")).split("\n")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in lines).strip()


def filled_down(sheet: Sheet) -> Sheet:
    """Return the sheet with what stands in merged cells in each of their rows, where they are one column wide."""
    texts: dict[int, dict[int, str]] = {}
    known = {line.number: line for line in sheet.lines}
    for merge in sheet.merges:
        first = known.get(merge.top)
        if first is None or merge.left >= len(first.cells) or merge.bottom - merge.top > MOST_ROWS:
            continue
        for number in range(merge.top + 1, merge.bottom + 1):
            texts.setdefault(number, {})[merge.left] = first.cells[merge.left]
    return replace(sheet, lines=tuple(_with(line, texts.get(line.number, {})) for line in sheet.lines))


def _with(line: Line, own: dict[int, str]) -> Line:
    if not own:
        return line
    cells = list(line.cells) + [""] * (max(own) + 1 - len(line.cells))
    for column, text in own.items():
        cells[column] = cells[column] or text
    return Line(line.number, tuple(cells))
