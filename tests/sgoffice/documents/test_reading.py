"""Records as they are read for their documents: the same as select_related and prefetch_related would read them."""

import pytest
from django.db.models import prefetch_related_objects

from sgoffice import documents
from sgoffice.documents import reading
from tests.factories import agreements, directory, engagements

pytestmark = pytest.mark.django_db


def plainly(recipe, ids):
    rows = list(recipe.model.rows().filter(pk__in=ids).select_related(*recipe.select))
    prefetch_related_objects(rows, *recipe.prefetch)
    return rows


def shown(recipe, rows):
    return sorted((recipe.shape().to_representation(row) for row in rows), key=lambda one: str(one["id"]))


@pytest.fixture
def met():
    directory.country()
    body = directory.organization(country="FR")
    capacities = [engagements.theirs(title=title, organization=body, country="FR") for title in ("Director", "Chair")]
    topics = (directory.topic().pk, directory.topic("Cybercrime").pk)
    full = engagements.engagement(participants=(*capacities, engagements.group("Staff")), topics=topics, country="FR")
    return [full.pk, engagements.engagement(held="2025-01-07").pk]


@pytest.mark.parametrize("few", [20, 1])
def test_engagements_are_read_with_their_parts_and_names(met, few, monkeypatch):
    monkeypatch.setattr(reading, "_FEW", few)
    recipe = documents.recipes()["engagement"]

    read = reading.read_records(recipe, met)

    assert shown(recipe, read) == shown(recipe, plainly(recipe, met))
    assert {len(row.participants.all()) for row in read if row.pk == met[0]} == {3}


def test_agreements_are_read_with_their_parts_and_names():
    known = [agreements.in_force_since().pk, agreements.in_force_since("2012-02-01").pk]
    recipe = documents.recipes()["agreement"]

    assert shown(recipe, reading.read_records(recipe, known)) == shown(recipe, plainly(recipe, known))


def test_parts_that_were_read_can_be_asked_for_less(met, django_assert_num_queries):
    read = {row.pk: row for row in reading.read_records(documents.recipes()["engagement"], met)}[met[0]]

    with django_assert_num_queries(0):
        assert [len(one.capacities.all()) for one in read.participants.all()] == [1, 1, 0]
    assert read.participants.filter(person=None).count() == 1


def test_a_kept_statement_reads_the_values_of_each_call(met):
    recipe = documents.recipes()["engagement"]

    found = [reading.read_records(recipe, [key]) for key in met]

    assert [[row.pk for row in rows] for rows in found] == [[key] for key in met]
