"""Headings: found below titles and stamps, in one row or two, in four languages."""

import pytest

from engagements.sheets.words import HEADINGS
from sgoffice.imports.rules.headings import find_headings, guess_fields
from sgoffice.imports.rules.sheets import Line, Merge, Sheet


def sheet(*rows: tuple[str, ...], merges: tuple[Merge, ...] = ()) -> Sheet:
    return Sheet("csv", tuple(Line(number, row) for number, row in enumerate(rows, 1)), merges)


@pytest.mark.parametrize(
    "row",
    [
        ("Date", "With whom", "City", "Country", "Type"),
        ("Date", "Interlocuteurs", "Ville", "Pays", "Type de réunion"),
        ("Fecha", "Participantes", "Ciudad", "País", "Tipo"),
        ("التاريخ", "المشاركون", "المدينة", "البلد", "النوع"),
    ],
)
def test_each_of_four_languages_is_known(row):
    found = find_headings(sheet(("Register",), row, ("14.03.2016", "A", "B", "C", "D")), HEADINGS)

    assert found.rows == (2,)
    assert found.fields == {0: "held", 1: "counterparts", 2: "city", 3: "country", 4: "kind"}


def test_two_rows_of_headings_are_read_together_with_what_is_merged_above():
    rows = (("Date", "Lieu", "", "Interlocuteurs", ""), ("", "Ville", "Pays", "Nom", "Pays"), ("1", "2", "3", "4", "5"))
    expected = {0: "held", 1: "city", 2: "country", 3: "counterparts", 4: "counterpart_country"}

    for merges in ((), (Merge(1, 1, 1, 2), Merge(1, 3, 1, 4))):
        found = find_headings(sheet(*rows, merges=merges), HEADINGS)
        assert (found.rows, found.fields) == ((1, 2), expected)
        assert found.texts[1:3] == ("Lieu Ville", "Lieu Pays")


def test_a_misspelt_heading_is_guessed_and_a_field_is_given_once():
    assert guess_fields(["Interlocutuers", "Interlocuteurs"], HEADINGS) == {1: "counterparts"}
    assert guess_fields(["Particpants", "Ville"], HEADINGS) == {0: "counterparts", 1: "city"}


def test_without_headings_nothing_is_guessed():
    found = find_headings(sheet(("1", "2"), ("3", "4")), HEADINGS)

    assert (found.rows, found.fields) == ((), {})


def test_three_rows_of_headings_are_read_together():
    rows = (
        ("When", "", "Whom", ""),
        ("Day", "Time", "Person", ""),
        ("", "from", "Name", "Function"),
        ("1", "2", "3", "4"),
    )

    found = find_headings(sheet(("Log",), *rows), HEADINGS)

    assert found.rows[-1] == 4
    assert found.fields == {0: "held", 1: "starts", 2: "counterparts", 3: "counterpart_title"}
