"""Workbooks: dates, merged cells, sheets; archives that would unpack to too much, and damaged ones."""

import datetime as dt
import re
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from sgoffice.imports.rules import workbooks
from sgoffice.imports.rules.cells import WITHOUT_RESULT
from sgoffice.imports.rules.files import read_file
from sgoffice.imports.rules.sheets import UnreadableFile

ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Leer"/><table:table table:name="Treffen">
<table:table-row><table:table-cell><text:p>Date</text:p></table:table-cell>
<table:table-cell><text:p>With</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:date-value="2016-03-14" table:number-rows-spanned="2">
<text:p>14.03.16</text:p></table:table-cell><table:table-cell><text:p>A</text:p><text:p>B</text:p></table:table-cell></table:table-row>
<table:table-row><table:covered-table-cell/><table:table-cell><text:p>C</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def workbook(rows, **merged) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for one in merged.get("merge", ()):
        book.active.merge_cells(one)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def archive(**parts: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def test_cells_become_texts():
    days = [dt.datetime(2016, 3, 14), dt.datetime(2016, 3, 14, 9, 30), dt.time(9, 30)]
    row = [*days, 12, 12.0, 12.5, True, " a  b ", 0]
    sheet = read_file(workbook([["x"] * 9, row]))

    assert sheet.lines[1].cells == ("2016-03-14", "2016-03-14 09:30", "09:30", "12", "12", "12.5", "true", "a b", "0")
    assert (sheet.form, sheet.name, sheet.sheets) == ("xlsx", "Sheet", ("Sheet",))


def test_what_is_merged_down_stands_in_each_of_its_rows_and_blank_rows_are_left_out():
    rows = [["Date", "With"], [dt.date(2016, 3, 14), "A"], [None, "B"], [], [None, "C"]]
    sheet = read_file(workbook(rows, merge=["A2:A3"]))

    assert [(line.number, line.cells) for line in sheet.lines] == [
        (1, ("Date", "With")), (2, ("2016-03-14", "A")), (3, ("2016-03-14", "B")), (5, ("", "C")),
    ]  # fmt: skip


def test_another_sheet_is_chosen_by_its_name():
    book = Workbook()
    book.create_sheet("Meetings").append(["Date", "With"])
    made = BytesIO()
    book.save(made)

    assert read_file(made.getvalue()).name == "Meetings"  # the first one is empty
    with pytest.raises(UnreadableFile, match="no sheet 'Other'; it has Sheet, Meetings"):
        read_file(made.getvalue(), sheet="Other")


def test_an_open_document_is_read_too():
    content = archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": ODS.encode()})
    sheet = read_file(content)

    assert (sheet.form, sheet.name) == ("ods", "Treffen")
    assert [line.cells for line in sheet.lines] == [("Date", "With"), ("2016-03-14", "A\nB"), ("2016-03-14", "C")]


def test_what_unpacks_to_too_much_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr("openpyxl.load_workbook", lambda *_, **__: pytest.fail("it was parsed"))
    bomb = archive(**{"xl/workbook.xml": b"x", "xl__worksheets__sheet1.xml": bytes(workbooks.MOST_UNPACKED)})
    cells = archive(**{"xl/workbook.xml": b"x", "xl__sharedStrings.xml": b"<si><t/></si>" * 2_001_000})

    assert len(bomb) < 200_000
    for content in (bomb, cells):
        with pytest.raises(UnreadableFile, match="unpacks to too much"):
            read_file(content)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04",
        b"PK\x03\x04" + bytes(100),
        archive(**{"xl/workbook.xml": b"<workbook"}),
        archive(**{"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'}),
        archive(**{"content.xml": b"<", "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        archive(word__document=b"<w/>"),
        workbook([["a"]])[:-200],
    ],
)
def test_what_is_damaged_or_another_thing_is_refused_in_words(content):
    with pytest.raises(UnreadableFile, match="spreadsheet"):
        read_file(content)


@given(st.data())
def test_a_workbook_with_changed_bytes_is_read_or_refused(data):
    content = bytearray(_GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read_file(bytes(content)).lines
    except UnreadableFile as error:
        found = str(error)
    assert found


_GOOD = workbook([["Date", "With"], [dt.date(2016, 3, 14), "A"]], merge=["A2:A3"])


def open_document(row: str) -> bytes:
    rows = f"<table:table-row>{row}</table:table-row>"
    content = re.sub(r"<table:table-row>.*</table:table>", f"{rows}</table:table>", ODS, flags=re.DOTALL)
    return archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": content.encode()})


def test_cells_of_an_open_document_say_what_they_show_without_the_comments_on_them():
    row = (
        "<table:table-cell><office:annotation><text:p>ask Anna</text:p></office:annotation><text:p>Karl</text:p>"
        "</table:table-cell>"
        '<table:table-cell><text:p>a<text:line-break/>b<text:s text:c="2"/>c</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="33472447000"><text:p>3.3E+10</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:time-value="PT14H30M00S"><text:p>02:30 PM</text:p></table:table-cell>'
        '<table:table-cell office:date-value="2019-03-01"><text:p>mars 2019</text:p></table:table-cell>'
        '<table:table-cell office:date-value="2019-03-04"><text:p>04.03.19</text:p></table:table-cell>'
    )

    assert read_file(open_document(row)).lines[0].cells == (
        "Karl", "a\nb c", "33472447000", "14:30", "2019-03", "2019-03-04",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "number_format", "shown"),
    [
        (dt.datetime(2021, 3, 1), "mmm yyyy", "2021-03"), (dt.datetime(2021, 3, 15), "mmm yyyy", "2021-03-15"),
        (dt.datetime(2021, 1, 1), "yyyy", "2021"), (dt.datetime(2021, 3, 1), "yyyy", "2021-03"),
        (dt.datetime(2021, 3, 1), "dd/mm/yyyy", "2021-03-01"),
        (dt.datetime(2021, 3, 1), '[$-40C]mmmm "de" yyyy', "2021-03"),
    ],
)  # fmt: skip
def test_a_date_says_no_more_than_its_format_shows(day, number_format, shown):
    book = Workbook()
    book.active.append(["Date", day])
    book.active["B1"].number_format = number_format
    made = BytesIO()
    book.save(made)

    assert read_file(made.getvalue()).lines[0].cells == ("Date", shown)


def test_a_formula_that_was_never_computed_is_told_and_an_empty_result_is_blank():
    plain = workbook([["a", "=A1", "=B1", "=C1"]])
    with zipfile.ZipFile(BytesIO(plain)) as packed:
        parts = {name.replace("/", "__"): packed.read(name) for name in packed.namelist()}
    sheet = parts["xl__worksheets__sheet1.xml"].decode()
    sheet = re.sub(r'<c r="C1"(?: t="\w+")?>(<f>B1</f>)<v */?>(</v>)?', r'<c r="C1" t="str">\1<v></v>', sheet)
    sheet = re.sub(r'<c r="D1"(?: t="\w+")?>(<f>C1</f>)<v */?>(</v>)?', r'<c r="D1">\1<v>7</v>', sheet)
    content = archive(**parts | {"xl__worksheets__sheet1.xml": sheet.encode()})

    assert read_file(content).lines[0].cells == ("a", WITHOUT_RESULT, "", "7")
