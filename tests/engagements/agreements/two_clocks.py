"""A simulated year with two clocks that are killed and started again: what each agreement must turn into, and did."""

import random
import time
from datetime import date, timedelta
from typing import Any

from engagements.agreements import services
from engagements.agreements.models import Agreement
from engagements.agreements.rules import add_duration, periods_of
from engagements.agreements.services.mappers import case_as_stored
from sgoffice.changes import clock
from sgoffice.records.actors import OFFICE
from sgoffice.records.models import ClockPass, HistoryEntry, HistoryLink
from tests import clocks
from tests.factories import agreements as make

FIRST, LAST = "2030-01-01", "2030-12-31"


def enter(count: int, *, seed: int) -> list[Agreement]:
    """Enter agreements that time will change in many ways, on the eve of the year."""
    chance = random.Random(seed)
    ClockPass.objects.create(name=services.CLOCK_NAME, day=date(2029, 12, 31))
    parties = make.parties()
    return [services.open_agreement(_entry(chance, parties), by=OFFICE) for _ in range(count)]


def _entry(chance: random.Random, parties: Any) -> services.AgreementEntry:
    def some_day(year: int = 2030) -> str:
        return str(date(year, 1, 1) + timedelta(days=chance.randrange(365)))

    in_force = (make.act("signature", "2025-01-01"), make.act("entry_into_force", "2025-01-01"))
    acts, terms = chance.choice(
        [
            ((make.act("signature", some_day()),), {"entry_into_force": _AFTER_SIGNATURE}),
            ((make.act("signature", some_day()),), {"entry_into_force": _AFTER_SIGNATURE, "duration": "P2M"}),
            (in_force, {"expires": some_day()}),
            (in_force, {"duration": "P1Y", "tacit_renewal": "P1M", "notice_period": "P10D"}),
            (in_force, {"expires": some_day(2029), "tacit_renewal": "P5M"}),
            ((*in_force, make.act("suspension", some_day(), until="2031-02-01")), {"expires": some_day()}),
            ((*in_force, make.act("termination", "2029-10-01", date_of_effect=some_day())), {}),
            (in_force, {}),
        ]
    )
    return make.agreement_entry(*acts, parties=parties, **terms)


_AFTER_SIGNATURE = {"kind": "signature_by_all", "after": "P60D"}


def expected(agreement: Agreement) -> list[date]:
    """Return the days of the year on which it turns, found by looking at every one of them."""
    case = case_as_stored(Agreement.objects.get(pk=agreement.pk))
    periods = periods_of(case)
    renewals = set()
    if case.tacit_renewal is not None:
        first = case.expires.earliest if case.expires else date(2026, 1, 1)
        renewals = {add_duration(first, case.tacit_renewal.times(number)) for number in range(100)}
    found, day = [], date.fromisoformat(FIRST)
    while day <= date.fromisoformat(LAST):
        now, before = (next(one for one in periods if one.contains(that)) for that in (day, day - timedelta(days=1)))
        if now != before or (day in renewals and now.status in ("in_force", "suspended")):
            found.append(day)
        day += timedelta(days=1)
    return found


def noted() -> list[tuple[Any, date]]:
    """Return what the clocks wrote into history, in the order in which it was committed."""
    rows = HistoryEntry.objects.filter(verb="clock", table_name="agreements_agreement")
    by_transaction = {row.transaction_id: row for row in rows}
    assert len(by_transaction) == len(rows), "each record has a transaction of its own"
    order = HistoryLink.objects.order_by("position").values_list("transaction_id", flat=True)
    found = [by_transaction[number] for number in order if number in by_transaction]
    return [(row.record_id, date.fromisoformat(row.reason[:10])) for row in found]


def through_the_year(*, workers: int, kills: int, seed: int) -> None:
    """Run the clocks through the year; kill one after another in the middle of its work, and start it again."""
    chance = random.Random(seed)
    running = [_start(chance) for _ in range(workers)]
    for _ in range(kills):
        time.sleep(chance.uniform(1.0, 2.5))  # long enough that it has begun
        place = chance.randrange(workers)
        running[place].kill()
        running[place].communicate()
        running[place] = _start(chance)
    for worker in running:
        _, wrong = worker.communicate(timeout=600)
        assert worker.returncode == 0, wrong


def _start(chance: random.Random) -> clocks.OnDatabase:
    return clocks.simulating(FIRST, LAST, step=chance.choice([1, 3, 30]))


def require_each_once_in_order(agreements: list[Agreement]) -> int:
    """Accept a history in which every turn stands once, and none before one of an earlier day; return how many."""
    found = noted()
    by_agreement: dict[Any, list[date]] = {}
    for record, day in found:
        by_agreement.setdefault(record, []).append(day)
    for agreement in agreements:
        assert by_agreement.pop(agreement.pk, []) == expected(agreement)
    assert by_agreement == {}
    assert [day for _, day in found] == sorted(day for _, day in found)
    assert clock.day_reached(services.CLOCK_NAME) == date.fromisoformat(LAST)
    return len(found)
