"""Workbooks: XLSX by openpyxl, row by row, and ODS by its own XML. What would unpack to too much is refused before."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError, iterparse

from sgoffice.imports.rules.sheets import MOST_COLUMNS, MOST_ROWS, Merge, Sheet, UnreadableFile, lines_of

#: Bytes that all parts of a workbook may have together once they are unpacked: ten times the largest upload.
MOST_UNPACKED = 100_000_000
_MOST_PARTS = 2000
#: Cells and texts, empty ones included: each costs more memory than its bytes.
_MOST_CELLS = 2_000_000
_PIECE = 1 << 20
_BROKEN = "The workbook is damaged or is none. Open it in a spreadsheet program and save it again as XLSX or CSV."
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
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)
    try:
        lines = lines_of(rows)
    except UnreadableFile as error:
        if "empty" in str(error) and not is_wanted:
            return None
        raise
    with sheet.parent._archive.open(sheet._worksheet_path) as stream:
        merges = tuple(_merges_in(stream))
    return Sheet("xlsx", lines, merges, name=sheet.title, sheets=names)


def _merges_in(stream: Any) -> Iterator[Merge]:
    from openpyxl.utils.cell import range_boundaries  # as above

    for _, element in iterparse(stream):  # noqa: S314 - _require_modest() refuses declarations of entities
        if element.tag.endswith("}mergeCell"):
            left, top, right, bottom = range_boundaries(element.get("ref", ""))
            if None not in {left, top, right, bottom}:
                yield Merge(int(top or 1), int(left or 1) - 1, int(bottom or 1), int(right or 1) - 1)
        if element.tag.endswith(("}row", "}mergeCell")):
            element.clear()


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
    day = cell.get(f"{_OFFICE}date-value", "")
    if day:
        return day.removesuffix("T00:00:00").replace("T", " ")[:16]
    return "\n".join("".join(one.itertext()) for one in cell.iter(f"{_TEXT}p"))
