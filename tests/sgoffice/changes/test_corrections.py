"""Entered in error, and restored: what can be done to any record, since nobody deletes."""

import pytest

from sgoffice import documents
from sgoffice.changes.corrections import enter_in_error, restore
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory.models import Person
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import require_exists
from sgoffice.records.errors import InvalidEntry, NotPermitted, RuleViolation, StaleVersion
from sgoffice.records.models import Entry, HistoryEntry
from tests.factories.directory import person
from tests.sgoffice.records.asking import ANNA, VIEWER

pytestmark = pytest.mark.django_db


def in_error(known, **words):
    return enter_in_error(Person, known.pk, **({"by": OFFICE, "expected": ANY_VERSION, "reason": "twice"} | words))


def test_record_in_error_leaves_lists_and_keeps_its_page_and_history():
    known = person("Known")

    after = in_error(known, expected=1)

    assert (after.is_in_error, after.version, after.is_live) == (True, 2, False)
    assert list(Person.objects.live()) == []
    assert b'"is_in_error":true' in documents.fetch_document(Person, known.pk).body
    assert Entry.objects.get(pk=known.pk).is_in_error
    written = HistoryEntry.objects.filter(record_id=known.pk).latest("pk")
    assert (written.verb, written.reason) == ("enter_in_error", "twice")


def test_restored_record_is_back():
    known = person("Known")
    in_error(known)

    after = restore(Person, known.pk, by=ANNA, expected=2, reason="it was right after all")

    assert (after.is_live, after.version) == (True, 3)
    assert Person.objects.live().get() == known


@pytest.mark.parametrize("service", [enter_in_error, restore])
@pytest.mark.parametrize("reason", ["", " \n"])
def test_reason_is_needed(service, reason):
    known = person("Known")

    with pytest.raises(InvalidEntry) as refused:
        service(Person, known.pk, by=ANNA, expected=ANY_VERSION, reason=reason)

    assert refused.value.errors[0][0] == "/reason"


def test_twice_is_refused_and_so_is_restoring_what_is_there():
    known = person("Known")

    with pytest.raises(RuleViolation, match="not marked"):
        restore(Person, known.pk, by=ANNA, expected=ANY_VERSION, reason="x")
    in_error(known)
    with pytest.raises(RuleViolation, match="already"):
        in_error(known)


def test_right_and_version_are_asked_for():
    known = person("Known")

    with pytest.raises(NotPermitted):
        in_error(known, by=VIEWER)
    with pytest.raises(StaleVersion):
        in_error(known, expected=5)

    assert Person.objects.live().exists()


def test_nothing_new_refers_to_a_record_in_error():
    known, other = person("Known"), person("Other")
    in_error(known)

    with pytest.raises(InvalidEntry) as refused:
        require_exists(Person, {"/people/0": other.pk, "/people/1": known.pk, "/people/2": None}, by=OFFICE)

    assert [pointer for pointer, _ in refused.value.errors] == ["/people/1"]
