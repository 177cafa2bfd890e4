"""People and organizations in rows: who is known stays, who is near is asked, who is new is entered."""

import pytest

from sgoffice.directory.models import Organization, Person
from tests.factories import directory
from tests.factories.accounts import staff
from tests.factories.imports import checked, committed, report, undone

pytestmark = pytest.mark.django_db

PEOPLE = (
    "Nom complet;Prénom;Nom de famille;Civilité;Courriel\n"
    "Gerhard Karner;Gerhard;Karner;M.;karner@example.org\n"
    "Gerhart Karner;;;;\n"
    "Anna Berg;Anna;Berg;Mme;berg@example.org\n"
    "BERG Anna;;;;\n"
    "Anna Berg;;;;other@example.org\n"
)


@pytest.fixture
def officer():
    return staff("officer").as_actor()


def test_people_are_known_asked_about_or_new(officer):
    karner = directory.person("Gerhard Karner")

    imported = checked(PEOPLE, by=officer)
    found = report(imported, by=officer)

    assert imported.kind == "person"
    assert found["counts"] == {"known": 1, "ready": 1, "problem": 3}
    assert {one["row"] for one in found["problems"]} == {3, 5, 6}
    assert "Anna Berg of row 4" in found["problems"][1]["detail"]
    assert found["differences"] == [
        {"row": 2, "record": str(karner.pk), "field": name, "file": file, "register": ""}
        for name, file in (("family_name", "Karner"), ("given_name", "Gerhard"), ("honorific_prefix", "M."))
    ]

    imported = committed(imported, by=officer, leave_out=True)

    berg = Person.objects.get(family_name="Berg")
    assert (berg.name, berg.contact_details[0]["value"]) == ("Anna Berg", "berg@example.org")
    assert berg.sources[0]["document"] == f"Import {imported.reference}, row 4"
    assert Person.objects.get(pk=karner.pk).family_name == ""
    undone(imported, by=officer)
    assert list(Person.objects.live()) == [karner]


def test_organizations_come_with_country_and_kind_and_no_state_becomes_one(officer):
    directory.country("AT", "Austria")
    text = (
        "Organization;Acronym;Country;Type of organization\n"
        "Federal Criminal Police Office of Austria;BK;Autriche;Police service\n"
        "Republic of Austria;;Austria;Government of a country\n"
        "Something;;Freedonia;Nonsense\n"
    )
    imported = checked(text, by=officer)
    told = {(one["row"], one["field"]) for one in report(imported, by=officer)["problems"]}

    assert (imported.kind, told) == ("organization", {(3, "name"), (4, "country"), (4, "classification")})
    committed(imported, by=officer, leave_out=True)
    made = Organization.objects.get()
    assert (made.acronym, made.country_id, made.classification) == ("BK", "AT", "police")


def test_names_in_one_column_or_two_are_whole_names(officer):
    rows = {
        "Nom;Prénom;Organisme;Courriel\nVAN DER BERG;Anneke;Politie;a@example.org\n": (
            "Anneke VAN DER BERG",
            "VAN DER BERG",
        ),
        "Name;First name;E-mail\nSmith;John;j@example.org\n": ("John Smith", "Smith"),
        'Full name;E-mail\n"Okafor, Ngozi";n@example.org\n': ("Ngozi Okafor", "Okafor"),
        'Full name;E-mail\n"Martin King, Jr.";k@example.org\n': ("Martin King, Jr.", ""),
        "Nom;Courriel\nDUPONT Marie;m@example.org\n": ("DUPONT Marie", ""),
    }
    for text, (name, family) in rows.items():
        imported = checked(text, by=officer, kind="" if "Prénom" in text else "person")
        row = imported.sheet_rows.get()
        assert (imported.kind, row.values["name"], row.values["family_name"]) == ("person", name, family), row.problems


def test_several_people_in_one_cell_are_refused(officer):
    imported = checked("Full name;E-mail\nJohn Smith / Mary Jones;j@example.org\n", by=officer)

    assert [one["detail"].partition(":")[0] for one in report(imported, by=officer)["problems"]] == [
        "Several people stand in this cell, with “/” between them"
    ]
