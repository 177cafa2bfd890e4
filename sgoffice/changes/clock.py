"""The clock: what time alone changes. Apps register passes in `<app>/clock.py`; `manage.py work` runs them.

A pass finds records whose day has come and notes each by a service, in a transaction of its own. Any number of
processes may run it at once: a service that notes something looks again at the locked record, or compares the version
that it read, so the second one finds nothing to do. What stores anything about “today” takes the day from noted_day(),
never from the machine: a document changes by acts, of people or of the clock, and by nothing else.
"""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils import timezone

from sgoffice.changes.retries import once_more
from sgoffice.records.errors import StaleVersion, UnknownRecord
from sgoffice.records.models import ClockPass

#: How many records a pass asks for at a time.
BATCH = 200
#: A clock that did not come to its end for so long is late.
PATIENCE = timedelta(hours=24)
_SHOWN = 20
_TRIES = 10
_log = logging.getLogger(__name__)
_passes: dict[str, "Pass"] = {}


@dataclass(frozen=True)
class Turn:
    """A record that time changes on a day."""

    record: UUID
    on: date


@dataclass(frozen=True)
class Pass:
    """One kind of change that time brings.

    `due(day, without)` returns the next turns until that day, earliest first, at most BATCH of them, leaving out some
    records. `note(turn)` records one of them by a service, exactly once: the service raises StaleVersion when somebody
    else changed the record meanwhile.
    """

    name: str
    due: Callable[[date, Collection[UUID]], Sequence[Turn]]
    note: Callable[[Turn], object]


@dataclass
class Run:
    """How one run of a pass went: how many turns were noted, what failed by record, whether it came to its end."""

    name: str
    noted: int = 0
    failures: dict[UUID, str] = field(default_factory=dict)
    fault: str = ""
    is_complete: bool = False
    tries: Counter[Turn] = field(default_factory=Counter)

    @property
    def is_good(self) -> bool:
        """Nothing failed."""
        return not (self.failures or self.fault)

    def told(self) -> str:
        """Return what failed, the first records by their ids."""
        lines = [f"{record}: {detail}" for record, detail in list(self.failures.items())[:_SHOWN]]
        if (more := len(self.failures) - len(lines)) > 0:
            lines.append(f"and {more} more")
        return "\n".join([*([self.fault] if self.fault else []), *lines])


def register(one: Pass) -> None:
    """Have the clock run a pass."""
    if one.name in _passes:
        message = f"there is a pass {one.name!r} already"
        raise ValueError(message)
    _passes[one.name] = one


def passes() -> dict[str, Pass]:
    """Return the passes by name, in the order in which they run: that of INSTALLED_APPS."""
    return dict(_passes)


def run(now: datetime, *, is_stopping: Callable[[], bool] = lambda: False) -> list[Run]:
    """Run every pass, and keep how it went. `is_stopping` is asked before each record.

    What fails is logged and told, and stops nothing else.
    """
    runs = []
    for one in passes().values():
        found = _run(one, timezone.localdate(now), is_stopping)
        _keep(found, now)
        runs.append(found)
    return runs


def noted_day(name: str) -> date:
    """Return the day up to which a pass has noted everything; before its first run, the day of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTED, [timezone.get_current_timezone_name(), name])
        (day,) = cursor.fetchone()
    return day


def state(now: datetime) -> dict[str, str]:
    """Return of each pass whether it is `on_time`, `late`, or `failing`: then a record waits for somebody."""
    kept = ClockPass.objects.in_bulk()
    return {name: _state(kept.get(name), now) for name in _passes}


def _state(kept: ClockPass | None, now: datetime) -> str:
    if kept is None or kept.last_ran_at is None or now - kept.last_ran_at > PATIENCE:
        return "late"
    return "failing" if kept.detail else "on_time"


def _run(one: Pass, day: date, is_stopping: Callable[[], bool]) -> Run:
    found = Run(one.name)
    try:
        for turn in _turns(one, day, found):
            if is_stopping():
                return found
            _note(one, turn, found)
        found.is_complete = True
    except Exception as error:  # noqa: BLE001 - one pass that fails must not stop the others
        _log.exception("the pass %r of the clock failed", one.name)
        found.fault = _said(error)
    return found


def _turns(one: Pass, day: date, found: Run) -> Iterator[Turn]:
    """Yield what is due until nothing is: a record that turns twice comes twice, in the order of its days."""
    while turns := one.due(day, found.failures.keys()):
        for turn in turns:
            if found.tries[turn] < _TRIES:
                yield turn
            else:
                found.failures[turn.record] = f"It is still due on {turn.on} after it was noted."
                _log.error("the pass %r of the clock finds record %s due again and again", one.name, turn.record)


def _note(one: Pass, turn: Turn, found: Run) -> None:
    try:
        once_more(lambda: one.note(turn))
    except (StaleVersion, UnknownRecord):
        found.tries[turn] += 1  # somebody else changed it meanwhile: whether it is still due is asked again
    except Exception as error:
        if not connection.is_usable():
            raise
        # one record that fails must not stop the others
        _log.exception("the pass %r of the clock failed for record %s, due on %s", one.name, turn.record, turn.on)
        found.failures[turn.record] = _said(error)
    else:
        found.tries[turn] = _TRIES
        found.noted += 1


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".strip()


def _keep(found: Run, now: datetime) -> None:
    """Keep how far the pass came, whoever else runs it at the same time."""
    ClockPass.objects.get_or_create(name=found.name)
    kept = ClockPass.objects.filter(name=found.name)
    if found.is_complete:
        day = timezone.localdate(now)
        kept.update(day=Greatest("day", Value(day)), last_ran_at=Greatest("last_ran_at", Value(now)))
    if not found.is_good:
        kept.update(last_failed_at=now, detail=found.told())
    elif found.is_complete:
        kept.update(detail="")


_NOTED = """
    SELECT coalesce((SELECT day FROM records_clockpass WHERE name = k.name), (now() AT TIME ZONE k.zone)::date)
    FROM (SELECT %s::text AS zone, %s::text AS name) k
"""
