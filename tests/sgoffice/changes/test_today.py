"""Which day it is: what somebody says is kept apart from what the passes stored, and the passes go on from it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from sgoffice.changes import clock, today
from sgoffice.records.models import ClockPass, StatedDay

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_pass(monkeypatch):
    """The only pass, which has nothing to do; it ran as the test says."""
    monkeypatch.setattr(clock, "_passes", {})
    clock.register_pass(clock.Pass("one", lambda *_: (), lambda *_: None))

    def ran(ago: timedelta) -> ClockPass:
        at = today.now() - ago
        return ClockPass.objects.create(name="one", day=timezone.localdate(at), last_ran_at=at)

    return ran


def test_what_is_said_leaves_the_passes_as_they_stored_themselves(one_pass):
    kept = one_pass(timedelta(days=40))
    now = today.now()
    with pytest.raises(today.DayNotBelieved):
        today.require_believed(now)

    today.believe(timezone.localdate(now))

    today.require_believed(now)
    stored = ClockPass.objects.get()
    assert (stored.day, stored.last_ran_at) == (kept.day, kept.last_ran_at)
    assert clock.day_reached("one") == kept.day, "nothing has been applied yet"
    assert StatedDay.objects.get().day == timezone.localdate(now)


def test_a_day_is_said_once_and_the_next_leap_is_asked_about_again(one_pass):
    one_pass(timedelta(days=40))
    now = today.now()
    today.believe(timezone.localdate(now))
    clock.run_passes(now)

    today.require_believed(now + today.LEAP)
    with pytest.raises(today.DayNotBelieved):
        today.require_believed(now + 2 * today.LEAP)


@pytest.mark.parametrize("ahead", [timedelta(hours=6), timedelta(days=10_957)])
def test_passes_come_back_from_a_future_that_never_was_once_somebody_said_so(one_pass, ahead):
    kept = one_pass(-ahead)
    now = today.now()
    clock.run_passes(now)
    assert clock.pass_states(now) == {"one": "stopped"}
    assert ClockPass.objects.get().day == kept.day

    today.believe(timezone.localdate(now))
    later = today.now()
    assert clock.pass_states(later) == {"one": "late"}
    assert clock.day_reached("one") - timezone.localdate(later) <= today.LEAP
    clock.run_passes(later)

    assert clock.pass_states(later) == {"one": "on_time"}
    assert ClockPass.objects.get().day - timezone.localdate(later) <= today.LEAP


def test_another_day_than_that_of_the_database_is_not_believed(one_pass):
    with pytest.raises(today.DayNotBelieved):
        today.believe(date(2056, 1, 1))

    assert not StatedDay.objects.exists()
