"""Several clocks at once, with real commits: each turn once, in order. tests/prove has the long form."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections, transaction

from engagements.agreements import services
from engagements.agreements.models import Agreement
from sgoffice import documents
from sgoffice.records.actors import CLOCK
from sgoffice.records.errors import StaleVersion
from sgoffice.records.models import ClockPass, HistoryEntry
from tests import clocks
from tests.engagements.agreements import two_clocks
from tests.factories import agreements as make

pytestmark = pytest.mark.usefixtures("fresh_database")


def test_two_clocks_that_are_killed_and_started_again_note_each_turn_once_and_in_order():
    agreements = two_clocks.enter(20, seed=1)

    two_clocks.through_the_year(workers=2, kills=2, seed=1)

    assert two_clocks.require_each_once_in_order(agreements) > 20
    assert list(documents.differences()) == []


def test_eight_threads_that_find_the_same_turns_note_each_once(in_threads):
    agreements = two_clocks.enter(6, seed=2)

    def work(number):
        return clocks.simulate(two_clocks.FIRST, two_clocks.LAST, 365)

    results = in_threads(8, work)

    assert results == [None] * 8
    two_clocks.require_each_once_in_order(agreements)


def test_a_clock_that_falls_behind_takes_nothing_back():
    """It read the agreement before the other one noted two turns, and comes to write after that."""
    ClockPass.objects.create(name=services.CLOCK_NAME, day=date(2029, 12, 31))
    agreement = make.in_force_since("2029-01-01", duration="P1Y", tacit_renewal="P1M", expires="2030-02-01")

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            services.apply_scheduled_change(agreement.pk, on=date(2030, 2, 1), by=CLOCK)
            services.apply_scheduled_change(agreement.pk, on=date(2030, 3, 1), by=CLOCK)
            late = pool.submit(_note, agreement.pk)
            while not _somebody_waits_for_us():
                assert not late.done()
        with pytest.raises(StaleVersion):
            late.result()

    reasons = HistoryEntry.objects.filter(verb="clock").order_by("id").values_list("reason", flat=True)
    assert [reason[:10] for reason in reasons] == ["2030-02-01", "2030-03-01"]
    assert Agreement.objects.get(pk=agreement.pk).next_change_on == date(2030, 4, 1)


def _note(agreement_id):
    try:
        services.apply_scheduled_change(agreement_id, on=date(2030, 2, 1), by=CLOCK)
    finally:
        connections.close_all()


def _somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
        )
        return cursor.fetchone()[0]
