"""By when the office must act: the last day for notice, an end, an entry into force, a missing approval.

Each deadline is open on a range of days; acts recorded since have closed it. Its sentence says what to do next.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engagements.agreements.rules.agreed_texts import how_it_enters
from engagements.agreements.rules.case import ActFact, Case, Event
from engagements.agreements.rules.clauses import unmet_clauses
from engagements.agreements.rules.days import Renewals, Window
from engagements.agreements.rules.events import events_of, expected_entry, renewals_of
from engagements.agreements.rules.scheduled_changes import RUNNING
from engagements.agreements.rules.sentences import not_recorded
from engagements.agreements.rules.status import PeriodFact
from engagements.agreements.vocabulary import ENDED, ActKind, AgreementDeadlineKind, ClauseKind, Status

_APPROVALS = frozenset(
    {ClauseKind.APPROVAL_BY_BODY, ClauseKind.APPROVAL_BY_ALL, ClauseKind.LAST_NOTIFICATION, ClauseKind.RATIFICATIONS}
)
_DONE_BEFORE = frozenset({ActKind.SIGNATURE, ActKind.ACCESSION, ActKind.CONCLUSION})
_WAITING = (Status.SIGNED, Status.APPROVED, Status.PROVISIONALLY_APPLIED)


@dataclass(frozen=True)
class DeadlineFact:
    """Something to be done by a day (none: no date is set), open from `start` (none: always) until before `end`.

    `status` is the one that follows if nobody acts; empty where it stays the same. `body` is the key of the governing
    body that is awaited. With `renewals`, the day depends on the day of asking: see due_for_notice().
    """

    kind: str
    start: date | None
    end: date | None
    day: date | None
    sentence: str
    status: str = ""
    body: str = ""
    renewals: Renewals | None = None

    def is_open_on(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def on(self, day: date) -> "Due | None":
        """Return what is due as of a day; None when it is not open then."""
        if not self.is_open_on(day):
            return None
        if self.renewals is None:
            return Due(self.kind, self.day, self.sentence, self.status, self.body)
        return due_for_notice(self.renewals, day)


@dataclass(frozen=True)
class Due:
    """What is due as of a day."""

    kind: str
    day: date | None
    sentence: str
    status: str = ""
    body: str = ""


def due_for_notice(renewals: Renewals, day: date) -> Due | None:
    """Return the next last day for notice as of a day."""
    number = renewals.next_for_notice(day)
    if number is None:
        return None
    last = renewals.last_day(number)
    sentence = (
        f"Give notice by {Window.on(last)} or the agreement renews for {renewals.renewal} "
        f"on {Window.on(renewals.end(number))}."
    )
    return Due(AgreementDeadlineKind.NOTICE, last, sentence, Status.IN_FORCE)


def due_on(deadlines: Iterable[DeadlineFact], day: date) -> list[Due]:
    """Return what is due as of a day, soonest first; what has no day comes last."""
    found = (deadline.on(day) for deadline in deadlines)
    return sorted((due for due in found if due is not None), key=lambda due: (due.day or date.max, due.kind, due.body))


def deadlines_of(case: Case, periods: Sequence[PeriodFact]) -> list[DeadlineFact]:
    """Return all deadlines of an agreement, given its periods."""
    return [*_changes_of_status(case, periods), *_notices(case, periods), *_missing(case, periods)]


def _changes_of_status(case: Case, periods: Sequence[PeriodFact]) -> Iterator[DeadlineFact]:
    """Yield the changes that come without any further act and are known beforehand."""
    events = events_of(case)
    reported = ""
    for place in range(1, len(periods)):
        before, then = periods[place - 1], _next_known(periods, place)
        if before.status == Status.NOT_KNOWN and reported == then.status:
            continue  # an imprecise date was reported for its first day
        reported = then.status
        kind, day = _kind_of_change(before.status, then.status), periods[place].start
        if kind is None or day is None:
            continue
        causes = [event for event in events if event.window.earliest == day]
        if causes and causes[-1].is_aged:
            kind = AgreementDeadlineKind.CONFIRMATION
        since = max([_since_when(periods, place - 1, (before.status,)) or date.min, *(map(_known_since, causes[-1:]))])
        if causes and since < day:
            sentence = _SENTENCES[kind](day, causes[-1], case, then.status)
            yield DeadlineFact(kind, None if since == date.min else since, day, day, sentence, then.status)


def _next_known(periods: Sequence[PeriodFact], place: int) -> PeriodFact:
    """Return the period at a place, or the first later one whose status is known."""
    return next((one for one in periods[place:] if one.status != Status.NOT_KNOWN), periods[place])


def _since_when(periods: Sequence[PeriodFact], place: int, statuses: Sequence[str]) -> date | None:
    """Return since when, without a break, the status has been one of these."""
    while place and periods[place - 1].status in statuses:
        place -= 1
    return periods[place].start


def _known_since(event: Event) -> date:
    """Return since when it was known that something would happen: for a clause or a term, always."""
    act = event.act
    if act is None:
        return date.min
    return act.date.latest if act.date is not None else date.min


def _kind_of_change(before: str, then: str) -> str | None:
    if before in ENDED or before == then:
        return None
    if then in ENDED or (before in RUNNING and then not in RUNNING):
        return AgreementDeadlineKind.EXPIRY
    if before in RUNNING:
        return AgreementDeadlineKind.SUSPENSION
    if then == Status.IN_FORCE:
        return AgreementDeadlineKind.ENTRY_INTO_FORCE
    if before == Status.PROVISIONALLY_APPLIED:
        return AgreementDeadlineKind.PROVISIONAL_APPLICATION
    return None


def _end_sentence(day: date, event: Event, case: Case, then: str) -> str:
    act, named = event.act, Window.on(day)
    if event.kind == ActKind.EXPIRY and (act is None or act.kind == ActKind.RENEWAL):
        return f"Renew or replace the agreement by {named}, or it ends {_on(day, event)}, at the end of its term."
    return f"Wind up work under the agreement by {named}: it ends {_on(day, event)}{_by(act)}."


def _confirmation_sentence(day: date, event: Event, case: Case, then: str) -> str:
    return (
        f"Find out whether the agreement is still in force, and record it by {Window.on(day)}: "
        f"from then on what was stated last is too old to rest on."
    )


def _on(day: date, event: Event) -> str:
    return event.window.when if event.window.is_exact else f"on {Window.on(day)} at the earliest"


def _by(act: ActFact | None) -> str:
    if act is None:
        return ", by the entry into force of the one that supersedes it"
    noun = "notice" if act.kind == ActKind.NOTICE_OF_TERMINATION else ActKind(act.kind).label.lower()
    return f", by the {noun}" + (f" of {act.date}{act.how_surely(act.date)}" if act.date is not None else "")


def _entry_sentence(day: date, event: Event, case: Case, then: str) -> str:
    how = ""
    if event.is_derived and case.entry_into_force is not None:
        how = f", {how_it_enters(event.window, case)}"
    return f"Be ready to apply the agreement by {Window.on(day)}: it enters into force {_on(day, event)}{how}."


def _provisional_sentence(day: date, event: Event, case: Case, then: str) -> str:
    return f"Bring the agreement into force or extend its provisional application by {Window.on(day)}, when that ends."


def _suspension_sentence(day: date, event: Event, case: Case, then: str) -> str:
    if then == Status.SUSPENDED:
        return f"Be ready to stop work under the agreement by {Window.on(day)}: it is suspended from then on."
    return f"Be ready to apply the agreement again by {Window.on(day)}: its suspension ends then."


_SENTENCES: dict[str, Callable[[date, Event, Case, str], str]] = {
    AgreementDeadlineKind.EXPIRY: _end_sentence,
    AgreementDeadlineKind.ENTRY_INTO_FORCE: _entry_sentence,
    AgreementDeadlineKind.PROVISIONAL_APPLICATION: _provisional_sentence,
    AgreementDeadlineKind.SUSPENSION: _suspension_sentence,
    AgreementDeadlineKind.CONFIRMATION: _confirmation_sentence,
}


def _notices(case: Case, periods: Sequence[PeriodFact]) -> Iterator[DeadlineFact]:
    """Yield the renewals that notice can still stop, for each spell in which the agreement runs."""
    if case.tacit_renewal is None or case.notice_period is None:
        return
    renewals = renewals_of(case)
    for start, end in _spells(periods, RUNNING):
        if renewals is None:
            sentence = (
                f"Record since when the agreement has been in force: unless notice is given {case.notice_period} "
                f"before the end of its term, it renews for {case.tacit_renewal}."
            )
            yield DeadlineFact(AgreementDeadlineKind.NOTICE, start, end, None, sentence, Status.IN_FORCE)
        elif end is None:
            yield DeadlineFact(AgreementDeadlineKind.NOTICE, start, None, None, "", Status.IN_FORCE, "", renewals)
        elif (last := _last_before(renewals, end)) is not None and (start is None or start <= last):
            until = last + timedelta(days=1)
            yield DeadlineFact(AgreementDeadlineKind.NOTICE, start, until, None, "", Status.IN_FORCE, "", renewals)


def _last_before(renewals: Renewals, end: date) -> date | None:
    """Return the last day for notice of the last renewal before an end: later ones never come."""
    number = renewals.next_for_notice(end)
    while number is not None and number >= 0 and renewals.end(number) >= end:
        number -= 1
    return None if number is None or number < 0 else renewals.last_day(number)


def _spells(periods: Sequence[PeriodFact], statuses: Sequence[str]) -> Iterator[tuple[date | None, date | None]]:
    """Yield the ranges of days in which, without a break, the status is one of these."""
    for place, period in enumerate(periods):
        is_last = place == len(periods) - 1 or periods[place + 1].status not in statuses
        if period.status in statuses and is_last:
            yield _since_when(periods, place, statuses), period.end


def _missing(case: Case, periods: Sequence[PeriodFact]) -> Iterator[DeadlineFact]:
    """Yield the approvals without which a signed agreement does not enter into force."""
    outcome = expected_entry(case)
    if case.entry_into_force is None or outcome is None or outcome.is_met or not case.of_kind(*_DONE_BEFORE):
        return
    awaited = dict.fromkeys(
        (clause.body, what)
        for clause, found in unmet_clauses(case.entry_into_force, case)
        if clause.kind in _APPROVALS
        for what in found.awaiting
    )
    for start, end in _spells(periods, _WAITING):
        for body, what in awaited:
            yield DeadlineFact(AgreementDeadlineKind.MISSING_APPROVAL, start, end, None, _ask(what), "", body)


def _ask(what: str) -> str:
    if what[:1].isdigit():
        return f"Not recorded: {what}. Record those that were given, and obtain the others."
    recorded = not_recorded([what])
    return f"{recorded[:1].upper()}{recorded[1:]}: if it was given, record it; if not, the agreement waits for it."
