"""The status of an agreement on any day: dated periods, each with its basis and the sentence why (`sentences`).

Inside an imprecise date, and once an act is only inferred, the status is not known, unless the act makes no difference
whenever, or whether, it happened.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from engagements.agreements.rules.acts import effective_window, state_after
from engagements.agreements.rules.case import STAGES, Case, Event, State
from engagements.agreements.rules.days import Window
from engagements.agreements.rules.events import events_of, expected_entry, is_silent
from engagements.agreements.rules.sentences import explain, explain_age, explain_window
from engagements.agreements.vocabulary import ActKind, Basis, Status


@dataclass(frozen=True)
class PeriodFact:
    """A status from a day (none: always) until the day before another (none: until something happens).

    `is_in_force` tells not yet and no more (False) from not known (None). `as_of` is the day of the act on which the
    status rests.
    """

    start: date | None
    end: date | None
    status: str
    basis: str
    is_in_force: bool | None
    as_of: date | None
    sentence: str

    def contains(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


def periods_of(case: Case) -> list[PeriodFact]:
    """Return the periods of an agreement, from the beginning to the end of time, without gap or overlap."""
    events = events_of(case)
    if not events:
        return [PeriodFact(None, None, Status.NOT_KNOWN, Basis.NOT_KNOWN, None, None, explain(State(case)))]
    starts = [None, *_possible_changes(events)]
    found: list[PeriodFact] = []
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        period = replace(_on_day(start or date.min, events, case), start=start, end=end)
        if found and replace(period, start=found[-1].start, end=found[-1].end) == found[-1]:
            found[-1] = replace(found[-1], end=end)
        else:
            found.append(period)
    return list(_grown_old(found, case))


def _grown_old(periods: Sequence[PeriodFact], case: Case) -> Iterator[PeriodFact]:
    """Say “not yet in force” no longer than a statement holds, unless a later act proves it."""
    for place, period in enumerate(periods):
        later = next((one for one in periods[place + 1 :] if one.status != Status.NOT_KNOWN), None)
        is_proved = later is not None and later.basis == Basis.COMPUTED
        is_not_yet = period.is_in_force is False and period.status in STAGES[1:] and period.basis == Basis.COMPUTED
        if not is_not_yet or is_proved or period.as_of is None or case.attestations_hold is None:
            yield period
            continue
        day = max(Window.on(period.as_of).after(case.attestations_hold).latest, period.start or date.min)
        if period.start is None or period.start < day:
            yield replace(period, end=day if period.contains(day) else period.end)
        if period.end is None or day < period.end:
            yield replace(period, start=day, is_in_force=None, sentence=explain_age(period.sentence))


def status_on(case: Case, day: date) -> PeriodFact:
    return next(period for period in periods_of(case) if period.contains(day))


def proof_of(case: Case, day: date) -> list[int]:
    """Return the places of the acts that prove the status of a day.

    Without any of them the status, its basis, or the day on which it rests would differ. Where several acts say the
    same, so that none of them is needed, it is those of the day on which it rests; inside imprecise dates, those that
    may have happened.
    """
    events = events_of(case)
    answer = _on_day(day, events, case)
    needed = []
    for place, act in enumerate(case.acts):
        if is_silent(act):
            continue
        without = replace(case, acts=case.acts[:place] + case.acts[place + 1 :])
        if _facts(_on_day(day, events_of(without), without)) != _facts(answer):
            needed.append(place)
    if needed:
        return needed
    leads = [event.act for event in events if event.window.latest == answer.as_of or _may_have_happened(event, day)]
    return [place for place, act in enumerate(case.acts) if act in leads]


def _facts(period: PeriodFact) -> tuple[object, ...]:
    return (period.status, period.basis, period.is_in_force, period.as_of)


def _possible_changes(events: list[Event]) -> list[date]:
    """Return the days on which something can change: the first of each window, and the one after an imprecise one."""
    days = set()
    for event in events:
        window = event.window
        days.add(window.earliest)
        if not window.is_exact and window.latest < date.max:
            days.add(window.latest + timedelta(days=1))
    return sorted(days - {date.min})


def _on_day(day: date, events: list[Event], case: Case) -> PeriodFact:
    certain = {place for place, event in enumerate(events) if _has_happened(event, day)}
    possible = {place for place, event in enumerate(events) if _may_have_happened(event, day)}
    state = _after(certain, events, case)
    others = [_after(certain | {place}, events, case) for place in sorted(possible)]
    if len(possible) > 1:
        others.append(_after(certain | possible, events, case))
    is_begun = state.status()[1] is not None
    if (possible and not is_begun) or any(_differs(other, state) for other in others):
        sentence = explain_window(state, [events[place] for place in sorted(possible)])
        return PeriodFact(None, None, Status.NOT_KNOWN, Basis.NOT_KNOWN, None, None, sentence)
    status, lead = state.status()
    day_of_lead = _day_of(lead)
    as_of = None if day_of_lead is None or day_of_lead.is_unbounded else day_of_lead.latest
    first = None if certain or not events else _first_of(events)
    return PeriodFact(None, None, status, state.basis(), _is_in_force(status, case), as_of, explain(state, first, day))


def _differs(one: State, other: State) -> bool:
    return (one.status()[0], one.basis()) != (other.status()[0], other.basis())


def _first_of(events: list[Event]) -> Window:
    return min((event.window for event in events), key=lambda window: (window.earliest, window.latest))


def _after(places: set[int], events: list[Event], case: Case) -> State:
    return state_after((events[place] for place in sorted(places)), case)


def _day_of(lead: Event | None) -> Window | None:
    """Return when what a status rests on happened: a statement that has aged was made long before."""
    if lead is None:
        return None
    return effective_window(lead.act) if lead.is_aged and lead.act is not None else lead.window


def _has_happened(event: Event, day: date) -> bool:
    """Tell whether it surely has; what somebody only inferred never surely has."""
    window = event.window
    if event.is_inferred:
        return False
    return window.earliest <= day if window.is_exact else window.latest < day


def _may_have_happened(event: Event, day: date) -> bool:
    if event.is_inferred:
        return event.window.earliest <= day
    return not event.window.is_exact and event.window.earliest <= day <= event.window.latest


def _is_in_force(status: str, case: Case) -> bool | None:
    """None for not known: a signed text without a known clause may be in force."""
    if status == Status.IN_FORCE:
        return True
    if status == Status.NOT_KNOWN:
        return None
    if status not in (Status.SIGNED, Status.APPROVED) or case.entries:
        return False
    outcome = expected_entry(case)
    is_for_one = bool(case.of_kind(ActKind.ENTRY_INTO_FORCE))
    return None if outcome is None or is_for_one or (outcome.is_met and outcome.window is None) else False
