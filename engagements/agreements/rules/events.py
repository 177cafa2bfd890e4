"""From acts and terms to events: what changes the standing of an agreement, and in which window of days.

Besides the acts themselves: entry into force by its clause, the end of a term, the end that a notice brings, and the
end of a suspension or of provisional application.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from engagements.agreements.rules.case import ActFact, Case, rank_of
from engagements.agreements.rules.reckoning import Outcome, reckon
from engagements.agreements.rules.renewing import Renewals
from engagements.agreements.rules.spans import ANY_DAY, Duration, Window, before
from engagements.agreements.vocabulary import ActKind

#: Acts of which the day of the act counts, whatever effect was agreed.
_BY_ITS_DATE = frozenset(
    {
        ActKind.NEGOTIATION_MANDATE, ActKind.SIGNING_MANDATE, ActKind.INITIALLING, ActKind.ADOPTION,
        ActKind.OPENED_FOR_SIGNATURE, ActKind.SIGNATURE, ActKind.APPROVAL, ActKind.RATIFICATION, ActKind.ACCEPTANCE,
        ActKind.ACCESSION, ActKind.NOTIFICATION, ActKind.NOTICE_OF_TERMINATION, ActKind.CONCLUSION,
    }
)  # fmt: skip
#: Acts that never change where an agreement stands.
SILENT = frozenset({ActKind.REGISTRATION, ActKind.AMENDMENT, ActKind.MILESTONE})
_ENDS = (ActKind.TERMINATION, ActKind.WITHDRAWAL, ActKind.EXPIRY, ActKind.LAPSE, ActKind.SUPERSESSION)


@dataclass(frozen=True)
class Event:
    """Something that changes the standing of an agreement on a day in `window`.

    `act` is the act that it is, or follows from; none for what a clause or a term of the agreement brings by itself.
    """

    kind: str
    window: Window
    act: ActFact | None = None
    is_derived: bool = False

    @property
    def order(self) -> tuple[object, ...]:
        """The place among events of the same day: vocabulary first, then everything that it says."""
        act_order = self.act.order if self.act else ()
        return (rank_of(self.kind), self.window.earliest, self.window.latest, self.is_derived, act_order)


def events_of(case: Case) -> list[Event]:
    """Return everything that changes the standing of an agreement, in one order whatever the order of entry."""
    found = [
        *_acts(case),
        *_entry_into_force(case),
        *_ends_of_terms(case),
        *_ends_by_notice(case),
        *_ends_of_spells(case),
    ]
    return _in_order(found)


def day_of(act: ActFact) -> Window | None:
    """Return when an act changes something: for what takes effect later, that day. None when no date is known."""
    if act.kind == ActKind.ATTESTATION or act.kind in _BY_ITS_DATE:
        return act.date or act.effect
    if act.kind == ActKind.RENEWAL:
        # done in time, a renewal counts from its own day, since it stops the end; done late, from its effect
        windows = [window for window in (act.date, act.effect) if window is not None]
        return min(windows, key=lambda window: (window.latest, window.earliest), default=None)
    return act.effect or act.date


def _acts(case: Case) -> Iterator[Event]:
    for act in case.acts:
        window = day_of(act)
        if act.kind in SILENT or (act.kind == ActKind.ATTESTATION and window is None):
            continue  # an attestation without a day attests nothing of any day
        yield Event(act.kind, window or ANY_DAY, act)


def _entry_into_force(case: Case) -> Iterator[Event]:
    """By the clause, unless an act says that it happened."""
    outcome = expected_entry(case)
    if outcome is not None and outcome.is_met:
        yield Event(ActKind.ENTRY_INTO_FORCE, outcome.window or ANY_DAY, is_derived=True)


def expected_entry(case: Case) -> Outcome | None:
    """Return where the clause on entry into force stands; None without a clause, or when an act says more."""
    if case.entry_into_force is None or case.of_kind(ActKind.ENTRY_INTO_FORCE):
        return None
    return reckon(case.entry_into_force, case)


def end_of_first_term(case: Case) -> Window | None:
    """Return when the first term ends: the day that the agreement names, or its duration after entry into force."""
    if case.expires is not None:
        return case.expires
    if case.duration is None:
        return None
    starts = [day_of(act) for act in case.of_kind(ActKind.ENTRY_INTO_FORCE)]
    known = [window for window in starts if window is not None]
    if known:
        return min(known, key=lambda window: (window.earliest, window.latest)).after(case.duration)
    outcome = expected_entry(case)
    return outcome.window.after(case.duration) if outcome is not None and outcome.window else None


def _ends_of_terms(case: Case) -> Iterator[Event]:
    """Find the end of the first term, unless it is renewed tacitly, and of each renewal until a day."""
    first = end_of_first_term(case)
    if first is not None and case.tacit_renewal is None:
        yield Event(ActKind.EXPIRY, first, is_derived=True)
    for act in case.of_kind(ActKind.RENEWAL):
        if act.until is not None:
            yield Event(ActKind.EXPIRY, act.until, act, is_derived=True)


def _ends_by_notice(case: Case) -> Iterator[Event]:
    for act in case.of_kind(ActKind.NOTICE_OF_TERMINATION):
        if act.date is None or _is_settled(act, case):
            continue
        if (window := end_by_notice(act, case)) is not None:
            stops_renewal = case.tacit_renewal is not None and act.effect is None
            leaves_alone = not case.is_bilateral and bool(act.parties)
            kind = ActKind.EXPIRY if stops_renewal else ActKind.TERMINATION
            yield Event(ActKind.WITHDRAWAL if leaves_alone else kind, window, act, is_derived=True)


def _is_settled(notice: ActFact, case: Case) -> bool:
    """Tell whether an act of its own says how it ended after the notice."""
    days = [day_of(act) or ANY_DAY for act in case.of_kind(*_ENDS) if _concerns(act, notice)]
    return any(notice.date is not None and day.latest >= notice.date.earliest for day in days)


def _concerns(act: ActFact, notice: ActFact) -> bool:
    return act.kind != ActKind.WITHDRAWAL or not notice.parties or bool(act.parties & notice.parties)


def end_by_notice(notice: ActFact, case: Case) -> Window | None:
    """Return when a notice ends the agreement; None when neither notice nor agreement says."""
    if notice.effect is not None:
        return notice.effect
    if notice.date is None:
        return None
    if case.tacit_renewal is None:
        return notice.date.after(case.notice_period) if case.notice_period is not None else None
    first = end_of_first_term(case)
    return _end_of_running_term(first, notice.date, case) if first is not None else None


def _end_of_running_term(first: Window, given: Window, case: Case) -> Window:
    """Return the first end of a term for which the notice came in time: not after its last day for notice."""
    if case.tacit_renewal is None:
        return first
    renewals = Renewals(first.earliest, case.tacit_renewal, case.notice_period or Duration())
    if renewals.last_day(0) >= given.latest:
        return first
    if not (first.is_exact and given.is_exact):
        served = given.after(case.notice_period)
        return Window(max(first.earliest, served.earliest), served.after(case.tacit_renewal).latest)
    number = renewals.next_for_notice(given.earliest)
    return Window.on(date.max if number is None else renewals.end(number))


def renewals_of(case: Case) -> Renewals | None:
    """Return the renewals of an agreement that says how notice stops them; None when its first term has no known end.

    Where that end is not exact, its first day counts: notice given by then is in time in any case.
    """
    first = end_of_first_term(case)
    if first is None or first.is_unbounded or case.notice_period is None or case.tacit_renewal is None:
        return None
    return Renewals(first.earliest, case.tacit_renewal, case.notice_period)


def last_day_for_notice(case: Case) -> Window | None:
    """Return the last day on which notice stops the renewal of the first term."""
    first = end_of_first_term(case)
    if first is None or first.is_unbounded or case.notice_period is None or case.tacit_renewal is None:
        return None
    return Window(before(first.earliest, case.notice_period), before(first.latest, case.notice_period))


def _ends_of_spells(case: Case) -> Iterator[Event]:
    """Find the end of each suspension or provisional application until a day."""
    for act in case.of_kind(ActKind.SUSPENSION):
        if act.until is not None:
            yield Event(ActKind.RESUMPTION, act.until, act, is_derived=True)
    for act in case.of_kind(ActKind.PROVISIONAL_APPLICATION):
        if act.until is not None:
            yield Event(ActKind.PROVISIONAL_APPLICATION, act.until, act, is_derived=True)


def _in_order(events: Iterable[Event]) -> list[Event]:
    """Put events in order: what surely came first stands first, the rest in the order of the vocabulary."""
    waiting = sorted(events, key=lambda event: event.order)
    ordered: list[Event] = []
    while waiting:
        # the first that no other one surely precedes; the one whose window ends first is always such a one
        bound = min(event.window.latest for event in waiting)
        ready = next(event for event in waiting if event.window.earliest <= bound)
        waiting.remove(ready)
        ordered.append(ready)
    return ordered
