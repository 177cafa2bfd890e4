"""What time alone changes. Apps register passes in `<app>/clock.py`; `manage.py work` and `start` run them.

A pass finds records whose day has come and applies each change by a service, in its own transaction. Any number of
processes may run it at once: the service checks the locked record again, or compares the version it read, so the second
process finds nothing to do. Whatever depends on “today” takes the day from day_reached(), never from the machine: a
document changes only by acts of people or of the clock. Which day it is, and whether it is believed: `today.py`.
"""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Event
from uuid import UUID

from django.db import connection, connections
from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils import timezone

from sgoffice.changes import today
from sgoffice.changes.retries import retry_once
from sgoffice.records.errors import StaleVersion, UnknownRecord
from sgoffice.records.models import ClockPass

#: How many records a pass asks for at a time.
BATCH = 200
#: A pass that has not finished for this long is late.
PATIENCE = timedelta(hours=24)
_REPORTED = 20
_TRIES = 10
_log = logging.getLogger(__name__)
_passes: dict[str, "Pass"] = {}


@dataclass(frozen=True)
class ScheduledChange:
    """A record that time changes on a day."""

    record: UUID
    on: date


@dataclass(frozen=True)
class Pass:
    """One kind of change that time brings.

    `due(day, without)` returns the next changes up to that day, earliest first, at most BATCH of them, leaving out some
    records. `apply(change)` makes one of them by a service, exactly once: the service raises StaleVersion when somebody
    else has changed the record meanwhile.
    """

    name: str
    due: Callable[[date, Collection[UUID]], Sequence[ScheduledChange]]
    apply: Callable[[ScheduledChange], object]


@dataclass
class PassRun:
    """One run of a pass: how many changes it applied, what failed by record, and whether it finished."""

    name: str
    applied: int = 0
    failures: dict[UUID, str] = field(default_factory=dict)
    fault: str = ""
    is_complete: bool = False
    tries: Counter[ScheduledChange] = field(default_factory=Counter)

    @property
    def is_clean(self) -> bool:
        return not (self.failures or self.fault)

    def failure_report(self) -> str:
        """Return what failed, one line each, with the ids of the first records."""
        reported = [f"{record}: {detail}" for record, detail in list(self.failures.items())[:_REPORTED]]
        if (more := len(self.failures) - len(reported)) > 0:
            reported.append(f"and {more} more")
        return "\n".join([*([self.fault] if self.fault else []), *reported])


def register_pass(one: Pass) -> None:
    if one.name in _passes:
        message = f"there is a pass {one.name!r} already"
        raise ValueError(message)
    _passes[one.name] = one


def passes() -> dict[str, Pass]:
    """Return the passes by name, in the order in which they run: that of INSTALLED_APPS."""
    return dict(_passes)


def work(stop: Event, *, every: float) -> None:
    """Run the passes again and again until `stop` is set; a record that was begun is finished.

    Nothing is raised: what fails is logged and tried again. No connection stays open between runs.
    """
    while not stop.is_set():
        _run_logged(stop.is_set)
        connections.close_all()
        stop.wait(every)


def work_once(report: Callable[[str], object]) -> list[str]:
    """Run every pass once and report how many changes each applied; return what failed."""
    runs = _run_logged()
    for run in runs:
        report(f"{run.name}: {run.applied} applied")
    return [f"{run.name}: {run.failure_report()}" for run in runs if not run.is_clean]


def _run_logged(is_stopping: Callable[[], bool] = lambda: False) -> list[PassRun]:
    try:
        now = today.now()
        today.require_believed(now)
        return run_passes(now, is_stopping=is_stopping)
    except today.DayNotBelieved as error:
        _log.error("%s", error)
        return [PassRun("clock", fault=str(error))]
    except Exception as error:  # noqa: BLE001 - a worker goes on whatever happens
        _log.exception("the clock could not run")
        return [PassRun("clock", fault=str(error))]


def run_passes(now: datetime, *, is_stopping: Callable[[], bool] = lambda: False) -> list[PassRun]:
    """Run every pass and store how it went. A failure is logged and stops nothing else.

    `is_stopping` is called before each record.
    """
    runs = []
    for one in passes().values():
        run = _run_pass(one, timezone.localdate(now), is_stopping)
        _store_progress(run, now)
        runs.append(run)
    return runs


def day_reached(name: str) -> date:
    """Return the day up to which a pass has applied everything; before its first run, the day of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_DAY_REACHED, [timezone.get_current_timezone_name(), name])
        (day,) = cursor.fetchone()
    return day


def day_of_transaction() -> date:
    """Return the day on which the running transaction began: what is said of the past is not after it."""
    return day_reached("")


def pass_states(now: datetime) -> dict[str, str]:
    """Return the state of each pass.

    `on_time`; `late`; `failing`, when a record needs somebody's attention; `stopped`, when somebody must say which day
    it is: the day lies too far after the last one, or the pass claims to have run in the future.
    """
    progress = ClockPass.objects.in_bulk()
    if today.leaps(now, [one.day for one in progress.values()]):
        return dict.fromkeys(_passes, "stopped")
    return {name: _state_of(progress.get(name), now) for name in _passes}


def is_late(now: datetime) -> bool:
    """Tell whether a pass has not finished for a day: what depends on today may be old."""
    return not {"late", "stopped"}.isdisjoint(pass_states(now).values())


def _state_of(progress: ClockPass | None, now: datetime) -> str:
    if progress is None or progress.last_ran_at is None or now - progress.last_ran_at > PATIENCE:
        return "late"
    if progress.last_ran_at - now > today.TOLERANCE:
        return "late" if today.is_stated(now) else "stopped"
    return "failing" if progress.detail else "on_time"


def _run_pass(one: Pass, day: date, is_stopping: Callable[[], bool]) -> PassRun:
    run = PassRun(one.name)
    try:
        for change in _due_changes(one, day, run):
            if is_stopping():
                return run
            _apply(one, change, run)
        run.is_complete = True
    except Exception as error:  # noqa: BLE001 - one pass that fails must not stop the others
        _log.exception("the pass %r of the clock failed", one.name)
        run.fault = _describe(error)
    return run


def _due_changes(one: Pass, day: date, run: PassRun) -> Iterator[ScheduledChange]:
    """Yield what is due until nothing is; a record that changes twice comes twice, in the order of its days."""
    while changes := one.due(day, run.failures.keys()):
        for change in changes:
            if run.tries[change] < _TRIES:
                yield change
            else:
                run.failures[change.record] = f"It is still due on {change.on} after it was applied."
                _log.error("the pass %r of the clock finds record %s due again and again", one.name, change.record)


def _apply(one: Pass, change: ScheduledChange, run: PassRun) -> None:
    try:
        retry_once(lambda: one.apply(change))
    except (StaleVersion, UnknownRecord):
        run.tries[change] += 1  # somebody else changed it meanwhile: the next batch shows whether it is still due
    except Exception as error:
        if not connection.is_usable():
            raise
        # one record that fails must not stop the others
        _log.exception("the pass %r of the clock failed for record %s, due on %s", one.name, change.record, change.on)
        run.failures[change.record] = _describe(error)
    else:
        run.tries[change] = _TRIES
        run.applied += 1


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".strip()


def _store_progress(run: PassRun, now: datetime) -> None:
    """Store how far the pass came. Other processes may do so at the same time: the day never goes back.

    But from a future that never was, once somebody said which day it is.
    """
    ClockPass.objects.get_or_create(name=run.name)
    progress = ClockPass.objects.filter(name=run.name)
    if run.is_complete:
        day = timezone.localdate(now)
        if today.is_stated(now):
            progress.filter(day__gt=day + today.LEAP).update(day=day)
            progress.filter(last_ran_at__gt=now + today.TOLERANCE).update(last_ran_at=now)
        progress.update(day=Greatest("day", Value(day)), last_ran_at=Greatest("last_ran_at", Value(now)))
    if not run.is_clean:
        progress.update(last_failed_at=now, detail=run.failure_report())
    elif run.is_complete:
        progress.update(detail="")


_DAY_REACHED = """
    SELECT CASE WHEN c.day IS NULL OR (c.day > t.day + 1 AND s.day <= t.day) THEN t.day ELSE c.day END
    FROM (SELECT (now() AT TIME ZONE %s::text)::date AS day, %s::text AS name) t
    LEFT JOIN records_clockpass c ON c.name = t.name
    LEFT JOIN LATERAL (SELECT day FROM records_statedday ORDER BY id DESC LIMIT 1) s ON true
"""
