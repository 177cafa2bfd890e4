"""CSV and XLSX: what each format needs so that a spreadsheet shows what the register stores, and computes nothing."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import IO, Any, NamedTuple, Protocol

from sgoffice.documents.columns import Cell, Column


class Form(NamedTuple):
    """A form in which lists are taken away."""

    media_type: str
    ending: str


FORMS = {
    "csv": Form("text/csv; charset=utf-8", "csv"),
    "xlsx": Form("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "jsonl": Form("application/x-ndjson", "jsonl"),
}
_BOM = b"\xef\xbb\xbf"
#: What makes a formula of a text, also in full width and behind what a spreadsheet may skip.
_FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
#: The same inside a text, behind what separates cells and rows for a program that was told another separator.
_FORMULA_INSIDE = re.compile(
    r"(?<=[;|\t\r\n])([\s\"\u200b-\u200f\u2060\ufeff\u00ad]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])"
)
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d", re.ASCII)
#: What a sheet and a cell of XLSX hold.
MOST_ROWS, MOST_CHARACTERS = 1_048_576, 32_767
_WIDTH, _WIDEST = 12, 40
Row = Sequence[Cell]


class Sheet(Protocol):
    """Takes rows, then ends the file."""

    def write(self, rows: Iterable[Row]) -> None: ...
    def close(self) -> None: ...


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe stands before what it might compute.

    Also inside: who opens a file with `;` as separator gets a cell of its own for what stands behind one.
    """
    inside = _FORMULA_INSIDE.sub(r"\1'", text)
    return f"'{inside}" if _FORMULA.match(text) else inside


class CsvSheet:
    """RFC 4180 in UTF-8. Texts are quoted and numbers are not: leading zeros stay, where quoted means text."""

    def __init__(self, file: IO[bytes], columns: Sequence[Column], *, with_bom: bool = False) -> None:
        if with_bom:
            file.write(_BOM)
        self._text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
        self._writer = csv.writer(self._text, quoting=csv.QUOTE_NONNUMERIC)
        self._writer.writerow([column.name for column in columns])

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        self._writer.writerows([_csv_cell(cell) for cell in row] for row in rows)

    def close(self) -> None:
        """End the file, which stays open."""
        self._text.flush()
        self._text.detach()


def _csv_cell(cell: Cell) -> str | int:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case int():
            return cell
        case _:
            return safe_text(str(cell))


class XlsxSheet:
    """Office Open XML: each row is on disk, in the folder `scratch`, before the next is made. Every text is a text."""

    def __init__(self, file: IO[bytes], columns: Sequence[Column], *, title: str, on: date, scratch: str) -> None:
        import xlsxwriter  # large, and few processes ever write a workbook

        self._book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": scratch})
        # the same rows are the same bytes on the same day
        self._book.set_properties({"title": title, "created": datetime.combine(on, time())})
        self._heading = self._book.add_format({"bold": True})
        self._date = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._columns, self._title, self._count = columns, title[:25], 0
        self._sheet, self._row = self._begin(), 1

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows; on another sheet when one is full."""
        for row in rows:
            if self._row == MOST_ROWS:
                self._sheet, self._row = self._begin(), 1
            for place, (column, cell) in enumerate(zip(self._columns, row, strict=True)):
                self._put(place, cell, column)
            self._row += 1

    def close(self) -> None:
        """End the file, which stays open."""
        self._book.close()

    def _begin(self) -> Any:
        self._count += 1
        sheet = self._book.add_worksheet(self._title if self._count == 1 else f"{self._title} {self._count}")
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._columns):
            sheet.set_column(place, place, _WIDTH if column.is_day else _WIDEST // 2)
            sheet.write_string(0, place, column.name, self._heading)
        return sheet

    def _put(self, place: int, cell: Cell, column: Column) -> None:
        match cell:
            case None:
                return
            case bool():
                self._sheet.write_boolean(self._row, place, cell)
            case int() | float():
                self._sheet.write_number(self._row, place, cell)
            case _ if column.is_day and _DAY.fullmatch(str(cell)):
                self._sheet.write_datetime(self._row, place, date.fromisoformat(str(cell)), self._date)
            case _:
                self._sheet.write_string(self._row, place, _bounded(str(cell)))


def _bounded(text: str) -> str:
    """Return what a cell holds of a text, counted in UTF-16 as spreadsheets do, with an ellipsis for the rest."""
    if len(text) <= MOST_CHARACTERS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    return units[: 2 * MOST_CHARACTERS - 2].decode("utf-16-le", "ignore") + "…"
