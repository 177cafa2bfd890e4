"""Texts with separators: any encoding, any separator, and what is refused."""

import pytest

from sgoffice.imports.rules.files import read_file
from sgoffice.imports.rules.sheets import MOST_COLUMNS, MOST_ROWS, UnreadableFile

ROWS = "Date;Nom;Lieu\n14 mars 2016;Müller, Jürgen;Genève\n\n15 mars 2016;Élodie Garçon;Besançon\n"


def cells(content: bytes, **said: str) -> list[tuple[str, ...]]:
    return [line.cells for line in read_file(content, **said).lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_the_encoding_is_found(encoding):
    found = cells(ROWS.encode(encoding))

    assert found[1] == ("14 mars 2016", "Müller, Jürgen", "Genève")
    assert len(found) == 3


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Дата;Имя;Город\n14 марта 2016;Владимир Колокольцев, Министр внутренних дел;Москва\n"),
        ("cp1256", "التاريخ;الاسم;المدينة\n14 مارس 2016;محمد عبد الله وزير الداخلية;القاهرة\n"),
    ],
)
def test_an_encoding_of_another_script_is_guessed_or_said(encoding, text):
    assert cells(text.encode(encoding)) == [tuple(line.split(";")) for line in text.splitlines()]
    assert cells(text.encode(encoding), encoding=encoding) == [tuple(line.split(";")) for line in text.splitlines()]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_also_where_cells_hold_others(separator):
    text = f'a{separator}"b, c; d"\n1{separator}"2, 3; 4"\n'

    assert cells(text.encode()) == [("a", "b, c; d"), ("1", "2, 3; 4")]


@pytest.mark.parametrize(
    ("rows", "width"),
    [
        (["Name;Body", *["Karner, Gerhard;Ministry of the Interior, Austria"] * 5], 2),
        (["Name, first name;Body, country", *["Karner, Gerhard;Ministry of the Interior, Austria"] * 5], 2),
        (["Nom;Part", *["Martin, A;1,5"] * 3, "Durand;2,5"], 2),
        (["Meetings, 2024", "Date;Name", *["2024-03-01;Karner, Gerhard, Vienna"] * 9], 2),
        (["Name,Note,City", *["Karner,one; two,Vienna"] * 9, "Stock,none,Lyon,"], 3),
        (["Name,Body", *["Karner,Ministry; Interior"] * 9], 2),
        (["Name, Body", *["Karner, Ministry of the Interior"] * 9], 2),
        (["Name\tBody", *["Karner, Gerhard\tMinistry, Interior; Police"] * 9], 2),
        (["Name", *["Karner"] * 3], 1),
    ],
)
def test_commas_inside_the_cells_of_a_narrow_file_separate_nothing(rows, width):
    found = cells("\n".join(rows).encode())

    assert {len(row) for row in found[2:]} == {width}, found


def test_the_first_line_may_name_the_separator_for_excel():
    assert cells(b"sep=;\na,b;c\n1,2;3\n") == [("a,b", "c"), ("1,2", "3")]


def test_rows_keep_the_numbers_that_a_spreadsheet_shows():
    text = 'a;b\n\n"two\nlines";x\n1;2\n'

    assert [line.number for line in read_file(text.encode()).lines] == [1, 3, 4]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        (b";;;\n;;;\n", "empty"),
        (b'a;b\n"never closed;1\n2;3\n', "quotation mark"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLSX"),
        (b"<!DOCTYPE html><html></html>", "page"),
        (bytes(range(256)) * 40, "spreadsheet"),
        (b"a;b\n" + b"1;2\n" * (MOST_ROWS + 1), "rows"),
        (b";".join([b"x"] * (MOST_COLUMNS + 1)), "columns"),
        (b"a;b\n" + b"x" * 30_000 + b";1\n", "characters"),
        (b"a;b\n" + b"x" * 300_000 + b";1\n", "read"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_in_words(content, word):
    with pytest.raises(UnreadableFile, match=word):
        read_file(content)


def test_an_encoding_that_is_said_and_is_wrong_is_refused():
    with pytest.raises(UnreadableFile, match="not in utf_8"):
        read_file("Genève;1\n".encode("cp1252"), encoding="utf_8")
    with pytest.raises(UnreadableFile, match="Name one of"):
        read_file(b"a;b\n", encoding="rot13")


def test_control_characters_are_left_out():
    assert cells(b"a\x00b;c\x07d\n1;2\n") == [("ab", "cd"), ("1", "2")]


@pytest.mark.parametrize("text", ["التاريخ\tمع\n١٢ مارس\tخالد\n", "Дата\tИмя\n14 марта\tВладимир\n"])
def test_a_marked_utf_16_of_another_script_is_no_binary_file(text):
    assert cells(text.encode("utf-16")) == [tuple(line.split("\t")) for line in text.splitlines()]


@pytest.mark.parametrize(
    "content",
    [
        b"<table border=1><tr><td>Date</td></tr></table>",
        b"<HTML><BODY>x</BODY></HTML>",
        b"\xef\xbb\xbf \n<?xml version='1.0'?><Workbook/>",
        b"<meta charset=utf-8><table>",
    ],
)
def test_a_page_that_calls_itself_a_workbook_is_refused_as_a_page(content):
    with pytest.raises(UnreadableFile, match="This is a page"):
        read_file(content)
