"""The dry run of rows with cells that have no value of their own."""

import pytest

from tests.factories import directory
from tests.factories.accounts import staff
from tests.factories.imports import checked, report

pytestmark = pytest.mark.django_db

HEAD = "Date;Avec qui;Ville;Type;Objet\n"


@pytest.fixture
def officer():
    directory.country("AT", "Austria")
    return staff("officer").as_actor()


def values(imported):
    return {row.number: row.values for row in imported.sheet_rows.order_by("number")}


def test_rows_that_say_as_above_are_two_meetings_where_other_days_stand_above_them(officer):
    rows = (
        "1.3.2019;Eva Holm;Vienne;Visite;a\nidem;Otto Kern;;Visite;b\n9.3.2019;Ida Roth;;Visite;c\n"
        "idem;Otto Kern;;Visite;b\n"
    )
    imported = checked(HEAD + rows, by=officer)

    assert imported.counts == {"ready": 4}
    assert [one["held"] for one in values(imported).values()] == [
        "2019-03-01",
        "2019-03-01",
        "2019-03-09",
        "2019-03-09",
    ]


def test_a_cell_that_nobody_typed_is_told_once_and_is_nobodys_name(officer):
    rows = "idem;Eva Holm;Vienne;Visite;a\n2.3.2019;#N/A;;Visite;#REF!\n4.3.2019;N/A;-;Visite;x\n"
    imported = checked(HEAD + rows, by=officer)
    found = report(imported, by=officer)

    assert [(one["row"], one["column"]) for one in found["problems"]] == [(2, "A"), (3, "B"), (3, "E")]
    assert [one["text"] for one in found["questions"]] == ["Eva Holm"]
    assert (values(imported)[4]["participants"], values(imported)[4]["city"]) == ([], "")


def test_sums_and_footnotes_are_no_records(officer):
    text = "Nom;Prénom;Courriel;Tél\nHOLM;Eva;e@example.org;+33 472 44 70 00\nTotal;1;;\n* à vérifier;;;\n"
    imported = checked(text, by=officer)

    assert (imported.kind, imported.counts) == ("person", {"ready": 1, "problem": 2})
    assert {one["detail"] for one in report(imported, by=officer)["problems"]} == {
        "This row sums up or explains the list: leave it out."
    }


def test_a_day_and_a_time_in_one_cell_are_both_read(officer):
    text = (
        "Date;Heure;Avec qui;Pays;Type\n2021-03-05 14:30;;Eva Holm;Autriche;Visite\n"
        "2021-03-06 00:00;;Eva Holm;Autriche;Visite\n7 mars 2021 à 9h;10h;Eva Holm;Autriche;Visite\n"
        "8.3.2021;14:00-15:30;Eva Holm;Autriche;Visite\n"
    )
    imported = checked(text, by=officer)

    read = [(one["held"], one["starts"], one["ends"]) for one in values(imported).values()]
    assert read[:2] == [("2021-03-05", "14:30:00", ""), ("2021-03-06", "", "")]
    assert read[3] == ("2021-03-08", "14:00:00", "15:30:00")
    assert [(one["row"], one["column"]) for one in report(imported, by=officer)["problems"]] == [(4, "B")]
