"""Writers at the same time, with real commits: nothing is lost, nothing old is shown, nobody waits for ever."""

import threading
import time
from collections import Counter
from itertools import chain, repeat
from uuid import UUID

import pytest
from django.db import connection, transaction

from sgoffice import documents
from sgoffice.changes import trigger_settings
from sgoffice.changes.door import ANY_VERSION, change, create, lock_names_exclusively
from sgoffice.changes.links import set_links
from sgoffice.changes.retries import retry_once
from sgoffice.directory.models import Membership, Organization, Person
from sgoffice.records.errors import StaleVersion, WriteOutsideChange
from sgoffice.records.identifiers import draw_references_from
from sgoffice.records.models import DocumentVersion, Entry, HistoryEntry
from tests.factories.directory import organization, person
from tests.samples import PROVES
from tests.sgoffice.records.asking import ANNA, ask, decide, faults, general_assembly, is_whole

pytestmark = pytest.mark.usefixtures("fresh_database")

#: More threads than this would not find a connection each.
CROWD = 50
RENAMES = 200 if PROVES else 60


def rename(model, record_id, name, *, expected=ANY_VERSION):
    with change(model, record_id, verb="rename", by=ANNA, expected=expected) as record:
        record.name = name


def member(person_id: UUID, organization_id: UUID, role: str = "Adviser") -> UUID:
    with create(Membership, verb="test", by=ANNA) as made:
        made.person_id, made.organization_id, made.role = person_id, organization_id, role
    return made.pk


def outcomes(results):
    return Counter(type(result).__name__ for result in results)


def test_of_a_hundred_changes_from_one_version_one_wins(in_threads):
    known = person("Known")

    def work(number):
        found = []
        for turn in range(2):
            try:
                rename(Person, known.pk, f"Named by {number} {turn}", expected=1)
                found.append("won")
            except StaleVersion as error:
                found.append(f"stale, {error.current} now")
        return found

    results = [result for pair in in_threads(CROWD, work) for result in pair]

    assert Counter(results) == {"won": 1, "stale, 2 now": 99}
    assert Entry.objects.get(pk=known.pk).version == 2
    assert HistoryEntry.objects.filter(record_id=known.pk, verb="rename").count() == 1


def test_rename_racing_with_a_writer_of_the_old_name_again_and_again_leaves_no_stale_document(in_threads):
    known, un = person("Name 0"), organization("United Nations")
    members = [member(known.pk, un.pk) for _ in range(6)]
    together = threading.Barrier(2)

    def work(number):
        for turn in range(RENAMES):
            together.wait(30)
            if number:
                rename(Person, known.pk, f"Name {turn + 1}")
            elif turn % 10:
                with change(Membership, members[turn % 6], verb="test", by=ANNA, expected=ANY_VERSION) as record:
                    record.role = f"Role {turn}"
            else:
                member(known.pk, un.pk)

    results = in_threads(2, work)

    assert outcomes(results) == {"NoneType": 2}
    stored = documents.fetch_documents(Membership, ids(Membership))
    assert len(stored) == 6 + RENAMES // 10
    last = f'"Name {RENAMES}"'.encode()
    assert [kept.body for kept in stored.values() if last not in kept.body] == []
    assert is_whole()


def ids(model):
    return list(model.objects.values_list("pk", flat=True))


def test_renames_and_corrections_of_many_leave_no_stale_document_and_no_deadlock(in_threads):
    people = [person(f"P{number}").pk for number in range(3)]
    un, office = organization("United Nations").pk, organization("World Customs Organization").pk
    members = [member(people[number % 3], un) for number in range(4)]

    def work(number):
        for turn in range(25):
            if number < 2:
                rename(Person, people[(number + turn) % 3], f"{number}-{turn}")
            elif number == 2:
                rename(Organization, un if turn % 2 else office, f"Organization {turn}")
            else:
                with change(
                    Membership, members[(number + turn) % 4], verb="test", by=ANNA, expected=ANY_VERSION
                ) as record:
                    record.person_id = people[turn % 3]
                    record.organization_id = un if turn % 3 else office
                    record.role = f"{number}-{turn}"

    results = in_threads(8, work)

    assert outcomes(results) == {"NoneType": 8}
    assert is_whole()


def test_raw_sql_racing_with_a_writer_of_the_old_name_leaves_no_stale_document(in_threads):
    known, un = person("Name 0"), organization("United Nations")
    first = member(known.pk, un.pk)
    together = threading.Barrier(3)

    def work(number):
        for turn in range(60):
            together.wait(30)
            if number == 0:
                ask("UPDATE directory_person SET name = %s WHERE id = %s", f"Name {turn + 1}", known.pk)
            elif number == 1:
                member(known.pk, un.pk)
            else:
                with change(Membership, first, verb="test", by=ANNA, expected=ANY_VERSION) as record:
                    record.role = f"Role {turn}"

    results = in_threads(3, work)

    assert outcomes(results) == {"NoneType": 3}
    stored = documents.fetch_documents(Membership, ids(Membership))
    assert [kept.body for kept in stored.values() if b'"Name 60"' not in kept.body] == []
    assert is_whole()


def test_links_to_records_that_change_meanwhile_never_deadlock(in_threads):
    made = [person(f"P{number}").pk for number in range(4)]
    un = organization("United Nations").pk
    members = [member(one, un) for one in made]

    def work(number):
        for turn in range(40):
            own, other = members[number % 4], members[(number + 1 + turn) % 4]
            with change(Membership, own, verb="test", by=ANNA, expected=ANY_VERSION) as record:
                record.role = f"{number}-{turn}"
                set_links(own, "follows", (other,) if other != own else ())

    results = in_threads(8, work)

    assert outcomes(results) == {"NoneType": 8}
    assert faults() == []


def test_change_that_waited_is_known_from_after_the_change_that_it_waited_for(in_threads):
    known = member(person("Known").pk, organization("United Nations").pk)
    first_has_begun, second_may_go_on = threading.Event(), threading.Event()

    def work(number):
        if number:  # begins its transaction first, and changes the record last
            with transaction.atomic():
                ask("SELECT now()")
                first_has_begun.set()
                second_may_go_on.wait(10)
                with change(Membership, known, verb="test", by=ANNA, expected=ANY_VERSION) as record:
                    record.role = "Last"
        else:
            first_has_begun.wait(10)
            with change(Membership, known, verb="test", by=ANNA, expected=ANY_VERSION) as record:
                record.role = "Before last"
            second_may_go_on.set()

    in_threads(2, work)

    kept = DocumentVersion.objects.filter(record_id=known).order_by("known_from").values_list("version", flat=True)
    assert list(kept) == [1, 2, 3]


def test_chain_of_many_writers_at_once_has_no_hole(in_threads):
    made = [person(f"P{number}").pk for number in range(8)]

    def work(number):
        for turn in range(20):
            with change(Person, made[number], verb="test", by=ANNA, expected=turn + 1) as record:
                record.caveats = [str(turn)]

    results = in_threads(8, work)

    assert outcomes(results) == {"NoneType": 8}
    assert ask("SELECT count(*), max(position) FROM history_link") == [(168, 168)]
    assert is_whole()


def test_reference_that_two_take_at_once_is_made_again_for_one(in_threads):
    assembly, together = general_assembly(), threading.Barrier(8)

    def work(number):
        together.wait(30)
        codes = chain(["AAAAAA"], (f"{number:06}" for _ in repeat(0)))
        with draw_references_from(lambda: next(codes)):
            return retry_once(lambda: decide(assembly, adopted="2016")).reference

    made = in_threads(8, work)

    assert {type(one) for one in made} == {str}
    assert len(set(made)) == 8
    assert "DEC-2016-AAAAAA" in made


def test_rename_comes_first_in_its_transaction():
    known = person("Known")

    with transaction.atomic():
        with create(Person, verb="test", by=ANNA) as made:
            made.name = "Shares the lock of names"
        with pytest.raises(WriteOutsideChange, match="rename before anything else"):
            rename(Person, known.pk, "X")
    with transaction.atomic():
        lock_names_exclusively()
        with create(Person, verb="test", by=ANNA) as made:
            made.name = "Under the lock that this transaction holds alone"
        rename(Person, known.pk, "Renamed")

    assert Person.objects.get(pk=known.pk).name == "Renamed"


def test_raw_sql_waits_under_the_very_lock_that_the_door_takes():
    known = person("Known")

    with transaction.atomic():
        ask("UPDATE directory_person SET name = 'raw' WHERE id = %s", known.pk)
        taken = ask(
            "SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
            " AND (classid::bigint << 32 | objid::bigint) = %s",
            trigger_settings.NAMES_LOCK,
        )

    assert taken == [("ExclusiveLock",)]


def test_locks_of_a_change_end_with_its_transaction():
    rename(Person, person("Known").pk, "Renamed")

    assert connection.in_atomic_block is False
    end = time.monotonic() + 5
    while ask("SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"):
        assert time.monotonic() < end
