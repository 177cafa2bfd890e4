"""One line on a counterpart: name, title, body and country, and everybody who may be meant."""

import pytest

from engagements.services.counterpart_lines import (
    GROUP,
    NEW_ORGANIZATION,
    NEW_PERSON,
    participant_of,
    read_counterpart_line,
)
from sgoffice.records.actors import OFFICE
from sgoffice.records.readership import Readership
from tests.factories import directory
from tests.factories import engagements as make

pytestmark = pytest.mark.django_db


def read(text, by=OFFICE):
    return read_counterpart_line(text, by=by, readers=Readership.marked("internal", by.id, ()))


def test_a_line_is_name_title_and_country():
    directory.country("AT", "Austria")
    minister = directory.person("Gerhard Karner")

    found = read("Gerhard Karner, Federal Minister, of the Interior, Autriche")

    assert (found.name, found.title, found.country, found.country_name) == (
        "Gerhard Karner", "Federal Minister, of the Interior", "AT", "Austria",
    )  # fmt: skip
    assert found.choice(found.chosen).record == minister.pk
    made = participant_of(found, found.choice(found.chosen))
    assert (made.person, made.capacities[0].country) == (minister.pk, "AT")


def test_a_body_that_is_surely_known_is_who_somebody_speaks_for():
    body = directory.organization("European Union Agency for Law Enforcement Cooperation", acronym="EUROPOL")
    found = read("Catherine De Bolle, Executive Director, Europol")

    assert (found.title, found.body.id) == ("Executive Director", body.pk)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("Anna Nováková, Ambassador", NEW_PERSON),
        ("Ministry of Silly Walks", NEW_ORGANIZATION),
        ("Minister and two advisers", GROUP),
        ("Delegation of 5", GROUP),
    ],
)
def test_a_name_that_nobody_has_is_new_as_what_it_looks_like(text, chosen):
    assert read(text).chosen == chosen


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Karner, Gerhard", ""),
        ("Karner, Gerhard (Österreich)", ""),
        ("1. Gerhard Karner (AT)", ""),
        ("Austria: Gerhard Karner (Minister of the Interior)", "Minister of the Interior"),
        ("Gerhard Karner, Austria, Minister of the Interior", "Minister of the Interior"),
        ("Minister of the Interior of Austria, Gerhard Karner", "Minister of the Interior of Austria"),
        ("Minister of the Interior Gerhard Karner", "Minister of the Interior"),
        ("Gerhard Karner <gerhard.karner@example.org>", ""),
    ],
)
def test_a_known_person_is_found_in_whatever_order_a_line_is_typed(text, title):
    directory.country("AT", "Austria")
    minister = directory.person("Gerhard Karner")

    found = read(text)

    assert found.chosen == f"person-{minister.pk}"
    assert (found.name, found.title) == ("Gerhard Karner", title)
    assert (found.country == "AT") is any(state in text for state in ("Austria", "AT", "Österreich"))


def test_a_body_or_a_state_at_the_end_of_a_title_is_whose_office_it_is():
    directory.country("MX", "Mexico")
    body = directory.organization("European Union Agency for Law Enforcement Cooperation", acronym="EUROPOL")

    director = read("Catherine De Bolle, Directrice exécutive d’Europol")
    ambassador = read("Juan Pérez, embajador de México")
    office = read("Europol Executive Director")

    assert (director.body.id, director.title) == (body.pk, "Directrice exécutive d’Europol")
    assert ambassador.country == "MX"
    assert (office.chosen, office.title, office.body.id) == (GROUP, "Executive Director", body.pk)


@pytest.mark.parametrize(
    "text",
    [
        "TBC",
        "?",
        "karner@example.org",
        "Anna Weber & Otto Klein",
        "Anna Weber, Minister, Austria and Otto Klein, Mayor",
    ],
)
def test_a_line_that_names_nobody_or_two_is_asked_about(text):
    directory.country("AT", "Austria")

    assert read(text).chosen == ""


def test_a_near_name_is_asked_about_and_never_chosen():
    directory.person("Gerhard Karner")

    found = read("Gerhart Karner")

    assert found.chosen == ""
    assert found.choices[0].label == "Gerhard Karner"
    assert {NEW_PERSON, GROUP} < {one.key for one in found.choices}


def test_a_namesake_of_another_country_is_asked_about():
    directory.country("AT", "Austria")
    directory.country("CZ", "Czechia")
    known = directory.person("Anna Nováková")
    make.engagement(participants=(make.theirs(person=known, title="Ambassador", country="CZ"),))

    assert read("Anna Nováková, Ambassador, Czechia").chosen == f"person-{known.pk}"
    assert read("Anna Nováková, Ambassador, Austria").chosen == ""


def test_a_state_is_itself_and_no_text_is_nobody():
    directory.country("AT", "Austria")

    found = read("Government of Austria")

    assert [one.kind for one in found.choices] == ["country"]
    assert read(" , ") is None


def test_a_family_name_says_nothing_of_a_state_or_a_body():
    directory.country("CU", "Cuba")
    directory.organization("Leyen", acronym="LEYEN")

    assert read("Ana de Cuba, Adviser").country is None
    assert read("Delegation of Cuba").country == "CU"
    assert read("Ursula von Leyen, Adviser").body is None


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Anna Nováková, Director, Foo Agency", "Director", "Foo Agency"),
        ("Anna Nováková, Foo Agency, Director", "Director", "Foo Agency"),
        ("Anna Nováková, Directrice, Agence nationale des widgets", "Directrice", "Agence nationale des widgets"),
        ("Anna Nováková, Widget Safety Authority", "", "Widget Safety Authority"),
        ("Anna Nováková, Director, Council for Widgets (Austria)", "Director", "Council for Widgets"),
    ],
)
def test_a_new_body_behind_a_title_is_who_somebody_speaks_for(text, title, body):
    directory.country("AT", "Austria")
    found = read(text)

    assert (found.title, found.new_body, found.body) == (title, body, None)
    made = participant_of(found, found.choice(found.chosen))
    assert made.capacities[0].organization.name == body


@pytest.mark.parametrize(
    "text",
    [
        "Anna Nováková, Head of Agency",
        "Anna Nováková, Bank Manager",
        "Anna Nováková, Chief of the Police Department",
        "Anna Nováková, Member of Parliament",
        "Anna Nováková, Company Secretary",
        "Anna Nováková, Director, Government of Austria",
        "Anna Nováková, Director, Fo Agencey",
    ],
)
def test_titles_states_and_near_names_are_no_new_bodies(text):
    directory.country("AT", "Austria")
    directory.organization("Foo Agency")

    assert read(text).new_body == ""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("António Guterres, UN SG", "Secretary General"),
        ("António Guterres, SG UN", "Secretary General"),
        ("António Guterres, UN S.G.", "Secretary General"),
        ("António Guterres, UN USG", "Under-Secretary-General"),
        ("António Guterres, UN Secretary-General", "Secretary-General"),
        ("António Guterres, UN", ""),
    ],
)
def test_a_body_and_a_title_cut_short_in_one_part_are_told_apart(text, title):
    body = directory.organization("United Nations", acronym="UN")
    found = read(text)

    assert (found.name, found.title, found.body and found.body.id) == ("António Guterres", title, body.pk)


def test_an_office_cut_short_is_whoever_holds_it():
    body = directory.organization("United Nations", acronym="UN")
    found = read("UN SG")

    assert (found.chosen, found.title, found.body.id) == (GROUP, "Secretary General", body.pk)
