"""Since when and until when each party is bound: the days on which the agreement is in force for that party.

A party that only signed is not bound once others ratify, one that left is not bound from that day on, and one that came
back is bound again (Vienna Convention on the Law of Treaties, Articles 11 to 16, 24 and 54).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from engagements.agreements.rules.acts import effective_window
from engagements.agreements.rules.case import ActFact, Case, Event
from engagements.agreements.rules.days import Window
from engagements.agreements.rules.events import end_by_notice, expected_entry, in_order, is_settled
from engagements.agreements.rules.revocations import is_revoked
from engagements.agreements.rules.status import PeriodFact, periods_of
from engagements.agreements.vocabulary import CONSENT, RATIFYING, ActKind

_LEAVING = frozenset({ActKind.WITHDRAWAL, ActKind.NOTICE_OF_TERMINATION})
_JOINING = frozenset({*RATIFYING, ActKind.ENTRY_INTO_FORCE})
_EXITS = _LEAVING | {ActKind.SUSPENSION}


@dataclass(frozen=True)
class BindingFact:
    """Whether a party is bound (null: not known) from a day until the day before another, and by which of its acts.

    `by` is empty where the party shares what holds for the agreement as a whole.
    """

    start: date | None
    end: date | None
    is_bound: bool | None
    by: str = ""


def bindings_of(case: Case, periods: Sequence[PeriodFact]) -> dict[str, list[BindingFact]]:
    """Return for each party its periods, from the beginning to the end of time, without gap or overlap."""
    is_ratified = _is_ratified(case)
    return {party: list(_joined(_pieces(case, periods, party, is_ratified=is_ratified))) for party in case.parties}


def _is_ratified(case: Case) -> bool:
    """Tell whether parties consented by ratification to its entry into force; who came later says nothing of others.

    Where one side alone needs an approval, the others are bound by their signature.
    """
    outcome = expected_entry(case)
    entries = [effective_window(act) for act in case.entries] or [outcome.window if outcome else None]
    last = min((window.latest for window in entries if window is not None), default=date.max)
    given = [act.date or act.effect for act in case.of_kind(*RATIFYING) if act.parties]
    return any(window is None or window.earliest <= last for window in given)


def is_suspended_for_some(case: Case, on: date) -> bool:
    """Tell whether a party of several has suspended the agreement for itself on a day."""
    found = bindings_of(case, periods_of(case)).values()
    holding = [one for those in found for one in those if (one.start or date.min) <= on < (one.end or date.max)]
    return any(one.by == ActKind.SUSPENSION and one.is_bound is False for one in holding)


def _pieces(case: Case, periods: Sequence[PeriodFact], party: str, *, is_ratified: bool) -> Iterator[BindingFact]:
    """Yield the days between two on which something changes, for the agreement or for the party."""
    events = [] if case.is_bilateral else in_order(_own_events(case, party))
    begins_bound = case.is_bilateral or not (is_ratified or _comes_later(events, party))
    starts = {period.start for period in periods} | set(_changes(events))
    days = [None, *sorted(day for day in starts if day is not None)]
    for start, end in zip(days, [*days[1:], None], strict=True):
        day = start or date.min
        period = next(one for one in periods if one.contains(day))
        own, by = _own_state(events, day, begins_bound=begins_bound)
        in_force, has_left = period.is_in_force, own is False and by in _LEAVING
        # a party that may be bound is not, where the agreement is surely not in force
        is_bound = in_force if own or in_force is False else own
        yield BindingFact(start, end, is_bound, by if is_bound is not in_force or is_bound or has_left else "")


def _comes_later(events: Sequence[Event], party: str) -> bool:
    """Tell whether the first thing that a party did by itself was to join."""
    first = next(iter(events), None)
    return first is not None and first.kind in _JOINING and party in first.parties


def _own_events(case: Case, party: str) -> Iterator[Event]:
    """Yield the acts that bind or release one party of several, each on the day of its effect."""
    exits = list(_exits(case, party))
    begins = [
        Event(act.kind, window, act)
        for act in case.of_kind(ActKind.ENTRY_INTO_FORCE)
        if party in act.parties and (window := effective_window(act)) is not None
    ]
    for act in case.of_kind(*CONSENT):
        window = _when_it_binds(act, case) if party in act.parties or act.is_of_all else None
        if window is not None and not _waits(window, begins, exits):
            yield Event(act.kind, window, act)
    yield from begins
    yield from exits
    yield from _suspensions(case, party)


def _exits(case: Case, party: str) -> Iterator[Event]:
    for act in case.of_kind(*_LEAVING):
        if party not in act.parties:
            continue
        window = end_by_notice(act, case) if act.kind == ActKind.NOTICE_OF_TERMINATION else effective_window(act)
        if window is not None and not is_revoked(act, case, window):
            yield Event(act.kind, window, act)
        elif window is None and act.date is not None and not is_settled(act, case) and not is_revoked(act, case, None):
            # when it takes effect is not known
            yield Event(act.kind, Window(act.date.earliest, date.max), act)


def _suspensions(case: Case, party: str) -> Iterator[Event]:
    """Yield when one party suspends the agreement for itself, and when it resumes it."""
    for act in case.of_kind(ActKind.SUSPENSION):
        window = effective_window(act)
        if party not in act.parties or window is None or is_revoked(act, case, window):
            continue
        yield Event(act.kind, window, act)
        until = [act.until] if act.until else []
        resumed = [
            effective_window(one) for one in case.of_kind(ActKind.RESUMPTION) if not one.parties or party in one.parties
        ]
        after = [one for one in (*resumed, *until) if one is not None and one.latest >= window.earliest]
        if after:
            yield Event(ActKind.RESUMPTION, min(after, key=lambda one: (one.earliest, one.latest)), act)


def _waits(consent: Window, begins: Sequence[Event], exits: Sequence[Event]) -> bool:
    """Tell whether a consent binds only from the entry into force for the party that is recorded after it."""
    later = [begin.window for begin in begins if begin.window.earliest >= consent.latest]
    return any(not any(consent.latest <= left.window.earliest <= begin.earliest for left in exits) for begin in later)


def _when_it_binds(act: ActFact, case: Case) -> Window | None:
    """Return when a consent binds: on the day of its effect; where that is not recorded, by the delay of the clause.

    A consent that the entry into force did not have to wait for has no delay of its own.
    """
    found = effective_window(act) if act.effect is None else act.effect
    delay = case.entry_into_force.after if case.entry_into_force else None
    if found is None or act.effect is not None or delay is None:
        return found
    entry = expected_entry(case)
    if entry is not None and entry.window is not None and found.after(delay).latest <= entry.window.earliest:
        return found
    return Window(found.earliest, found.after(delay).latest)


def _own_state(events: Sequence[Event], day: date, *, begins_bound: bool) -> tuple[bool | None, str]:
    """Return whether the party's own acts bind it on a day; None if that depends on a day that is not known."""
    is_bound, by = begins_bound, ""
    for event in events:
        if event.window.earliest > day or (event.kind == ActKind.RESUMPTION and by in _LEAVING):
            continue
        after = event.kind not in _EXITS
        if not event.window.is_exact and event.window.latest >= day:
            return (is_bound, by) if after == is_bound else (None, event.kind)
        has_left = event.kind in _LEAVING and by == ActKind.SUSPENSION
        if after != is_bound or not by or has_left:
            is_bound, by = after, event.kind
    return is_bound, by


def _changes(events: Iterable[Event]) -> Iterator[date]:
    for event in events:
        window = event.window
        if window.earliest > date.min:
            yield window.earliest
        if not window.is_exact and window.latest < date.max:
            yield window.latest + timedelta(days=1)


def _joined(pieces: Iterable[BindingFact]) -> Iterator[BindingFact]:
    """Join neighbors that say the same."""
    before: BindingFact | None = None
    for piece in pieces:
        if before is not None and replace(piece, start=before.start, end=before.end) == before:
            before = replace(before, end=piece.end)
            continue
        if before is not None:
            yield before
        before = piece
    if before is not None:
        yield before
