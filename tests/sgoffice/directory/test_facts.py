"""Nothing of the directory's files is lost, and loading them again changes nothing."""

import pytest

from sgoffice.directory import facts as directory_facts
from sgoffice.directory.models import Country, Organization, Topic
from tests.facts import answer, facts, missing, unchanged_by

pytestmark = pytest.mark.django_db
DATA = "sgoffice/directory"


@pytest.fixture(scope="module")
def loaded(loaded_register):
    return loaded_register


def test_every_leaf_of_every_country_is_answered(loaded):
    lost = {}
    for fact in facts(DATA, "countries"):
        lost[fact["alpha2"]] = missing(fact, answer(f"facts:country:{fact['alpha2']}"))
    for fact in facts(DATA, "special_country_codes"):
        lost[fact["code"]] = missing(fact, answer(f"facts:code:{fact['code']}"))

    assert {code: what for code, what in lost.items() if what} == {}


def test_every_leaf_of_every_former_country_is_answered(loaded):
    lost = {}
    for fact in facts(DATA, "former_countries"):
        code = fact.get("alpha2") or fact.get("alpha4") or "XX-FIUM"
        # its kind is said by being another name of the country that has the code still
        kinds = {"/kind"} if fact["kind"] == "renamed_same_code" else set()
        lost[code] = missing(fact, answer(f"facts:country:{code}"), exceptions=kinds)

    assert {code: what for code, what in lost.items() if what} == {}


def test_every_leaf_of_every_organization_is_answered(loaded):
    lost = {
        fact["id"]: missing(fact, answer(f"facts:organization:{fact['id']}"), exceptions={"/parent"})
        for fact in facts(DATA, "organizations")
    }

    assert {name: what for name, what in lost.items() if what} == {}


def test_every_organization_stands_under_its_parent(loaded):
    for fact in facts(DATA, "organizations"):
        organization = Organization.objects.select_related("parent").get(origin=f"facts:organization:{fact['id']}")
        parent = organization.parent.origin if organization.parent else None
        assert parent == (f"facts:organization:{fact['parent']}" if fact["parent"] else None)


def test_every_leaf_of_the_structure_is_answered(loaded):
    structure = facts(DATA, "structure")
    lost = []
    ourselves = answer("facts:organization:interpol")
    lost += missing(structure["official_languages"], ourselves) + missing(structure["numbers"], ourselves)
    for key, word in (
        ("databases", "database"),
        ("crime_areas", "crime_area"),
        ("notice_types", "notice"),
        ("offices", "office"),
    ):
        for fact in structure[key]:
            # the precision of a date is the date itself
            lost += missing(fact, answer(f"facts:{word}:{fact['name']}"), exceptions={"/opened_precision"})
    for fact in structure["headquarters"]:
        lost += missing(fact, answer(f"facts:seat:{fact['city']}"))
    for name in structure["programmes_named_in_engagements"]:
        lost += missing(name, answer(f"facts:programme:{name}"))

    assert lost == []


def test_counts_are_those_of_the_files(loaded):
    assert Country.objects.filter(status="member").count() == 196
    assert Organization.objects.exclude(origin="").count() == 74
    assert Topic.objects.filter(kind="database").count() == 19


def test_loading_again_changes_nothing(loaded):
    assert unchanged_by(directory_facts.load)
