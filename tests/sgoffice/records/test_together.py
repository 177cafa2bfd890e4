"""Rows with their parts in one statement: the same as prefetch_related reads in several."""

import pytest
from django.db.models import OuterRef, Prefetch, prefetch_related_objects

from appointments.models import Decision
from engagements.agreements.models import Act, Agreement, Binding, Deadline, Party, Period
from engagements.models import Capacity, Engagement, FileContent, Participant
from sgoffice.directory.models import Organization, Person
from sgoffice.records import sightings
from sgoffice.records.together import read_together, read_with_parts
from tests.factories import directory, engagements

pytestmark = pytest.mark.django_db
MEETING = (
    Prefetch("participants", Participant.objects.select_related("person", "organization__merged_into")),
    Prefetch("participants__capacities", Capacity.objects.select_related("organization__country", "country")),
)
AGREEMENT = (
    Prefetch("parties", Party.objects.select_related("organization", "country")),
    Prefetch("acts", Act.objects.select_related("by_body")),
    Prefetch("periods", Period.objects.order_by("-during")),
    Prefetch("deadlines", Deadline.objects.all()),
    Prefetch("bindings", Binding.objects.all()),
)


def values(row):
    """Return everything that was read with a row, at whatever depth."""
    own = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    joined = {
        name: values(one) for name, one in row._state.fields_cache.items() if one is not None and is_below(row, one)
    }
    lists = getattr(row, "_prefetched_objects_cache", {})
    return own, joined, {name: [values(one) for one in rows] for name, rows in lists.items()}


def is_below(row, one):
    return not isinstance(one, (Agreement, Engagement)) and not (
        isinstance(row, Capacity) and isinstance(one, Participant)
    )


@pytest.fixture
def met():
    directory.country()
    body = directory.organization(country="FR")
    capacities = [engagements.theirs(title=title, organization=body, country="FR") for title in ("Director", "Chair")]
    full = engagements.engagement(participants=(*capacities, engagements.group("Staff")), country="FR")
    return [full, engagements.engagement(held="2025-01-07")]


@pytest.fixture
def asks_once(django_assert_num_queries):
    return lambda: django_assert_num_queries(1)


@pytest.mark.parametrize("parts", [MEETING, MEETING[:1], ()])
def test_meetings_are_read_with_people_and_capacities(met, parts, asks_once):
    rows = Engagement.objects.select_related("country").order_by("-pk")
    with asks_once():
        read = [values(one) for one in read_with_parts(rows, *parts)]
    expected = list(rows)
    prefetch_related_objects(expected, *parts)

    assert read == [values(one) for one in expected]


@pytest.mark.usefixtures("loaded_register")
def test_all_agreements_are_read_with_all_their_parts(asks_once):
    rows = Agreement.objects.order_by("sort", "pk")
    with asks_once():
        read = [values(one) for one in read_with_parts(rows, *AGREEMENT)]
    expected = list(rows.prefetch_related(*AGREEMENT))

    assert len(read) > 10
    assert read == [values(one) for one in expected]


def test_parts_that_were_read_can_be_asked_for_less(met, django_assert_num_queries):
    read = {one.pk: one for one in read_with_parts(Engagement.objects.all(), *MEETING)}[met[0].pk]

    with django_assert_num_queries(0):
        assert [len(one.capacities.all()) for one in read.participants.all()] == [1, 1, 0]
        assert {one.engagement for one in read.participants.all()} == {read}
    assert read.participants.filter(person=None).count() == 1


def test_what_is_read_beside_is_a_list_of_each_row(met, asks_once):
    theirs = Person.objects.filter(participations__engagement=OuterRef("pk")).order_by("name")
    with asks_once():
        rows = Engagement.objects.filter(pk__in=[one.pk for one in met]).order_by("pk")
        read = read_with_parts(rows, people=theirs, nobody=Person.objects.none())

    assert [len(one.people) for one in read] == [2, 0]
    assert [one.nobody for one in read] == [[], []]
    assert [one.name for one in read[0].people] == sorted(one.name for one in read[0].people)


def test_several_lists_are_read_at_once(met, asks_once):
    bodies = Organization.objects.select_related("country").order_by("pk")
    lists = (Person.objects.order_by("name", "pk"), Person.objects.none(), bodies)
    with asks_once():
        read = read_together(*lists)

    assert [[values(one) for one in each] for each in read] == [[values(one) for one in rows] for rows in lists]
    assert all(len(each) for each in (read[0], read[2]))


def test_lists_that_must_be_empty_are_not_asked_for(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert read_together(Person.objects.none(), Decision.objects.filter(pk__in=[])) == [[], []]


def test_restricted_records_that_are_read_are_noted(met):
    hidden = engagements.engagement(marking="restricted", held="2025-02-01")

    with sightings.collected() as seen:
        read_together(Engagement.objects.all())

    assert seen == {hidden.pk}


def test_values_and_bytes_are_refused():
    with pytest.raises(TypeError):
        read_together(Person.objects.values_list("pk"))
    with pytest.raises(TypeError, match="content"):
        read_together(FileContent.objects.all())
