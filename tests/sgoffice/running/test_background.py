"""The worker, run as people run it: once or until it is told to stop."""

import signal
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from engagements.agreements.models import Agreement
from sgoffice.changes import clock, today
from sgoffice.records.models import ClockPass, HistoryEntry
from tests.clocks import OnDatabase
from tests.factories import agreements as make

_WORK = "from django.core.management import call_command; call_command('work')"
pytestmark = pytest.mark.usefixtures("fresh_database")


def due_agreement() -> Agreement:
    """An agreement that expired yesterday, while no clock ran."""
    today = timezone.localdate()
    entered_on = today - timedelta(days=30)
    ClockPass.objects.get_or_create(name="agreements", day=entered_on)
    return make.in_force_since("2020-01-01", expires=str(today - timedelta(days=1)))


def work_once(**options: object) -> str:
    """Run every task once, and say that today is right: the passes have not run for a month."""
    said = StringIO()
    call_command("work", once=True, stdout=said, **({"today": timezone.localdate()} | options))
    return said.getvalue()


def noted(agreement: Agreement) -> int:
    return HistoryEntry.objects.filter(record_id=agreement.pk, verb="clock").count()


def test_once_notes_what_is_due_and_says_so():
    agreement = due_agreement()

    assert "agreements: 1 applied" in work_once()
    assert noted(agreement) == 1
    assert set(clock.pass_states(timezone.now()).values()) == {"on_time"}


def test_once_fails_when_a_record_fails_and_names_it():
    agreement, other = due_agreement(), due_agreement()
    with connection.cursor() as cursor:  # by raw SQL, past every rule: a clause that cannot be read
        cursor.execute("UPDATE agreements_agreement SET duration = 'long' WHERE id = %s", [agreement.pk])

    with pytest.raises(CommandError, match=str(agreement.pk)):
        work_once()

    assert (noted(agreement), noted(other)) == (0, 1)
    assert clock.pass_states(timezone.now())["agreements"] == "failing"


def test_after_days_without_a_run_nothing_is_applied_before_somebody_says_which_day_it_is(client):
    agreement, day = due_agreement(), timezone.localdate()

    with pytest.raises(CommandError, match=f"work --once --today {day}"):
        work_once(today=None)
    with pytest.raises(CommandError, match=f"today is {day}, not {day + timedelta(days=10957)}"):
        work_once(today=day + timedelta(days=10957))

    assert noted(agreement) == 0
    assert set(client.get("/readyz").json()["clock"].values()) == {"stopped"}
    assert "agreements: 1 applied" in work_once()


def test_a_run_that_claims_to_be_of_the_future_is_not_trusted_and_somebody_ends_it(client):
    day, future = timezone.localdate(), timezone.now() + timedelta(days=10957)
    clock.run_passes(future)

    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"], set(answer.json()["clock"].values())) == (
        200, "degraded", {"stopped"},
    )  # fmt: skip

    work_once()
    assert clock.day_reached("agreements") == day
    assert set(client.get("/readyz").json()["clock"].values()) == {"on_time"}


def test_the_day_is_the_databases_whatever_the_machine_says(monkeypatch):
    work_once()
    agreement = make.in_force_since("2020-01-01", expires=str(timezone.localdate() + timedelta(days=400)))
    ahead = timezone.now() + timedelta(days=10957)
    monkeypatch.setattr(timezone, "now", lambda: ahead)

    work_once(today=None)

    assert noted(agreement) == 0


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_it_works_until_it_is_told_to_stop(by):
    agreement = due_agreement()
    today.believe(timezone.localdate())
    worker = OnDatabase(_WORK, SGOFFICE_CLOCK_SECONDS="3600")
    assert worker.stdout is not None
    assert "SIGTERM or Ctrl-C stops it" in worker.stdout.readline()
    while ClockPass.objects.filter(name="agreements", last_ran_at=None).exists():
        assert worker.poll() is None

    worker.send_signal(by)
    said, wrong = worker.communicate(timeout=60)

    assert (worker.returncode, said, wrong) == (0, "Stopped.\n", "")
    assert noted(agreement) == 1
