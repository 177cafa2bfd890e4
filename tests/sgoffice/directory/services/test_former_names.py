"""A rename keeps what a record was called, in each language, and since when it is called otherwise."""

import pytest

from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory import services
from sgoffice.directory.models import Organization
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import InvalidEntry
from tests.factories import directory
from tests.factories.accounts import signed_in
from tests.forms import sent_by

pytestmark = pytest.mark.django_db

OLD = "European Monitoring Centre for Drugs"
NEW = "European Union Drugs Agency"


def renamed(record, **values):
    entry = services.OrganizationEntry if isinstance(record, Organization) else services.PersonEntry
    correct = services.correct_organization if isinstance(record, Organization) else services.correct_person
    return correct(record.pk, Correction(entry, values), by=OFFICE, expected=ANY_VERSION)


def former(record):
    return [(one["name"], one["note"], one["language"], one["until"]) for one in record.other_names]


@pytest.fixture
def agency():
    names = {"en": OLD, "fr": "Observatoire européen des drogues"}
    return directory.organization(OLD, names=names, acronym="EMCDDA")


def test_the_old_name_is_kept_in_each_language_until_the_day_that_is_said(agency):
    names = {"en": NEW, "fr": "Agence de l'Union européenne sur les drogues"}

    found = renamed(agency, name=NEW, names=names, acronym="EUDA", renamed_on="2024-07-02")

    assert former(found) == [
        (OLD, "former name", "en", "2024-07-02"),
        ("Observatoire européen des drogues", "former name", "fr", "2024-07-02"),
        ("EMCDDA", "former acronym", "", "2024-07-02"),
    ]
    [candidate] = services.organizations_called(OLD, by=OFFICE)
    assert (candidate.id, candidate.is_automatic) == (agency.pk, True)


def test_a_language_in_which_it_was_called_alike_follows(agency):
    found = renamed(agency, name=NEW)

    assert found.names == {"en": NEW, "fr": "Observatoire européen des drogues"}
    assert former(found) == [(OLD, "former name", "en", "")]


def test_a_person_keeps_the_name_before(agency):
    found = renamed(directory.person("Amina Haddad"), name="Amina Khoury", renamed_on="2021")

    assert former(found) == [("Amina Haddad", "former name", "", "2021")]


def test_another_spelling_of_the_same_name_is_no_rename():
    found = renamed(directory.person("Jurgen Stock"), name="Jürgen STOCK")

    assert (found.name, former(found)) == ("Jürgen STOCK", [])


def test_whoever_gets_a_former_name_back_has_it_no_longer_as_a_former_one(agency):
    renamed(agency, name=NEW)

    found = renamed(Organization.objects.get(), name=OLD)

    assert former(found) == [(NEW, "former name", "en", "")]


def test_a_name_that_was_wrong_from_the_start_leaves_nothing_behind(agency):
    found = renamed(agency, name=NEW, other_names=())

    assert former(found) == []


@pytest.mark.parametrize(
    ("values", "pointer"),
    [({"name": NEW, "renamed_on": "someday"}, "/renamed_on"), ({"name": OLD, "renamed_on": "2024"}, "/renamed_on")],
)
def test_a_day_that_is_none_or_of_no_rename_is_refused(agency, values, pointer):
    with pytest.raises(InvalidEntry) as refused:
        renamed(agency, **values)

    assert [where for where, _ in refused.value.errors] == [pointer]


def test_a_new_record_has_no_rename():
    with pytest.raises(InvalidEntry) as refused:
        directory.organization("New Council", renamed_on="2024")

    assert refused.value.errors[0][0] == "/renamed_on"


def test_the_day_is_taken_by_the_api_and_by_the_admin(agency):
    officer = signed_in("officer")
    answer = officer.correct(
        f"organizations/{agency.pk}", {"name": NEW, "renamed_on": "2024-07"}, **{"If-Match": '"1"'}
    )
    assert answer.status_code == 200, answer.content
    assert answer.json()["other_names"][0] == {
        "name": OLD,
        "note": "former name",
        "language": "en",
        "until": "2024-07",
    }

    person = directory.person("Amina Haddad")
    address = f"/admin/directory/person/{person.pk}/change/"
    officer.post(address, sent_by(officer.get(address), name="Amina Khoury", renamed_on="2021"))
    person.refresh_from_db()
    assert (person.name, former(person)) == ("Amina Khoury", [("Amina Haddad", "former name", "", "2021")])
