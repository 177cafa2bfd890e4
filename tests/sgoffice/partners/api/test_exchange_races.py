"""Pollers beside writers, with real commits: nothing is lost, told twice as new, or taken back."""

import os
import random
import threading
import time
from contextlib import suppress

import pytest
from django.db import connection, transaction

from engagements.agreements import services as agreements
from engagements.agreements.models import Agreement
from sgoffice.changes.corrections import enter_in_error, restore
from sgoffice.changes.door import ANY_VERSION
from sgoffice.feed import queries
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import RegisterError
from sgoffice.records.models import HistoryEntry
from tests.factories import approvals, directory
from tests.factories import partners as make
from tests.factories.agreements import agreement

WRITERS, POLLERS = 8, 4
SECONDS = float(os.environ.get("SGOFFICE_PROVE_SECONDS", "4"))


def correct(record_id, **values):
    patch = Correction(agreements.AgreementEntry, values)
    agreements.correct_agreement(record_id, patch, by=OFFICE, expected=ANY_VERSION)


@pytest.fixture
def parties(fresh_database):
    ours, theirs = directory.organization("Ours"), directory.organization("Theirs")
    return (
        agreements.PartyEntry(organization=ours.pk, side="ours"),
        agreements.PartyEntry(organization=theirs.pk, side="theirs"),
    )


def titled(counter):
    return f"Agreement at {counter:09d}"


class Writer:
    """Does to records of its own, and sometimes to others', what staff do."""

    def __init__(self, number, partner, parties):
        self.random = random.Random(number)
        self.partner = partner
        self.parties = parties
        self.records = []
        self.counter = 0

    def step(self):
        self.counter += 1
        if len(self.records) < 3:
            marking = self.random.choice(["public", "internal"])
            made = agreement(parties=self.parties, marking=marking, title=titled(self.counter))
            self.records.append(made.pk)
            return
        record = self.random.choice(self.records)
        act = self.random.choice([self.retitle, self.retitle, self.mark, self.release, self.err, self.pair])
        with suppress(RegisterError):  # in error already, restricted, …: the register says so, and nothing happened
            act(record)

    def retitle(self, record):
        correct(record, title=titled(self.counter))

    def mark(self, record):
        correct(record, marking=self.random.choice(["public", "internal", "restricted"]))

    def release(self, record):
        made = make.release(self.partner, record)
        if self.random.random() < 0.5:
            make.withdraw(made)

    def err(self, record):
        work = restore if Agreement.objects.get(pk=record).is_in_error else enter_in_error
        work(Agreement, record, by=OFFICE, expected=ANY_VERSION, reason="To see what happens")

    def pair(self, record):
        """Change two records in one transaction, and let it take a while before it commits."""
        with transaction.atomic():
            for one in sorted({record, self.records[0]}):
                correct(one, title=titled(self.counter))
            time.sleep(self.random.random() / 100)


def poll(puller, number, end):
    """Pull in random steps, sometimes from an older cursor; return how often a record went back."""
    chance, cursors, seen, reversals = random.Random(number), [""], {}, 0
    while not end.is_set():
        if chance.random() < 0.2:
            puller.cursor = chance.choice(cursors)
        for line in puller.pull(limit=chance.randint(1, 40)):
            title = line.get("document", {}).get("title", "")
            reversals += title < seen.get(line["id"], "") if title else 0
            seen[line["id"]] = title or seen.get(line["id"], "")
        cursors.append(puller.cursor)
    return reversals


def test_every_poller_ends_with_what_the_register_shows(parties, in_threads):
    partners = [make.partner(), make.partner()]
    pullers = [make.Puller(partners[number % 2]) for number in range(2)]
    for puller in list(pullers):
        twin = make.Puller(puller.partner)
        pullers.append(twin)
    writers = [Writer(number, partners[0], parties) for number in range(WRITERS)]
    end = threading.Event()
    until = time.monotonic() + SECONDS

    def work(number):
        if number < WRITERS:
            while time.monotonic() < until:
                writers[number].step()
            return writers[number].counter
        return poll(pullers[number - WRITERS], number, end)

    stopper = threading.Timer(SECONDS, end.set)
    stopper.start()
    results = in_threads(WRITERS + POLLERS, work)
    stopper.join()

    assert [result for result in results if isinstance(result, Exception)] == []
    assert results[WRITERS:] == [0] * POLLERS
    assert sum(results[:WRITERS]) > 2 * WRITERS
    for puller in pullers:
        puller.pull()
        mirror = make.Puller.__new__(make.Puller)
        mirror.__dict__ = {**puller.__dict__, "copy": {}}
        mirror.snapshot()
        assert puller.copy == mirror.copy
        assert puller.is_in_step()
        for key, line in puller.copy.items():
            assert puller.see(f"records/{key}").json() == line
    assert_no_place_is_taken_twice()


def assert_no_place_is_taken_twice():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT (stream, position)) FROM feed_streamrow")
        total, distinct = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM feed_pending")
        assert (total, cursor.fetchone()[0]) == (distinct, 0)


def test_what_commits_later_is_told_later_however_early_it_began(parties, in_threads):
    """The control is in it: a cursor over a sequence, and one over a time, lose what this one tells."""
    partner = make.partner()
    slow, quick = agreement(parties=parties, marking="public"), agreement(parties=parties, marking="public")
    begun, done = threading.Event(), threading.Event()

    def work(number):
        if number:
            begun.wait(30)
            correct(quick.pk, title="Begun later, done sooner")
            found = (
                queries.changes_after(partner.pk, start, 10).rows[-1][0],
                *HistoryEntry.objects.filter(pk__gt=first).order_by("-pk").values_list("pk", "at").first(),
            )
            done.set()
            return found
        with transaction.atomic():
            correct(slow.pk, title="Begun sooner, done later")
            begun.set()
            done.wait(30)
        return None

    start = queries.current_position(partner.pk).position
    first = HistoryEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    _, (position, sequence, instant) = in_threads(2, work)

    told = [lead for _, _, lead, *_ in queries.changes_after(partner.pk, position, 10).rows]
    assert [str(slow.pk).encode() in lead for lead in told] == [True]
    assert not HistoryEntry.objects.filter(pk__gt=sequence, record_id=slow.pk).exists()
    assert not HistoryEntry.objects.filter(at__gt=instant, record_id=slow.pk).exists()


@pytest.mark.parametrize("is_release_first", [False, True])
def test_a_release_and_a_change_at_once_do_not_miss_each_other(parties, in_threads, is_release_first):
    """Without the names lock neither sees the other, which is not committed yet, and the record is never told."""
    body = directory.organization("Harbour Police")
    partner = make.partner(organization=body.pk)
    chief = approvals.member("approver")
    proposal = make.proposal(partner, condition="partner_is_named", kind="agreement")
    begun = threading.Event()
    works = [
        lambda: agreement(parties=(parties[0], agreements.PartyEntry(organization=body.pk))).pk,
        lambda: approvals.approve(approvals.pending(proposal.pk), by=chief).pk,
    ]
    if is_release_first:
        works.reverse()

    def work(number):
        if number:
            begun.wait(30)
            return works[1]()
        with transaction.atomic():
            done = works[0]()
            begun.set()
            time.sleep(0.5)  # the other one is at work by now, or waits
        return done

    results = in_threads(2, work)

    assert queries.granted_entries(partner.pk) == [results[1 if is_release_first else 0]]


def test_snapshot_taken_while_others_write_goes_on_without_gap_or_overlap(parties, in_threads):
    partner = make.partner()
    records = [agreement(parties=parties, marking="public", title=titled(0)) for _ in range(30)]
    pullers = [make.Puller(partner), make.Puller(partner)]

    def work(number):
        if number < 4:
            for counter in range(1, 9):
                for record in records[number::4]:
                    correct(record.pk, title=titled(counter))
            return None
        puller = pullers[number - 4]
        time.sleep(0.2)
        puller.snapshot()
        taken = {key: line["changed_at"] for key, line in puller.copy.items()}
        return [line["id"] for line in puller.pull() if line["changed_at"] == taken.get(line["id"])]

    results = in_threads(6, work)

    assert results[:4] == [None] * 4
    assert results[4:] == [[], []]  # what the snapshot held is not told again
    for puller in pullers:
        puller.pull()
        assert len(puller.copy) == 30
        assert {line["document"]["title"] for line in puller.copy.values()} == {titled(8)}
        assert puller.is_in_step()
