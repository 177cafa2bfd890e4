"""The door: who changes what, why, from which version; all of it or nothing."""

import pytest
from django.db import IntegrityError, transaction

from sgoffice import documents
from sgoffice.changes.door import ANY_VERSION, change, create, current_actor, set_parts
from sgoffice.directory.models import Membership, Organization, Person
from sgoffice.directory.services import MembershipEntry, record_membership
from sgoffice.records.actors import ANONYMOUS, OFFICE, request_id
from sgoffice.records.errors import RuleViolation, StaleVersion, UnknownRecord, WriteOutsideChange
from sgoffice.records.models import Document, Entry, HistoryEntry, HistoryTransaction, Link
from tests.factories.directory import organization, person
from tests.sgoffice.records.asking import ANNA, ask

pytestmark = pytest.mark.django_db


def rename(known, name, *, by=ANNA, expected=ANY_VERSION, reason=""):
    with change(type(known), known.pk, verb="correct", by=by, expected=expected, reason=reason) as record:
        record.name = name
    return record


def entries(record_id):
    return HistoryEntry.objects.filter(record_id=record_id).order_by("pk")


def test_created_record_has_version_1_a_document_and_its_history():
    with create(Person, verb="register", by=ANNA, reason="Met today") as made:
        made.name = "Josephine Teo"

    entry = Entry.objects.get(pk=made.pk)
    assert (made.version, entry.version, entry.kind, entry.marking) == (1, 1, "person", "public")
    assert b"Josephine Teo" in documents.fetch_document(Person, made.pk).body
    written = entries(made.pk).get()
    assert (written.operation, written.verb, written.actor, written.reason) == (
        "insert", "register", "staff:anna", "Met today",
    )  # fmt: skip


def test_changed_record_has_the_next_version_whatever_was_read_before():
    known = person("Before")
    known.caveats = ["an edit before the door, which the door does not see"]

    after = rename(known, "After", expected=1)

    assert (after.version, after.name, after.caveats) == (2, "After", [])
    assert documents.fetch_document(Person, known.pk).version == 2


def test_change_of_nothing_makes_no_version_and_no_history():
    known = person("Same")
    head = HistoryTransaction.objects.count()

    after = rename(known, "Same", expected=1)

    assert after.version == 1
    assert entries(known.pk).count() == 1
    assert HistoryTransaction.objects.count() == head


def test_change_under_another_version_is_stale_and_says_which_one_there_is():
    known = person("Before")
    rename(known, "Between")

    with pytest.raises(StaleVersion) as refused:
        rename(known, "After", expected=1)

    assert refused.value.current == 2
    assert Person.objects.get().name == "Between"


def test_unknown_record_is_refused():
    with pytest.raises(UnknownRecord):
        rename(Person(), "Nobody")


def test_record_that_the_actor_may_not_see_is_unknown():
    known = person("Known")

    with pytest.raises(UnknownRecord):
        rename(known, "X", by=ANONYMOUS)


def test_merged_record_is_changed_by_unmerging_alone():
    known, survivor = person("Merged"), person("Survivor")
    with change(Person, known.pk, verb="merge", by=OFFICE, expected=ANY_VERSION) as record:
        record.merged_into_id = survivor.pk

    with pytest.raises(RuleViolation) as refused:
        rename(known, "X")
    with change(Person, known.pk, verb="unmerge", by=ANNA, expected=ANY_VERSION) as record:
        record.merged_into_id = None

    assert refused.value.rule == "merged"
    assert rename(known, "Apart again").is_live


def test_nested_change_of_the_same_record_is_refused_since_it_would_drop_edits():
    known = person("Known")

    with (
        pytest.raises(WriteOutsideChange, match="already open"),
        change(Person, known.pk, verb="outer", by=ANNA, expected=ANY_VERSION),
    ):
        rename(known, "Inner")


def test_nested_change_of_another_record_gives_the_outer_one_its_words_back():
    first, second = person("First"), person("Second")

    with change(Person, first.pk, verb="outer", by=ANNA, expected=ANY_VERSION, reason="outside") as record:
        rename(second, "Second, renamed", by=OFFICE, reason="inside")
        assert current_actor() == ANNA
        record.name = "First, renamed"

    assert current_actor() == ANONYMOUS
    assert entries(first.pk).last().verb == "outer"
    assert (entries(first.pk).last().actor, entries(first.pk).last().reason) == ("staff:anna", "outside")
    assert (entries(second.pk).last().actor, entries(second.pk).last().reason) == ("office:register", "inside")


def test_failed_inner_change_leaves_the_outer_one_whole():
    first, second = person("First"), person("Second")

    with change(Person, first.pk, verb="outer", by=ANNA, expected=ANY_VERSION) as record:
        with pytest.raises(StaleVersion):
            rename(second, "X", expected=7)
        record.name = "First, renamed"

    assert (entries(first.pk).last().verb, entries(first.pk).last().actor) == ("outer", "staff:anna")
    assert Person.objects.get(pk=second.pk).name == "Second"


def test_error_inside_the_block_leaves_nothing():
    known = person("Known")
    before = (HistoryEntry.objects.count(), Document.objects.count(), Entry.objects.count())

    for opened in (
        lambda: change(Person, known.pk, verb="test", by=ANNA, expected=ANY_VERSION),
        lambda: create(Person, verb="test", by=ANNA),
    ):
        with pytest.raises(ZeroDivisionError):
            _fail_half_way(opened())

    assert Person.objects.get().name == "Known"
    assert (HistoryEntry.objects.count(), Document.objects.count(), Entry.objects.count()) == before


def _fail_half_way(door):
    with door as record:
        record.name = "Half"
        with create(Organization, verb="test", by=ANNA) as other:
            other.name = "Made on the way"
        1 / 0  # noqa: B018 - it has to fail


def test_words_do_not_outlive_the_change(unguarded):
    known = person("Known")

    rename(known, "By Anna")
    Person.objects.filter(pk=known.pk).update(name="By nobody")

    assert [(e.verb, e.actor) for e in entries(known.pk)][1:] == [("correct", "staff:anna"), ("out_of_band", "")]
    assert ask("SELECT current_setting('sgoffice.open'), current_setting('sgoffice.actor')") == [("", "")]


def test_words_hold_for_the_open_record_alone(unguarded):
    first, second = person("First"), person("Second")

    with change(Person, first.pk, verb="test", by=ANNA, expected=ANY_VERSION):
        Person.objects.filter(pk=second.pk).update(name="Beside the door")

    assert entries(second.pk).last().verb == "out_of_band"


def test_history_keeps_the_request_within_which_it_was_written():
    token = request_id.set("request-7")
    try:
        known = person("Known")
    finally:
        request_id.reset(token)

    assert entries(known.pk).get().request_id == "request-7"


def test_refusal_by_a_named_constraint_is_its_rule_and_leaves_the_outer_transaction_usable():
    known, un = person("Known"), organization("United Nations")
    entry = MembershipEntry(person=known.pk, organization=un.pk, role="Adviser", start_date="2016", end_date="2014")

    with pytest.raises(RuleViolation) as refused:
        record_membership(entry, by=ANNA)

    assert (refused.value.rule, refused.value.pointer) == ("end-after-start", "/end_date")
    assert rename(known, "Still possible").version == 2


def test_refusal_that_no_rule_explains_is_a_fault_and_not_hidden():
    person("First", origin="one")

    with pytest.raises(IntegrityError), transaction.atomic():
        organization("Second", origin="one")


def test_parts_are_set_inside_the_door_alone():
    known = person("Known")

    with pytest.raises(WriteOutsideChange):
        set_parts(known, Link, [])


def test_documents_of_dependants_follow_a_new_name_without_a_new_version():
    known, un = person("Known"), organization("United Nations")
    with create(Membership, verb="test", by=ANNA) as made:
        made.person_id, made.organization_id, made.role = known.pk, un.pk, "Adviser"
    before = documents.fetch_document(Membership, made.pk)

    rename(known, "Đorđe Löß")

    after = documents.fetch_document(Membership, made.pk)
    assert "Đorđe Löß".encode() in after.body
    assert (after.version, after.etag != before.etag) == (before.version, True)
    assert entries(made.pk).count() == 1
