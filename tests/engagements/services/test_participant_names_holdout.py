"""Real public engagements of our Secretaries General that are not shipped, named as the press and their hosts did.

`holdout.json` has for each name what is expected: the person or organization who is meant is among five candidates;
with `=` in front, it is linked by itself; nothing stands for somebody who is not in the directory.
"""

import json
from pathlib import Path

import pytest

from engagements.models import Engagement
from sgoffice.directory.models import Organization, Person
from sgoffice.directory.services import organizations_called, people_called
from sgoffice.records.actors import OFFICE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_register")]
HOLDOUT = json.loads(Path(__file__).with_name("holdout.json").read_text(encoding="utf-8"))
PEOPLE = [tuple(pair) for one in HOLDOUT for pair in one.get("names", ())]
#: A body is asked for without a country, as the one of a capacity that names none.
BODIES = [tuple(pair) for one in HOLDOUT for pair in one.get("bodies", ())]


def asked(kind, pairs):
    """Yield what was written, what was expected, and the candidates, for those who are in the directory and others."""
    model, called = {"person": (Person, people_called), "organization": (Organization, organizations_called)}[kind]
    for written, expected in pairs:
        name = expected.removeprefix("=")
        assert not name or model.objects.filter(name=name).exists(), f"{name} is not in the directory"
        yield written, expected, called(written, by=OFFICE)


def test_the_holdout_is_large_enough_and_no_part_of_it_is_shipped():
    assert len(HOLDOUT) >= 40
    assert len({expected for _, expected in [*PEOPLE, *BODIES] if expected}) >= 30
    assert {(one["year"], one["city"]) for one in HOLDOUT if _is_shipped(one)} == AT_THE_SAME_OCCASION


#: An occasion of which the shipped file has a meeting; the held-out one is with somebody else, or another meeting.
AT_THE_SAME_OCCASION = {(2018, "Dubai"), (2018, "New York"), (2022, "New Delhi"), (2024, "Glasgow")}


def _is_shipped(one):
    rows = Engagement.objects.filter(held__startswith=str(one["year"]), city=one["city"]).exclude(city="")
    names = [expected.removeprefix("=") for _, expected in one.get("names", ()) if expected]
    return rows.filter(participants__person__name__in=names).exists()


@pytest.mark.parametrize(("kind", "pairs"), [("person", PEOPLE), ("organization", BODIES)])
def test_who_is_meant_is_among_five_candidates(kind, pairs):
    known = [one for one in asked(kind, pairs) if one[1]]

    missed = [
        (written, expected, [one.name for one in found])
        for written, expected, found in known
        if expected.removeprefix("=") not in [one.name for one in found[:5]]
    ]

    assert len(missed) <= len(known) * 0.05, missed


@pytest.mark.parametrize(("kind", "pairs"), [("person", PEOPLE), ("organization", BODIES)])
def test_nobody_is_linked_to_somebody_else(kind, pairs):
    wrong = [
        (written, one.name)
        for written, expected, found in asked(kind, pairs)
        for one in found
        if one.is_automatic and one.name != expected.removeprefix("=")
    ]

    assert wrong == []


@pytest.mark.parametrize(("kind", "pairs"), [("person", PEOPLE), ("organization", BODIES)])
def test_who_is_surely_meant_is_linked(kind, pairs):
    asked_for = [
        (written, [one.name for one in found if one.is_automatic], expected)
        for written, expected, found in asked(kind, pairs)
        if expected.startswith("=")
    ]

    assert [one for one in asked_for if one[1] != [one[2].removeprefix("=")]] == []
