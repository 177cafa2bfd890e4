"""From acts and terms to events: what changes the state of an agreement, and in which window of days.

Besides the acts themselves: entry into force by its clause, the end of a term, the end that a notice brings, and the
end of a suspension or of provisional application.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from engagements.agreements.rules.acts import ACTS, effective_window
from engagements.agreements.rules.agreed_texts import once_agreed
from engagements.agreements.rules.case import ActFact, Case, Event, is_statement
from engagements.agreements.rules.clauses import Outcome, evaluate_clause
from engagements.agreements.rules.days import ANY_DAY, Duration, Renewals, Window, subtract_duration
from engagements.agreements.rules.revocations import is_revoked
from engagements.agreements.vocabulary import RATIFYING, ActKind, Status, Verification

_ENDS = tuple(kind for kind, rule in ACTS.items() if rule.ends)


def events_of(case: Case) -> list[Event]:
    """Return everything that changes the state of an agreement, in an order that does not depend on that of entry."""
    found = [
        *_acts(case),
        *_entry_into_force(case),
        *_ends_of_terms(case),
        *_ends_by_notice(case),
        *_limited_spells(case),
        *_ends_of_statements(case),
        *_supersession(case),
    ]
    return in_order(found)


def _supersession(case: Case) -> Iterator[Event]:
    """By the entry into force of the agreement that supersedes it, unless an act states when that was."""
    stated = [act for act in case.of_kind(ActKind.SUPERSESSION) if act.verification != Verification.INFERRED]
    window = case.superseded
    if window is None or stated:
        return
    is_open = window.latest == date.max
    yield Event(
        ActKind.SUPERSESSION,
        Window.on(window.earliest) if is_open else window,
        is_derived=True,
        has_known_end=not is_open,
    )


#: What a source states of a day may be otherwise some years later; a signature or an end stays what it was.
_AGEING = frozenset({
    Status.IN_NEGOTIATION, Status.INITIALLED, Status.PROVISIONALLY_APPLIED, Status.IN_FORCE, Status.SUSPENDED
})  # fmt: skip


def _ends_of_statements(case: Case) -> Iterator[Event]:
    """Yield the day from which what was stated of one day alone is too old to rest on."""
    if case.attestations_hold is None:
        return
    for act in case.of_kind(ActKind.ATTESTATION, ActKind.RENEWAL):
        window = effective_window(act)
        is_ageing = act.kind == ActKind.RENEWAL or act.attested_status in _AGEING
        if act.verification == Verification.INFERRED:
            continue  # it proved nothing that could grow old
        if is_statement(act, case) and is_ageing and window is not None and window.latest < date.max:
            yield Event(act.kind, Window.on(window.latest).after(case.attestations_hold), act, is_derived=True)


def is_silent(act: ActFact) -> bool:
    """Whether the act never changes the status."""
    return ACTS[ActKind(act.kind)].effect is None


def _acts(case: Case) -> Iterator[Event]:
    for act in case.acts:
        window = effective_window(act)
        if is_silent(act) or (act.kind == ActKind.ATTESTATION and window is None):
            continue  # an attestation without a day attests no day
        if _is_announced(act):
            yield Event(ActKind.NOTICE_OF_TERMINATION, act.date or ANY_DAY, act)
        if act.kind != ActKind.NOTICE_OF_TERMINATION and is_revoked(act, case, act.effect or act.date):
            continue
        is_open = act.kind == ActKind.NOTICE_OF_TERMINATION and end_by_notice(act, case) is None
        yield Event(act.kind, window or ANY_DAY, act, has_known_end=not is_open)
        if act.kind in RATIFYING and act.date and act.effect and act.date.latest < act.effect.earliest:
            yield Event(act.kind, act.effect, act, is_derived=True)


def _is_announced(act: ActFact) -> bool:
    """Tell whether a withdrawal or termination was known of before the day of its effect."""
    if act.kind not in (ActKind.WITHDRAWAL, ActKind.TERMINATION) or act.date is None or act.effect is None:
        return False
    return act.date.latest < act.effect.earliest


def _entry_into_force(case: Case) -> Iterator[Event]:
    """By the clause, unless an act says that it happened."""
    outcome = expected_entry(case)
    if outcome is not None and outcome.is_met:
        yield Event(ActKind.ENTRY_INTO_FORCE, outcome.window or ANY_DAY, is_derived=True)


def expected_entry(case: Case) -> Outcome | None:
    """Return whether the clause on entry into force is met; None without a clause, or when an act answers instead."""
    if case.entry_into_force is None or case.entries:
        return None
    return once_agreed(evaluate_clause(case.entry_into_force, case), case)


def end_of_first_term(case: Case) -> Window | None:
    """Return when the first term ends: on the day that the agreement names, or its duration after entry into force."""
    if case.expires is not None:
        return case.expires
    if case.duration is None:
        return None
    starts = [effective_window(act) for act in case.entries]
    known = [window for window in starts if window is not None]
    if known:
        return min(known, key=lambda window: (window.earliest, window.latest)).after(case.duration)
    outcome = expected_entry(case)
    return outcome.window.after(case.duration) if outcome is not None and outcome.window else None


def _ends_of_terms(case: Case) -> Iterator[Event]:
    """Yield the end of the first term, unless it is renewed tacitly, and of each renewal with a last day."""
    first = end_of_first_term(case)
    if first is not None and case.tacit_renewal is None:
        yield Event(ActKind.EXPIRY, first, is_derived=True)
    for act in case.of_kind(ActKind.RENEWAL):
        if act.until is not None:
            yield Event(ActKind.EXPIRY, act.until, act, is_derived=True)


def _ends_by_notice(case: Case) -> Iterator[Event]:
    for act in case.of_kind(ActKind.NOTICE_OF_TERMINATION):
        if act.date is None or is_settled(act, case):
            continue
        if (window := end_by_notice(act, case)) is not None and not is_revoked(act, case, window):
            stops_renewal = case.tacit_renewal is not None and act.effect is None
            leaves_alone = not case.is_bilateral and bool(act.parties)
            kind = ActKind.EXPIRY if stops_renewal else ActKind.TERMINATION
            yield Event(ActKind.WITHDRAWAL if leaves_alone else kind, window, act, is_derived=True)


def is_settled(notice: ActFact, case: Case) -> bool:
    """Whether a later act of its own says how the agreement ended after the notice."""
    ends = [act for act in case.of_kind(*_ENDS) if not is_revoked(act, case, act.effect or act.date)]
    days = [effective_window(act) or ANY_DAY for act in ends if _concerns(act, notice)]
    return any(notice.date is not None and day.latest >= notice.date.earliest for day in days)


def _concerns(act: ActFact, notice: ActFact) -> bool:
    return act.kind != ActKind.WITHDRAWAL or not notice.parties or bool(act.parties & notice.parties)


def end_by_notice(notice: ActFact, case: Case) -> Window | None:
    """Return when a notice ends the agreement; None when neither the notice nor the agreement says."""
    if notice.effect is not None:
        return notice.effect
    if notice.date is None:
        return None
    if case.tacit_renewal is None:
        return notice.date.after(case.notice_period) if case.notice_period is not None else None
    first = end_of_first_term(case)
    if first is None:
        return None
    return _end_of_running_term(first, notice.date, case.tacit_renewal, case.notice_period or Duration())


def _end_of_running_term(first: Window, given: Window, renewal: Duration, notice_period: Duration) -> Window:
    """Return the first end of a term for which the notice came in time."""
    renewals = Renewals(first.earliest, renewal, notice_period)
    if renewals.last_day(0) >= given.latest:
        return first
    if not (first.is_exact and given.is_exact):
        served = given.after(notice_period)
        return Window(max(first.earliest, served.earliest), served.after(renewal).latest)
    number = renewals.next_for_notice(given.earliest)
    return Window.on(date.max if number is None else renewals.end(number))


def renewals_of(case: Case) -> Renewals | None:
    """Return the renewals that notice can stop; None unless the end of the first term and the notice period are known.

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
    return Window(
        subtract_duration(first.earliest, case.notice_period), subtract_duration(first.latest, case.notice_period)
    )


def _limited_spells(case: Case) -> Iterator[Event]:
    """Yield the end of each suspension and provisional application that has a last day."""
    for act in case.of_kind(ActKind.SUSPENSION):
        if act.until is not None:
            yield Event(ActKind.RESUMPTION, act.until, act, is_derived=True)
    for act in case.of_kind(ActKind.PROVISIONAL_APPLICATION):
        if act.until is not None:
            yield Event(ActKind.PROVISIONAL_APPLICATION, act.until, act, is_derived=True)


def in_order(events: Iterable[Event]) -> list[Event]:
    """Put events in order: what surely came first, then the order of the vocabulary."""
    waiting = sorted(events, key=lambda event: event.order)
    ordered: list[Event] = []
    while waiting:
        # the first that no other one surely precedes; the one whose window ends first is always such a one
        bound = min(event.window.latest for event in waiting)
        ready = next(event for event in waiting if event.window.earliest <= bound)
        waiting.remove(ready)
        ordered.append(ready)
    return ordered
