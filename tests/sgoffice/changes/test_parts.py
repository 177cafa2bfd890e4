"""Lists of parts: replaced as a whole, in order, with ids kept; written as differences. Links stand for any part."""

from uuid import uuid4

import pytest

from sgoffice.changes.door import ANY_VERSION, change, set_parts
from sgoffice.directory.models import Person
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Entry, HistoryEntry, Link
from tests.factories.directory import person, topic
from tests.sgoffice.records.asking import ANNA

pytestmark = pytest.mark.django_db


@pytest.fixture
def topics():
    return [topic(name).pk for name in ("A", "B", "C")]


def enter(known, rows):
    with change(Person, known.pk, verb="list", by=ANNA, expected=ANY_VERSION) as record:
        set_parts(record, Link, rows)
    return list(Link.objects.filter(source=known.pk).order_by("position"))


def operations():
    return list(
        HistoryEntry.objects.filter(table_name="records_link").order_by("pk").values_list("operation", flat=True)
    )


def refused(known, rows):
    with pytest.raises(InvalidEntry) as error:
        enter(known, rows)
    return error.value.errors


def test_rows_become_parts_in_their_order(topics):
    known, own = person("Known"), uuid4()

    kept = enter(known, [{"relation": "x", "target": topics[1], "new_id": own}, {"relation": "x", "target": topics[0]}])

    assert [(part.position, part.target_id) for part in kept] == [(0, topics[1]), (1, topics[0])]
    assert kept[0].pk == own
    assert Entry.objects.get(pk=known.pk).version == 2


def test_row_with_its_id_keeps_the_part_and_what_it_does_not_name(topics):
    known = person("Known")
    first, second = enter(known, [{"relation": "x", "target": topics[0]}, {"relation": "y", "target": topics[1]}])

    kept = enter(known, [{"id": second.pk, "relation": "z"}, {"id": first.pk}])

    assert [(part.pk, part.relation, part.target_id, part.position) for part in kept] == [
        (second.pk, "z", topics[1], 0), (first.pk, "x", topics[0], 1),
    ]  # fmt: skip
    assert operations() == ["insert", "insert", "update", "update"]


def test_part_that_no_row_names_is_gone_and_history_keeps_it(topics):
    known = person("Known")
    first, second = enter(known, [{"relation": "x", "target": topics[0]}, {"relation": "y", "target": topics[1]}])

    kept = enter(known, [{"id": second.pk}, {"relation": "n", "target": topics[2]}])

    assert [part.relation for part in kept] == ["y", "n"]
    gone = HistoryEntry.objects.get(operation="delete")
    assert (gone.row_id, gone.verb, gone.actor, gone.payload.old["relation"]) == (first.pk, "list", "staff:anna", "x")


def test_the_same_list_again_writes_nothing(topics):
    known = person("Known")
    first = enter(known, [{"relation": "x", "target": topics[0]}])[0]

    enter(known, [{"id": first.pk, "relation": "x", "target": topics[0]}])

    assert operations() == ["insert"]
    assert Entry.objects.get(pk=known.pk).version == 2


def test_list_without_ids_is_made_anew(topics):
    known = person("Known")
    first = enter(known, [{"relation": "x", "target": topics[0]}])[0]

    second = enter(known, [{"relation": "x", "target": topics[0]}])[0]

    assert second.pk != first.pk
    assert operations() == ["insert", "delete", "insert"]


def test_later_list_of_the_same_kind_takes_the_place_of_an_earlier_one(topics):
    known = person("Known")

    with change(Person, known.pk, verb="list", by=ANNA, expected=ANY_VERSION) as record:
        set_parts(record, Link, [{"relation": "first", "target": topics[0]}])
        set_parts(record, Link, [{"relation": "second", "target": topics[0]}])

    assert Link.objects.get().relation == "second"


def test_id_of_nobody_of_another_record_and_of_an_earlier_row_are_refused(topics):
    known, other = person("Known"), person("Other")
    own = enter(known, [{"relation": "x", "target": topics[0]}])[0]
    foreign = enter(other, [{"relation": "x", "target": topics[0]}])[0]

    found = refused(known, [{"id": own.pk}, {"id": foreign.pk}, {"id": uuid4()}, {"id": own.pk, "relation": "y"}])

    assert [pointer for pointer, _ in found] == ["/links/1/id", "/links/2/id", "/links/3/id"]
    assert Link.objects.get(source=known.pk).pk == own.pk


def test_every_bad_value_is_named_with_its_row(topics):
    known = person("Known")

    found = refused(known, [{"relation": "x" * 41, "target": topics[0]}, {"relation": "a\x00b", "target": topics[1]}])

    assert [pointer for pointer, _ in found] == ["/links/0/relation", "/links/1/relation"]
    assert not Link.objects.exists()


def test_list_that_was_read_before_is_read_again_after(topics):
    known = person("Known")
    with change(Person, known.pk, verb="list", by=ANNA, expected=ANY_VERSION) as record:
        record._prefetched_objects_cache = {"links": "as they were"}
        set_parts(record, Link, [{"relation": "x", "target": topics[0]}])

    assert record._prefetched_objects_cache == {}
