"""What writes a record outside the door raises, before anything reaches the database."""

import json

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import transaction

from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.directory.models import Membership, Person
from sgoffice.records.errors import WriteOutsideChange
from sgoffice.records.models import HistoryEntry, Link
from tests.factories.directory import organization, person
from tests.sgoffice.records.asking import ANNA

pytestmark = pytest.mark.django_db

#: Every way in which Django writes rows, each against a stored person; none of them goes through the door.
WAYS = {
    "save": lambda known: known.save(),
    "save of some fields": lambda known: known.save(update_fields=["name"]),
    "delete": lambda known: known.delete(),
    "create": lambda _: Person.objects.create(name="X"),
    "get_or_create": lambda _: Person.objects.get_or_create(name="X"),
    "update_or_create": lambda known: Person.objects.update_or_create({"given_name": "X"}, name=known.name),
    "update": lambda known: Person.objects.filter(pk=known.pk).update(name="X"),
    "update of nothing": lambda _: Person.objects.none().update(name="X"),
    "delete of a set": lambda known: Person.objects.filter(pk=known.pk).delete(),
    "bulk_create": lambda _: Person.objects.bulk_create([Person(name="X")]),
    "bulk_create over conflicts": lambda known: Person.objects.bulk_create(
        [Person(pk=known.pk, name="X")], update_conflicts=True, unique_fields=["pk"], update_fields=["name"]
    ),
    "bulk_update": lambda known: Person.objects.bulk_update([known], ["name"]),
    "create of a related row": lambda known: known.memberships.create(organization=organization(), role="X"),
    "update of related rows": lambda known: known.memberships.update(role="X"),
    "saving of a part": lambda known: Link(source_id=known.pk, relation="x", target_id=known.pk).save(),
    "creation of parts": lambda known: Link.objects.bulk_create([Link(source_id=known.pk, relation="x")]),
    "a fixture": lambda known: next(serializers.deserialize("json", serializers.serialize("json", [known]))).save(),
}


@pytest.mark.parametrize("way", WAYS)
def test_write_outside_the_door_raises_and_writes_nothing(way):
    known = person("Known")
    before = HistoryEntry.objects.count()
    known.name = "Written past the door"

    with pytest.raises(WriteOutsideChange), transaction.atomic():
        WAYS[way](known)

    assert Person.objects.get().name == "Known"
    assert HistoryEntry.objects.filter(record_id=known.pk).count() == before


#: Those that the database itself would refuse, guard or no guard.
REFUSED_ANYWAY = {"delete", "delete of a set", "saving of a part", "creation of parts", "update of nothing"}


@pytest.mark.parametrize("way", sorted(WAYS.keys() - REFUSED_ANYWAY))
def test_control_the_same_write_arrives_when_the_guard_is_off(way, unguarded):
    known = person("Known")
    if way == "update of related rows":
        known.memberships.create(organization=organization(), role="Before")
    before = HistoryEntry.objects.count()
    known.name = "Written past the door"

    WAYS[way](known)

    assert HistoryEntry.objects.count() > before


def test_database_keeps_records_even_when_the_guard_is_off(unguarded):
    known = person("Known")

    with pytest.raises(Exception, match="a record is never deleted"):
        known.delete()


def test_door_of_one_record_is_not_that_of_another():
    first, second = person("First"), person("Second")

    with (
        pytest.raises(WriteOutsideChange, match="Second"),
        change(Person, first.pk, verb="test", by=ANNA, expected=ANY_VERSION),
    ):
        second.save()


def test_door_of_a_record_is_closed_again_after_its_change_and_after_a_failed_one():
    known = person("Known")

    with change(Person, known.pk, verb="test", by=ANNA, expected=ANY_VERSION):
        pass
    with pytest.raises(ZeroDivisionError), change(Person, known.pk, verb="test", by=ANNA, expected=ANY_VERSION):
        1 / 0  # noqa: B018 - it has to fail

    with pytest.raises(WriteOutsideChange):
        known.save()


def test_no_manager_deletes_a_whole_table():
    assert not hasattr(Person.objects, "delete")
    assert not hasattr(Membership.objects, "delete")


def test_loading_a_fixture_file_is_refused(tmp_path):
    known = person("Known")
    place = tmp_path / "people.json"
    rows = json.loads(serializers.serialize("json", [known]))
    rows[0]["fields"]["name"] = "From a file"
    place.write_text(json.dumps(rows), encoding="utf-8")

    with pytest.raises(WriteOutsideChange):
        call_command("loaddata", place, verbosity=0)

    assert Person.objects.get().name == "Known"
