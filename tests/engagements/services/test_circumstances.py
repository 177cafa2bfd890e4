"""Somebody of a name is linked only if nothing that is known contradicts; how each name was understood is told."""

import pytest

from engagements import services
from sgoffice.directory.models import Person
from sgoffice.records.entries import ByName
from sgoffice.records.errors import PossibleDuplicates
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
WCO, POLICE = "World Customs Organization", "Indian Police Service"


def named(person, organization=None, **values):
    body = ByName(name=organization) if organization else None
    return services.ParticipantEntry(person=ByName(name=person), organization=body, **values)


@pytest.fixture
def shah():
    """Amit Shah, known as a minister of India and, after a new office, as the head of its police."""
    directory.country("IN", "India")
    directory.country("CH", "Switzerland")
    directory.organization(WCO)
    police = directory.organization(POLICE, country="IN")
    known = directory.person("Amit Shah")
    met = services.ParticipantEntry(
        person=known.pk,
        capacities=(
            services.CapacityEntry(title="Minister of Home Affairs", country="IN"),
            services.CapacityEntry(title="Director", organization=police.pk),
        ),
    )
    make.engagement(participants=(met,))
    return known


@pytest.mark.parametrize(
    "entry",
    [
        named("Amit Shah"),
        named("Shah Amit", title="Minister"),
        named("Amit SHAH", title="Ministre de l'Intérieur", country="IN"),
        named("Amit Shah", POLICE, title="Commissioner"),
        named("Amit Shah", POLICE),
    ],
)
def test_somebody_is_linked_whom_nothing_contradicts(shah, entry):
    engagement = make.engagement(held="2025-03-03", participants=(entry,))

    assert engagement.participants.get().person_id == shah.pk
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("entry", "contradiction"),
    [
        (named("Amit Shah", title="Minister of Home Affairs", country="CH"), "country"),
        (named("Amit Shah", WCO, title="Chief Executive"), "organization"),
        (named("Amit Shah", "Delhi Institute of Chemistry", title="Minister", country="IN"), "organization"),
        (named("Amit Shah", title="Professor of Chemistry", country="IN"), "title"),
        (named("Amit Shah", title="Chief Executive"), "title"),
    ],
)
def test_a_namesake_of_another_country_organization_or_title_is_asked_about(shah, entry, contradiction):
    with pytest.raises(PossibleDuplicates) as refused:
        make.engagement(held="2025-03-03", participants=(entry,))

    [one] = refused.value.candidates["/participants/0/person"]
    assert (one.id, one.reason) == (shah.pk, f"has this name, but is known with another {contradiction}")


def test_a_name_that_two_have_is_asked_about_whatever_is_said(shah):
    other = directory.person("Amit Shah")

    with pytest.raises(PossibleDuplicates) as refused:
        make.engagement(held="2025-03-03", participants=(named("Amit Shah", country="IN", title="Minister"),))

    assert {one.id for one in refused.value.candidates["/participants/0/person"]} == {shah.pk, other.pk}


@pytest.mark.parametrize("name", ["A. Shah", "Shah", "Minister Shah", "Shaw Amit"])
def test_an_initial_a_lone_word_a_title_and_a_slip_are_asked_about(shah, name):
    with pytest.raises(PossibleDuplicates):
        make.engagement(held="2025-03-03", participants=(named(name, country="IN"),))


def test_every_answer_tells_how_each_name_was_understood(shah):
    body = {
        "title": "Talks",
        "kind": "bilateral_meeting",
        "status": "held",
        "held": "2025-03-03",
        "city": "Delhi",
        "participants": [
            {
                "person": {"name": "SHAH Amit"},
                "title": "Minister",
                "country": "IN",
                "organization": "Government of India",
            },
            {"person": {"name": "Nandini Kulkarni"}, "organization": {"name": "Institute of Chemistry"}},
        ],
    }

    answer = signed_in("officer").post("/api/v1/engagements", body, content_type="application/json")

    assert answer.status_code == 201, answer.content
    told = {one["pointer"]: one for one in answer.json()["understood"]}
    assert told.keys() == {
        f"/participants/{place}/{where}" for place in (0, 1) for where in ("person", "capacities/0/organization")
    }
    first, state = told["/participants/0/person"], told["/participants/0/capacities/0/organization"]
    assert (first["id"], first["name"], first["why"]) == (str(shah.pk), "SHAH Amit", "has this name")
    assert (state["id"], state["why"]) == (None, "is the State itself (IN)")
    new = told["/participants/1/person"]
    assert (new["id"], new["why"]) == (
        str(Person.objects.get(name="Nandini Kulkarni").pk),
        "entered as a new one: no record is called so",
    )
