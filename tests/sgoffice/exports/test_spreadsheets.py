"""Cells that a spreadsheet would compute, cut or misread, as CSV and as XLSX."""

import csv
import io
from contextlib import closing
from datetime import date
from tempfile import TemporaryDirectory

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from sgoffice.documents.columns import Column, columns, days
from sgoffice.exports import spreadsheets
from sgoffice.exports.spreadsheets import CsvSheet, XlsxSheet, safe_text

COMPUTED = [
    "=1+1", "+33 1 23", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1",
     "\u200b=1", "\ufeff@x", "＝1+1", "－1", "＋1", "＠x"
]  # fmt: skip
HARMLESS = [
    "007", "1e5", "a\nb", 'say "so"', "a;b,c", "مرحبا بالعالم", "\u200fעברית", "😀 𝔘",
    "a; b", "a = b; c - d", "_x0041_", "https://office.example", "2-1", "TRUE", "１２"
]  # fmt: skip
COLUMNS = (*columns("text", "flag", "count"), *days("day"))


def as_csv(rows, **options):
    file = io.BytesIO()
    sheet = CsvSheet(file, COLUMNS, **options)
    sheet.write(rows)
    sheet.close()
    return file.getvalue()


def as_xlsx(rows):
    file = io.BytesIO()
    with TemporaryDirectory() as scratch:
        sheet = XlsxSheet(file, COLUMNS, title="records", on=date(2026, 1, 1), scratch=scratch)
        sheet.write(rows)
        sheet.close()
    return file


def read(file):
    with closing(load_workbook(file)) as book:
        return [[(cell.value, cell.data_type) for cell in row] for sheet in book for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize("text", COMPUTED)
def test_csv_puts_an_apostrophe_before_what_would_be_computed(text):
    [_, row] = list(csv.reader(io.StringIO(as_csv([[text, None, None, None]]).decode(), newline="")))

    assert (row[0][0], row[0].replace("'", "")) == ("'", text)


INSIDE = ["a;=1", "a; +1", 'a;"=1"', "a|@x", "a\n=1", "a\t-1", "a;\u200b＝1", "a\r\n\r\n=1", ";;=1"]


@pytest.mark.parametrize("text", INSIDE)
@pytest.mark.parametrize("separator", [";", "|", "\t", ","])
def test_no_cell_is_computed_whatever_the_separator_and_whether_or_not_quotes_count(text, separator):
    written = as_csv([["Talk", None, None, text], [text, None, None, None]]).decode()

    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        read_as = csv.reader(io.StringIO(written, newline=""), delimiter=separator, quoting=quoting)
        cells = [cell.strip(' "\u200b') for row in read_as for cell in row]
        assert [cell for cell in cells if cell[:1] in set("=+-@＝＋－＠") - {""} and cell] == []


@pytest.mark.parametrize("text", HARMLESS)
def test_csv_leaves_every_other_text_as_it_is(text):
    [_, row] = list(csv.reader(io.StringIO(as_csv([[text, None, None, None]]).decode(), newline="")))

    assert (row[0], safe_text(text)) == (text, text)


@pytest.mark.parametrize("text", [*COMPUTED, *HARMLESS])
def test_xlsx_keeps_every_text_as_a_text(text):
    [[(value, kind), *_]] = read(as_xlsx([[text, None, None, None]]))

    # spreadsheets write some characters as _x000D_; this library reads them as they stand
    assert (unescape(value), kind) == (text, "s")


def test_csv_quotes_texts_and_no_numbers_and_begins_with_a_mark_on_request():
    rows = [["007", True, -3, "2024-11-07"], [None, False, None, None]]

    assert as_csv(rows) == (b'"text","flag","count","day"\r\n"007","true",-3,"2024-11-07"\r\n"","false","",""\r\n')
    assert as_csv(rows, with_bom=True) == b"\xef\xbb\xbf" + as_csv(rows)


def test_xlsx_has_dates_where_a_day_is_exact_and_never_before_the_calendar_of_spreadsheets():
    days_given = ["2024-11-07", "2024-11", "1899-01-01", "~1956"]

    found = [row[3] for row in read(as_xlsx([["a", True, 7, day] for day in days_given]))]

    assert [(str(value)[:10], kind) for value, kind in found] == [
        ("2024-11-07", "d"), ("2024-11", "s"), ("1899-01-01", "s"), ("~1956", "s")

]  # fmt: skip


def test_a_text_longer_than_a_cell_ends_in_an_ellipsis_that_says_so():
    [[(short, _), *_], [(long, _), *_]] = read(as_xlsx([["😀" * 16_000, 0, 0, ""], ["😀" * 20_000, 0, 0, ""]]))

    assert (len(short), long) == (16_000, "😀" * 16_383 + "…")


def test_rows_above_what_a_sheet_holds_stand_on_another(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 3)

    assert [row[2][0] for row in read(as_xlsx([["a", None, count, None] for count in range(5)]))] == [0, 1, 2, 3, 4]


def test_a_column_names_what_it_finds_in_words_and_takes_the_first_that_there_is():
    who = Column("theirs", "people", one_of=("person.name", "group"), where=("side", "theirs"))
    country = Column("country", "country.name")
    shown = {
        "people": [
            {"side": "theirs", "person": {"id": "1", "name": "Anna"}, "group": "some"},
            {"side": "theirs", "person": None, "group": "two officials"},
            {"side": "ours", "person": {"id": "2", "name": "Bert"}, "group": ""},
        ],
        "country": {"code": "DE", "name": "Germany"},
        "owner": "11",
    }

    assert who.cell(shown, {"1": "Анна"}) == "Анна; two officials"
    assert (country.cell(shown, {}), country.cell(shown, {"DE": "Allemagne"})) == ("Germany", "Allemagne")
    assert Column("owner", "owner", is_record=True).cell(shown, {}) is None
    assert Column("owner", "owner", is_record=True).cell(shown, {"11": "SG-2024-AAAAAA Talk"}) == "SG-2024-AAAAAA Talk"
