"""What LibreOffice shows of hostile cells, in a workbook and in a CSV whose quoted fields are texts: what was stored.

Opened as a careless hand would, a CSV loses leading zeros, but computes nothing.
"""

import shutil
import subprocess
from xml.etree import ElementTree as ET

import pytest

from tests.sgoffice.exports.test_spreadsheets import COMPUTED, HARMLESS, INSIDE, as_csv, as_xlsx

PROGRAM = shutil.which("soffice")
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not there (apt install libreoffice-calc-nogui)")

#: Comma, double quotes, UTF-8, from the first row, no columns of other kinds, language of the program, quoted is text.
CAREFUL, CARELESS = "CSV:44,34,76,1,,0,true", "CSV:44,34,76,1,,0,false"
_TABLE, _TEXT, _OFFICE = (f"{{urn:oasis:names:tc:opendocument:xmlns:{one}:1.0}}" for one in ("table", "text", "office"))
#: XML has no place for a carriage return of its own: whoever reads a file takes it for the end of a line.
STORED = [text.replace("\r\n", "\n").replace("\r", "\n") for text in (*COMPUTED, *HARMLESS, *INSIDE)]


def opened(folder, name, content, reader=""):
    """Return each cell of the first column as LibreOffice shows it: its text, and whether it is computed or a text."""
    (folder / name).write_bytes(content)
    command = [PROGRAM, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", "fods"]
    command += [f"--infilter={reader}"] if reader else []
    subprocess.run(
        [*command, "--outdir", folder / "shown", folder / name], check=True, capture_output=True, timeout=300
    )
    tree = ET.parse((folder / "shown" / name).with_suffix(".fods"))  # noqa: S314 - LibreOffice wrote it
    rows = list(tree.iter(f"{_TABLE}table-row"))[1 : len(STORED) + 1]
    return [_shown(next(row.iter(f"{_TABLE}table-cell"))) for row in rows]


def _shown(cell):
    text = "\n".join("".join(_texts(line)) for line in cell.findall(f"{_TEXT}p"))
    return text, f"{_TABLE}formula" in cell.attrib, cell.get(f"{_OFFICE}value-type")


def _texts(line):
    yield line.text or ""
    for inner in line:
        yield {f"{_TEXT}s": " " * int(inner.get(f"{_TEXT}c", "1")), f"{_TEXT}tab": "\t"}.get(inner.tag, "")
        yield from _texts(inner)
        yield inner.tail or ""


def rows():
    return [[text, None, None, None] for text in STORED]


def without_apostrophes(text):
    return text.replace("'", "")


def test_csv_shows_what_was_stored_and_computes_nothing(tmp_path):
    found = opened(tmp_path, "records.csv", as_csv(rows()), CAREFUL)

    assert [without_apostrophes(text) for text, _, _ in found] == STORED
    assert {(is_computed, kind) for _, is_computed, kind in found} == {(False, "string")}


def test_csv_with_a_mark_opened_without_care_computes_nothing(tmp_path):
    found = opened(tmp_path, "records.csv", as_csv(rows(), with_bom=True), CARELESS)

    assert [is_computed for _, is_computed, _ in found] == [False] * len(STORED)
    assert [without_apostrophes(text) for text, _, kind in found if kind == "string"] == [
        text for text, (_, _, kind) in zip(STORED, found, strict=True) if kind == "string"
    ]


def test_a_workbook_shows_what_was_stored(tmp_path):
    found = opened(tmp_path, "records.xlsx", as_xlsx(rows()).getvalue())

    assert [text for text, _, _ in found] == STORED
    assert {(is_computed, kind) for _, is_computed, kind in found} == {(False, "string")}
