"""Pages of documents: the same records, order and bounds as rows and documents read one after the other."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagements.models import Engagement
from sgoffice import documents
from sgoffice.directory.models import Person
from sgoffice.records import sightings
from sgoffice.records.actors import ANONYMOUS
from tests.factories import engagements as make
from tests.factories.directory import person
from tests.sgoffice.records.asking import ANNA, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [person(f"Person {number}") for number in range(5)]


def page(ordering, limit, **options):
    rows = Person.objects.visible_to(ANNA).filter(name__startswith="Person ").order_by(*ordering)[: limit + 1]
    columns = [name.lstrip("-") for name in ordering]
    return fetched(Person, rows, columns, limit=limit, **options)


def fetched(model, rows, columns, *, limit, is_backwards=False):
    options = {"limit": limit, "is_backwards": is_backwards}
    statement = documents.compiled(rows.values_list(*columns))
    asked = statement and documents.question_for_page(model, statement, len(columns), **options)
    return documents.fetch_page(model, asked, **options)


def names(found):
    return [shown["name"] for shown in json.loads(b"[" + found.body + b"]")]


def test_page_has_its_documents_in_order_and_its_bounds(people):
    with CaptureQueriesContext(connection) as statements:
        found = page(["-name", "pk"], 3)

    assert names(found) == ["Person 4", "Person 3", "Person 2"]
    assert (found.first, found.last) == (("Person 4", people[4].pk), ("Person 2", people[2].pk))
    assert found.has_more
    assert len(statements) == 1


def test_page_backwards_is_shown_in_the_other_order(people):
    found = page(["name", "pk"], 3, is_backwards=True)

    assert names(found) == ["Person 2", "Person 1", "Person 0"]
    assert (found.first, found.last) == (("Person 2", people[2].pk), ("Person 0", people[0].pk))


def test_last_page_has_no_more(people):
    found = page(["name", "pk"], 5)

    assert len(names(found)) == 5
    assert found.last == ("Person 4", people[4].pk)
    assert not found.has_more


def test_page_renders_what_is_stale(people):
    ask("UPDATE directory_person SET given_name = 'X' WHERE id = %s", people[1].pk)

    found = page(["name", "pk"], 3)

    assert [shown["given_name"] for shown in json.loads(b"[" + found.body + b"]")] == ["", "X", ""]


def test_empty_page_has_no_bounds():
    found = page(["name", "pk"], 3)
    nothing = fetched(Person, Person.objects.visible_to(ANONYMOUS).order_by("pk"), ["pk"], limit=3)

    assert found == nothing == documents.DocumentPage(b"", has_more=False, first=None, last=None)


@pytest.mark.parametrize("is_stale", [False, True])
def test_page_notes_the_restricted_records_that_it_shows(is_stale):
    shown, _, _ = [make.engagement(marking=marking) for marking in ("restricted", "internal", "restricted")]
    if is_stale:
        ask("UPDATE engagements_engagement SET venue = 'X' WHERE id = %s", shown.pk)

    with sightings.collected() as seen:
        fetched(Engagement, Engagement.objects.order_by("pk")[:3], ["pk"], limit=2)

    assert seen == {shown.pk}
