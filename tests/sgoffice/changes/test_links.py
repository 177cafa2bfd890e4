"""Links between records of two kinds: made from inside their source, one way, under the actor's own sight."""

import pytest

from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.changes.links import link, set_links, unlink
from sgoffice.directory.models import Organization, Person, Topic
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import InvalidEntry, WriteOutsideChange
from sgoffice.records.models import Entry, HistoryEntry, Link
from tests.factories.directory import organization, person, topic
from tests.sgoffice.records.asking import ANNA

pytestmark = pytest.mark.django_db


def opened(record):
    return change(type(record), record.pk, verb="link", by=ANNA, expected=ANY_VERSION)


def targets(record, relation="about"):
    return set(Link.objects.filter(source=record.pk, relation=relation).values_list("target", flat=True))


def test_link_is_part_of_its_source_and_leaves_the_target_alone():
    source, target = person("Source"), topic("Cybercrime")

    with opened(source):
        link(source.pk, "about", target.pk)
        link(source.pk, "about", target.pk)

    assert targets(source) == {target.pk}
    assert (Entry.objects.get(pk=source.pk).version, Entry.objects.get(pk=target.pk).version) == (2, 1)
    assert HistoryEntry.objects.get(table_name="records_link").record_id == source.pk
    assert str(Link.objects.get()) == f"{source.pk} about {target.pk}"


def test_link_outside_the_door_of_its_source_is_refused():
    source, target = person("Source"), topic("Cybercrime")

    with pytest.raises(WriteOutsideChange):
        link(source.pk, "about", target.pk)
    with pytest.raises(WriteOutsideChange), opened(target):
        link(source.pk, "about", target.pk)
    with pytest.raises(WriteOutsideChange):
        unlink(source.pk, "about", target.pk)


def test_link_to_nothing_to_itself_or_to_an_error_is_refused_with_its_pointer():
    source, wrong = person("Source"), organization("Typing error")
    enter_in_error(Organization, wrong.pk, by=OFFICE, expected=ANY_VERSION, reason="typed twice")

    for target in (Topic().pk, source.pk, wrong.pk):
        with pytest.raises(InvalidEntry) as refused, opened(source):
            link(source.pk, "about", target, pointer="/topics/0")
        assert refused.value.errors[0][0] == "/topics/0"

    assert targets(source) == set()


def test_set_links_makes_and_undoes_what_differs():
    source, first, second, third = person("Source"), topic("A"), topic("B"), topic("C")

    with opened(source):
        set_links(source.pk, "about", (first.pk, second.pk))
    with opened(source):
        set_links(source.pk, "about", (second.pk, third.pk))
        set_links(source.pk, "besides", (first.pk,))

    assert targets(source) == {second.pk, third.pk}
    assert targets(source, "besides") == {first.pk}
    written = HistoryEntry.objects.filter(table_name="records_link").order_by("pk")
    assert [entry.operation for entry in written] == ["insert", "insert", "delete", "insert", "insert"]


def test_the_same_links_again_make_no_version():
    source, target = person("Source"), topic("A")

    for _ in range(2):
        with opened(source):
            set_links(source.pk, "about", (target.pk,))

    assert Entry.objects.get(pk=source.pk).version == 2


def test_unlink_of_what_is_not_linked_is_no_fault():
    source = person("Source")

    with opened(source):
        unlink(source.pk, "about", Person().pk)

    assert Entry.objects.get(pk=source.pk).version == 1
