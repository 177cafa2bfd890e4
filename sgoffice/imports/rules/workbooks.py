"""Workbooks: XLSX by openpyxl, row by row, and ODS by its own XML. What would unpack to too much is refused before."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError, iterparse

from sgoffice.imports.rules.cells import WITHOUT_RESULT
from sgoffice.imports.rules.sheets import (
    MOST_COLUMNS,
    MOST_ROWS,
    Merge,
    Sheet,
    UnreadableFile,
    lines_of,
    text_of,
)
from sgoffice.records.written_dates import written_date

#: Bytes that all parts of a workbook may have together once they are unpacked: ten times the largest upload.
MOST_UNPACKED = 100_000_000
_MOST_PARTS = 2000
#: Cells and texts, empty ones included: each costs more memory than its bytes.
_MOST_CELLS = 2_000_000
_PIECE = 1 << 20
_BROKEN = "The workbook is damaged or is none. Open it in a spreadsheet program and save it again as XLSX or CSV."
#: Characters of a number format that are shown as they stand, and conditions.
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_PARTIAL = re.compile(r"\d{4}(?:-\d{2})?")
_CLOCK = re.compile(r"PT(\d{2})H(\d{2})M")
_MOST_BLANKS = 100
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"


def read_workbook(content: bytes, *, sheet: str = "") -> Sheet:
    """Return the rows of a sheet of a workbook: the one that is named, or the first one with something in it."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _require_modest(archive)
            names = set(archive.namelist())
            if "content.xml" in names and archive.read("mimetype").strip() == _OPEN_DOCUMENT:
                return _read_open_document(archive, sheet)
        if "xl/workbook.xml" in names:
            return _read_excel(content, sheet)
    except UnreadableFile:
        raise
    except Exception as error:  # what a hostile archive makes a parser raise is known to nobody
        raise UnreadableFile(_BROKEN) from error
    raise UnreadableFile("This is no spreadsheet: send CSV, XLSX or ODS.")


def _require_modest(archive: zipfile.ZipFile) -> None:
    """Raise UnreadableFile for an archive that would unpack to too much, whatever its directory declares."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        raise UnreadableFile(_BROKEN)
    unpacked = cells = 0
    for part in parts:
        if part.flag_bits & 1:
            raise UnreadableFile("The workbook has a password. Save it without one.")
        with archive.open(part) as stream:
            first = True
            while piece := stream.read(_PIECE):
                if first and b"<!DOCTYPE" in piece[:4096]:
                    raise UnreadableFile(_BROKEN)
                first = False
                unpacked += len(piece)
                cells += piece.count(b"<c ") + piece.count(b"<si>") + piece.count(b"<table:table-cell")
                if unpacked > MOST_UNPACKED or cells > _MOST_CELLS:
                    raise UnreadableFile("The workbook unpacks to too much. Save the sheet that is meant as CSV.")


def _read_excel(content: bytes, wanted: str) -> Sheet:
    from openpyxl import load_workbook  # large, and few processes ever see a workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that do not matter here
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            visible = [one for one in book.worksheets if one.sheet_state == "visible"] or list(book.worksheets)
            names = tuple(one.title for one in visible)
            for one in visible:
                if wanted in {"", one.title}:
                    found = _sheet_of(one, names, is_wanted=bool(wanted))
                    if found is not None:
                        return found
        finally:
            book.close()
    raise UnreadableFile(_no_such_sheet(wanted, names))


def _sheet_of(sheet: Any, names: tuple[str, ...], *, is_wanted: bool) -> Sheet | None:
    """Return a sheet of the workbook; None for an empty one that was not asked for."""
    with sheet.parent._archive.open(sheet._worksheet_path) as stream:
        merges, without_result = _marks_in(stream)
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1)
    try:
        lines = lines_of(list(_shown(row, number, without_result)) for number, row in enumerate(rows, 1))
    except UnreadableFile as error:
        if "empty" in str(error) and not is_wanted:
            return None
        raise
    return Sheet("xlsx", lines, merges, name=sheet.title, sheets=names)


def _shown(row: Any, number: int, without_result: frozenset[tuple[int, int]]) -> Iterator[Any]:
    """Yield what the cells of a row show: of a date no more than its format, of a formula its stored result."""
    for column, cell in enumerate(row, 1):
        value = cell.value
        if (number, column) in without_result:
            yield WITHOUT_RESULT
        elif isinstance(value, datetime):
            yield shown_date(value, cell.number_format)
        else:
            yield value


def shown_date(day: datetime, number_format: str) -> datetime | str:
    """Return a date, or its year and month, or its year, where the format shows no more and no more was typed.

    Who types “March 2021” gets 1 March 2021, shown as Mar 2021.
    """
    shown = _LITERALS.sub("", number_format).partition(";")[0].lower()
    if "d" in shown or "h" in shown or day.day > 1 or not ("y" in shown or "m" in shown):
        return day
    return f"{day:%Y}" if "m" not in shown and day.month == 1 else f"{day:%Y-%m}"


def _marks_in(stream: Any) -> tuple[tuple[Merge, ...], frozenset[tuple[int, int]]]:
    """Return the merged cells of a sheet, and the formulas whose result no program has stored."""
    from openpyxl.utils.cell import range_boundaries  # as above

    merges, without_result = [], set()
    for _, element in iterparse(stream):  # noqa: S314 - _require_modest() refuses declarations of entities
        name = element.tag.rpartition("}")[2]
        if name == "c" and _is_without_result(element):
            left, top, _, _ = range_boundaries(element.get("r", "A1"))
            without_result.add((int(top or 1), int(left or 1)))
        if name == "mergeCell":
            left, top, right, bottom = range_boundaries(element.get("ref", ""))
            if None not in {left, top, right, bottom}:
                merges.append(Merge(int(top or 1), int(left or 1) - 1, int(bottom or 1), int(right or 1) - 1))
        if name in {"row", "mergeCell"}:
            element.clear()
    return tuple(merges), frozenset(without_result)


def _is_without_result(cell: Any) -> bool:
    """Tell whether a cell is a formula that was never computed; an empty text is a result."""
    parts = {part.tag.rpartition("}")[2]: part.text for part in cell}
    return "f" in parts and not parts.get("v") and cell.get("t") not in {"str", "s", "inlineStr"}


def _no_such_sheet(wanted: str, names: tuple[str, ...]) -> str:
    if not wanted:
        return "The workbook is empty. Choose another file."
    return f"The workbook has no sheet {wanted[:100]!r}; it has {', '.join(names)[:500]}."


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def _read_open_document(archive: zipfile.ZipFile, wanted: str) -> Sheet:
    names: list[str] = []
    tables: dict[str, tuple[list[list[str]], tuple[Merge, ...]]] = {}
    try:
        with archive.open("content.xml") as stream:
            for event, element in iterparse(stream, events=("start", "end")):  # noqa: S314 - as above
                if element.tag != f"{_TABLE}table":
                    continue
                if event == "start":
                    names.append(element.get(f"{_TABLE}name", ""))
                else:
                    if not tables and (not wanted or wanted == names[-1]):
                        _keep(tables, names[-1], element)
                    element.clear()
    except (ParseError, zlib.error) as error:
        raise UnreadableFile(_BROKEN) from error
    if not tables:
        raise UnreadableFile(_no_such_sheet(wanted, tuple(names)))
    [(name, (rows, merges))] = tables.items()
    return Sheet("ods", lines_of(rows), merges, name=name, sheets=tuple(names))


def _keep(tables: dict[str, tuple[list[list[str]], tuple[Merge, ...]]], name: str, element: Any) -> None:
    rows: list[list[str]] = []
    merges: list[Merge] = []
    for row in element.iter(f"{_TABLE}table-row"):
        cells = _open_cells(row, len(rows) + 1, merges)
        # blank rows to the very end of the sheet are stored as one that is repeated
        most = MOST_ROWS + 1 if any(cells) else MOST_ROWS
        repeated = min(int(row.get(f"{_TABLE}number-rows-repeated", "1")), most)
        if len(rows) + repeated > 10 * MOST_ROWS:
            raise UnreadableFile(f"The sheet has more than {MOST_ROWS:,} rows. Send it in parts.")
        rows += [cells] * repeated
    while rows and not any(rows[-1]):
        rows.pop()
    if rows:
        tables[name] = (rows, tuple(merges))


def _open_cells(row: Any, number: int, merges: list[Merge]) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if not cell.tag.endswith("table-cell"):
            continue
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        text = _open_text(cell)
        down, right = (int(cell.get(f"{_TABLE}number-{way}-spanned", "1")) for way in ("rows", "columns"))
        if max(down, right) > 1:
            merges.append(Merge(number, len(cells), number + down - 1, len(cells) + right - 1))
        if text and len(cells) + repeated > MOST_COLUMNS + 1:
            raise UnreadableFile(f"Row {number} has more than {MOST_COLUMNS} columns. Leave out what is not needed.")
        cells += [text] * min(repeated, MOST_COLUMNS + 1 - min(len(cells), MOST_COLUMNS + 1))
    return cells


def _open_text(cell: Any) -> str:
    """Return what a cell says; a comment on it is no part of it."""
    text = "\n".join("".join(_texts_in(one)) for one in cell.findall(f"{_TEXT}p"))
    if day := cell.get(f"{_OFFICE}date-value", ""):
        shown = written_date(text)
        is_part = _PARTIAL.fullmatch(shown) and day.startswith(shown)
        return shown if is_part else day.removesuffix("T00:00:00").replace("T", " ")[:16]
    if clock := _CLOCK.match(cell.get(f"{_OFFICE}time-value", "")):
        return f"{clock[1]}:{clock[2]}"
    if cell.get(f"{_OFFICE}value-type") == "float":
        return text_of(float(cell.get(f"{_OFFICE}value", "nan")))
    return text


def _texts_in(element: Any) -> Iterator[str]:
    """Yield the texts of a paragraph; its blanks and ends of lines are elements."""
    if element.tag == f"{_OFFICE}annotation":
        return
    yield element.text or ""
    for one in element:
        if one.tag == f"{_TEXT}s":
            yield " " * min(int(one.get(f"{_TEXT}c", "1")), _MOST_BLANKS)
        elif one.tag in {f"{_TEXT}line-break", f"{_TEXT}tab"}:
            yield "\n" if one.tag.endswith("break") else "\t"
        else:
            yield from _texts_in(one)
        yield one.tail or ""
