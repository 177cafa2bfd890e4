"""Who counts as a counterpart: the database and Python answer alike, of whatever rows and for whomever one asks."""

import random
from functools import reduce
from operator import or_

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appointments.models import Mandate
from engagements import services
from engagements.agreements.models import Agreement
from engagements.models import Engagement
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.merging import merge
from sgoffice.directory.counterparts import (
    COUNTS_FOR_COUNTRY,
    SPEAKS_FOR_COUNTRY,
    Counterparts,
    Key,
    country_of,
    keys_named,
)
from sgoffice.directory.models import Organization, Person
from sgoffice.directory.querysets import naming
from sgoffice.directory.vocabulary import Classification
from sgoffice.records.actors import OFFICE
from tests.factories.agreements import agreement, parties
from tests.factories.appointments import mandate
from tests.factories.directory import country, organization, person
from tests.factories.engagements import engagement

pytestmark = pytest.mark.django_db
CODES = ("FR", "CM", "SG")
CLASSES = (*sorted(COUNTS_FOR_COUNTRY), Classification.POLICE, Classification.OTHER)


@pytest.fixture
def world():
    """Organizations of each sort with and without a country, people, and what names them; some merged afterwards."""
    chance = random.Random(7)
    for code in CODES:
        country(code, f"Country {code}")
    bodies = [organization(f"Body {n}", classification=each, country=code) for n, (each, code) in enumerate(_sorts())]
    people = [person(name) for name in ("Ann Adams", "Ben Brown", "Cy Clark", "Di Davis")]
    for number in range(40):
        engagement(
            title=f"Meeting {number}",
            participants=tuple(
                _participant(chance, bodies, one) for one in chance.sample(people, chance.randint(1, 3))
            ),
            allow_duplicate=True,
        )
    for body in bodies:
        agreement(title=f"Agreement {body}", parties=parties(theirs=body))
        mandate(of=body)
    for code in CODES:
        agreement(title=f"Agreement {code}", parties=(*parties()[:1], parties()[1].__class__(country=code)))
    for model, survivor, other in ((Organization, 0, 9), (Organization, 12, 4), (Person, 1, 2)):
        named = bodies if model is Organization else people
        merge(model, named[survivor].pk, other=named[other].pk, by=OFFICE, expected=ANY_VERSION, reason="one of them")
    return [
        *(Key("country", code) for code in CODES),
        *(Key("organization", body.pk) for body in Organization.objects.filter(merged_into=None)),
        *(Key("person", one.pk) for one in Person.objects.filter(merged_into=None)),
    ]


def _sorts():
    return [(each, code) for each in CLASSES for code in (None, *CODES)]


def _participant(chance, bodies, one):
    who = chance.choice(["person", "organization"])
    capacities = [
        services.CapacityEntry(organization=chance.choice(bodies).pk)
        if chance.random() < 0.6
        else services.CapacityEntry(country=chance.choice(CODES))
        for _ in range(chance.randint(0, 2))
    ]
    return services.ParticipantEntry(
        **{who: one.pk if who == "person" else chance.choice(bodies).pk},
        side=chance.choice(["theirs", "theirs", "third_party"]),
        capacities=tuple(capacities),
    )


def _of_engagement(one):
    for participant in one.participants.all():
        if participant.side == "theirs":
            yield from keys_named(person=participant.person, organization=participant.organization)
            for said in participant.capacities.all():
                yield from keys_named(organization=said.organization, country=said.country_id)


def _of_agreement(one):
    for party in one.parties.all():
        yield from keys_named(organization=party.organization, country=party.country_id, classes=SPEAKS_FOR_COUNTRY)


def _of_mandate(one):
    return keys_named(organization=one.decision.body.organization)


def test_the_database_and_python_name_the_same_counterparts(world):
    named = {
        model: {one.pk: set(keys_of(one)) for one in model.objects.all()}
        for model, keys_of in ((Engagement, _of_engagement), (Agreement, _of_agreement), (Mandate, _of_mandate))
    }

    @settings(max_examples=150, deadline=None, database=None)
    @given(st.sets(st.sampled_from(world), min_size=1, max_size=4))
    def agree(wanted):
        counterparts = Counterparts.of(wanted)
        bodies = naming(counterparts, organization="decision__body__organization")
        found = {
            Engagement: Engagement.objects.with_any_counterpart(counterparts),
            Agreement: Agreement.objects.with_any_counterpart(counterparts),
            Mandate: Mandate.objects.filter(reduce(or_, bodies)) if bodies else Mandate.objects.none(),
        }
        for model, rows in found.items():
            expected = {pk for pk, keys in named[model].items() if keys & wanted}
            assert set(rows.values_list("pk", flat=True)) == expected, (model, wanted)

    agree()


def test_a_ministry_counts_for_its_country_and_does_not_speak_for_it():
    country()
    ministry = organization("Ministry of Justice", classification=Classification.MINISTRY, country="FR")

    assert country_of(ministry) == "FR"
    assert country_of(ministry, SPEAKS_FOR_COUNTRY) == ""
    assert ministry.stands_for == {ministry.pk}


def test_nobody_is_looked_for_by_nothing():
    assert not naming(Counterparts(), person="person", organization="organization", country="country")
