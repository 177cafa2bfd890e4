"""From a case to its periods: every day has exactly one status, with its basis and the sentence why.

Inside an imprecise date the status is not known, unless the act makes no difference whenever it happened.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from engagements.agreements.rules.case import Case
from engagements.agreements.rules.events import SILENT, Event, events_of, expected_entry
from engagements.agreements.rules.sentences import explain, explain_window
from engagements.agreements.rules.standing import Standing, standing_after
from engagements.agreements.vocabulary import ActKind, Basis, Status

#: Statuses of which it is certain that the agreement is not in force, or not in full.
_BEFORE_SIGNATURE = (Status.IN_NEGOTIATION, Status.INITIALLED)


@dataclass(frozen=True)
class PeriodFact:
    """A status from a day (none: since ever) until the day before another (none: until something happens).

    `is_in_force` tells not yet and no more (False) from not known (None). `as_of` is the day of the act that the status
    rests on.
    """

    start: date | None
    end: date | None
    status: str
    basis: str
    is_in_force: bool | None
    as_of: date | None
    sentence: str

    def contains(self, day: date) -> bool:
        """Tell whether the day lies in the period."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


def periods_of(case: Case) -> list[PeriodFact]:
    """Return the periods of an agreement, from the beginning to the end of time, without gap or overlap."""
    events = events_of(case)
    if not events:
        return [PeriodFact(None, None, Status.NOT_KNOWN, Basis.NOT_KNOWN, None, None, explain(Standing(case)))]
    starts = [None, *_turning_points(events)]
    found: list[PeriodFact] = []
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        period = replace(_on_day(start or date.min, events, case), start=start, end=end)
        if found and replace(period, start=found[-1].start, end=found[-1].end) == found[-1]:
            found[-1] = replace(found[-1], end=end)
        else:
            found.append(period)
    return found


def status_on(case: Case, day: date) -> PeriodFact:
    """Return the one period that holds a day."""
    return next(period for period in periods_of(case) if period.contains(day))


def proof_of(case: Case, day: date) -> list[int]:
    """Return the places of the acts that prove where an agreement stands on a day.

    Without any of them the status, its basis, or the day on which it rests would be another. Where several acts say the
    same, so that none of them is needed, it is those on whose day it rests; inside imprecise dates, those that may have
    happened.
    """
    events = events_of(case)
    told = _on_day(day, events, case)
    needed = []
    for place, act in enumerate(case.acts):
        if act.kind in SILENT:
            continue
        without = replace(case, acts=case.acts[:place] + case.acts[place + 1 :])
        if _facts(_on_day(day, events_of(without), without)) != _facts(told):
            needed.append(place)
    if needed:
        return needed
    leads = [event.act for event in events if event.window.latest == told.as_of or _may_have_happened(event, day)]
    return [place for place, act in enumerate(case.acts) if act in leads]


def _facts(period: PeriodFact) -> tuple[object, ...]:
    return (period.status, period.basis, period.is_in_force, period.as_of)


def _turning_points(events: list[Event]) -> list[date]:
    """Return the days on which something can change: the first of each window, and the one after an imprecise one."""
    days = set()
    for event in events:
        window = event.window
        days.add(window.earliest)
        if not window.is_exact and window.latest < date.max:
            days.add(window.latest + timedelta(days=1))
    return sorted(days - {date.min})


def _on_day(day: date, events: list[Event], case: Case) -> PeriodFact:
    sure = {place for place, event in enumerate(events) if _has_happened(event, day)}
    open_ = {place for place, event in enumerate(events) if _may_have_happened(event, day)}
    now = _after(sure, events, case)
    worlds = [_after(sure | {place}, events, case) for place in sorted(open_)]
    if len(open_) > 1:
        worlds.append(_after(sure | open_, events, case))
    if any((world.status()[0], world.basis()) != (now.status()[0], now.basis()) for world in worlds):
        sentence = explain_window([events[place] for place in sorted(open_)])
        return PeriodFact(None, None, Status.NOT_KNOWN, Basis.NOT_KNOWN, None, None, sentence)
    status, lead = now.status()
    as_of = None if lead is None or lead.window.is_unbounded else lead.window.latest
    is_in_force = _is_in_force(status, now)
    return PeriodFact(None, None, status, now.basis(), is_in_force, as_of, explain(now))


def _after(places: set[int], events: list[Event], case: Case) -> Standing:
    return standing_after((events[place] for place in sorted(places)), case)


def _has_happened(event: Event, day: date) -> bool:
    window = event.window
    return window.earliest <= day if window.is_exact else window.latest < day


def _may_have_happened(event: Event, day: date) -> bool:
    return not event.window.is_exact and event.window.earliest <= day <= event.window.latest


def _is_in_force(status: str, standing: Standing) -> bool | None:
    """Tell “in force” from “not in force” from “not known”: a signed text without a known clause may be in force."""
    if status == Status.IN_FORCE:
        return True
    if status == Status.NOT_KNOWN:
        return None
    if status not in (Status.SIGNED, Status.APPROVED):
        return False
    case = standing.case
    if case.of_kind(ActKind.ENTRY_INTO_FORCE):
        return False
    outcome = expected_entry(case)
    return None if outcome is None or (outcome.is_met and outcome.window is None) else False
