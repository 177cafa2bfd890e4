"""The clock: passes by name, each turn once, what fails told and in nobody's way."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from sgoffice.changes import clock
from sgoffice.records.errors import StaleVersion
from sgoffice.records.identifiers import uuid7
from sgoffice.records.models import ClockPass

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


class Calendar:
    """Records that turn on days, and a pass that notes them."""

    def __init__(self, *turns: clock.ScheduledChange) -> None:
        self.waiting = list(turns)
        self.noted: list[clock.ScheduledChange] = []
        self.faulty: set[UUID] = set()

    def due(self, day, without):
        found = [turn for turn in self.waiting if turn.on <= day and turn.record not in without]
        return sorted(found, key=lambda turn: turn.on)[:2]

    def note(self, turn):
        if turn.record in self.faulty:
            raise ValueError("it cannot be read")
        self.noted.append(turn)
        self.waiting.remove(turn)


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(clock, "_passes", {})
    return clock


def turns(*days: str, record: UUID | None = None) -> list[clock.ScheduledChange]:
    return [clock.ScheduledChange(record or uuid7(), date.fromisoformat(day)) for day in days]


def run_on(day: str) -> dict[str, clock.PassRun]:
    return {run.name: run for run in clock.run_passes(datetime.fromisoformat(f"{day}T12:00:00+00:00"))}


def test_apps_register_their_passes_by_being_installed():
    assert {"appointments", "agreements"} <= clock.passes().keys()


def test_a_name_is_taken_once(registry):
    one = clock.Pass("one", Calendar().due, Calendar().note)
    clock.register_pass(one)

    with pytest.raises(ValueError, match="already"):
        clock.register_pass(one)


def test_run_notes_everything_that_is_due_in_the_order_of_its_days(registry):
    calendar = Calendar(*turns("2027-02-03", "2027-01-01", "2027-03-01", "2027-03-02", "2026-05-05"))
    clock.register_pass(clock.Pass("one", calendar.due, calendar.note))

    run = run_on("2027-03-01")["one"]

    assert [str(turn.on) for turn in calendar.noted] == ["2026-05-05", "2027-01-01", "2027-02-03", "2027-03-01"]
    assert (run.applied, run.is_clean, run.is_complete) == (4, True, True)


def test_run_stops_before_the_next_record_when_told_and_the_next_run_goes_on(registry):
    calendar = Calendar(*turns("2027-01-01", "2027-01-02", "2027-01-03"))
    clock.register_pass(clock.Pass("one", calendar.due, calendar.note))

    clock.run_passes(NOON, is_stopping=lambda: len(calendar.noted) == 2)

    assert len(calendar.noted) == 2
    assert ClockPass.objects.get(name="one").day is None
    clock.run_passes(NOON)
    assert len(calendar.noted) == 3
    assert ClockPass.objects.get(name="one").day == date(2027, 3, 1)


def test_a_record_that_fails_stops_no_other_and_is_told_with_its_id(registry, caplog):
    days = turns("2027-01-01", "2027-01-02", "2027-01-03")
    calendar = Calendar(*days)
    calendar.faulty = {days[0].record}
    other = Calendar(*turns("2027-01-01"))
    clock.register_pass(clock.Pass("one", calendar.due, calendar.note))
    clock.register_pass(clock.Pass("two", other.due, other.note))

    run = run_on("2027-03-01")["one"]

    assert calendar.noted == days[1:]
    assert len(other.noted) == 1
    assert run.failures == {days[0].record: "ValueError: it cannot be read"}
    kept = ClockPass.objects.get(name="one")
    assert str(days[0].record) in kept.detail
    assert kept.last_failed_at == kept.last_ran_at == NOON
    assert str(days[0].record) in caplog.text
    assert clock.pass_states(NOON) == {"one": "failing", "two": "on_time"}


def test_what_failed_is_tried_again_by_the_next_run(registry):
    days = turns("2027-01-01")
    calendar = Calendar(*days)
    calendar.faulty = {days[0].record}
    clock.register_pass(clock.Pass("one", calendar.due, calendar.note))
    run_on("2027-03-01")
    calendar.faulty = set()

    assert run_on("2027-03-02")["one"].is_clean

    assert calendar.noted == days
    assert ClockPass.objects.get(name="one").detail == ""


def test_a_pass_that_fails_as_a_whole_stops_no_other(registry):
    def broken(day, without):
        raise RuntimeError("no such column")

    other = Calendar(*turns("2027-01-01"))
    clock.register_pass(clock.Pass("one", broken, other.note))
    clock.register_pass(clock.Pass("two", other.due, other.note))

    runs = run_on("2027-03-01")

    assert runs["one"].fault == "RuntimeError: no such column"
    assert (runs["one"].is_complete, runs["two"].applied) == (False, 1)
    assert clock.pass_states(NOON) == {"one": "late", "two": "on_time"}


def test_what_somebody_else_noted_meanwhile_is_nobodys_failure(registry):
    calendar = Calendar(*turns("2027-01-01"))

    def note(turn):
        calendar.waiting.clear()
        raise StaleVersion(2)

    clock.register_pass(clock.Pass("one", calendar.due, note))

    run = run_on("2027-03-01")["one"]

    assert (run.applied, run.is_clean, run.is_complete) == (0, True, True)


@pytest.mark.parametrize("answer", [None, StaleVersion(2)])
def test_a_record_that_stays_due_whatever_is_done_is_a_failure_and_no_endless_loop(registry, answer):
    calendar = Calendar(*turns("2027-01-01"))

    def note(turn):
        calendar.noted.append(turn)
        if answer is not None:
            raise answer

    clock.register_pass(clock.Pass("one", calendar.due, note))

    run = run_on("2027-03-01")["one"]

    assert "still due on 2027-01-01" in run.failures[calendar.waiting[0].record]
    assert len(calendar.noted) == (1 if answer is None else 10)


def test_the_noted_day_never_goes_back_and_is_that_of_the_transaction_before_the_first_run(registry):
    calendar = Calendar()
    clock.register_pass(clock.Pass("one", calendar.due, calendar.note))
    assert abs(clock.day_reached("one") - datetime.now(tz=UTC).date()) <= timedelta(days=1)

    run_on("2031-03-02")
    run_on("2031-03-01")

    assert clock.day_reached("one") == date(2031, 3, 2)


def test_a_clock_that_did_not_come_to_its_end_for_a_day_is_late(registry):
    calendar = Calendar()
    clock.register_pass(clock.Pass("one", calendar.due, calendar.note))
    assert clock.pass_states(NOON) == {"one": "late"}
    clock.run_passes(NOON)

    assert clock.pass_states(NOON + timedelta(hours=24)) == {"one": "on_time"}
    assert clock.pass_states(NOON + timedelta(hours=24, seconds=1)) == {"one": "late"}
