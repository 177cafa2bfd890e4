"""By when the office must act: the last day for notice, an end, an entry into force, an approval that is missing.

Each deadline stands on the days of a range, whatever day is asked for; what was done since, as far as acts tell, has
answered it. The sentence says what to do next.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engagements.agreements.rules.case import ActFact, Case
from engagements.agreements.rules.clauses import in_words
from engagements.agreements.rules.events import Event, events_of, expected_entry, renewals_of
from engagements.agreements.rules.reckoning import unmet
from engagements.agreements.rules.renewing import Renewals
from engagements.agreements.rules.timeline import PeriodFact
from engagements.agreements.rules.turning import RUNNING
from engagements.agreements.vocabulary import ENDED, ActKind, AgreementDeadlineKind, ClauseKind, Status

_APPROVALS = frozenset(
    {ClauseKind.APPROVAL_BY_BODY, ClauseKind.APPROVAL_BY_ALL, ClauseKind.LAST_NOTIFICATION, ClauseKind.RATIFICATIONS}
)
_DONE_BEFORE = frozenset({ActKind.SIGNATURE, ActKind.ACCESSION, ActKind.CONCLUSION})
_WAITING = (Status.SIGNED, Status.APPROVED, Status.PROVISIONALLY_APPLIED)


@dataclass(frozen=True)
class DeadlineFact:
    """Something to be done by a day (none: nothing says when), from a day on (none: ever) until before another.

    `status` is where the agreement stands from that day if nobody acts; none where it stays. `body` is the key of the
    governing body that is waited for. With `renewals` the day is that of the renewal that is still to be stopped.
    """

    kind: str
    start: date | None
    end: date | None
    day: date | None
    sentence: str
    status: str = ""
    body: str = ""
    renewals: Renewals | None = None

    def stands_on(self, day: date) -> bool:
        """Tell whether it is open on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def on(self, day: date) -> "Due | None":
        """Return what is due as seen from a day; None when it is not open then."""
        if not self.stands_on(day):
            return None
        if self.renewals is None:
            return Due(self.kind, self.day, self.sentence, self.status, self.body)
        return due_for_notice(self.renewals, day)


@dataclass(frozen=True)
class Due:
    """What is due as seen from a day."""

    kind: str
    day: date | None
    sentence: str
    status: str = ""
    body: str = ""


def due_for_notice(renewals: Renewals, day: date) -> Due | None:
    """Return the next last day for notice as seen from a day, and what comes of it without."""
    number = renewals.next_for_notice(day)
    if number is None:
        return None
    last = renewals.last_day(number)
    told = f"Give notice by {last} or the agreement renews for {renewals.renewal} on {renewals.end(number)}."
    return Due(AgreementDeadlineKind.NOTICE, last, told, Status.IN_FORCE)


def due_on(deadlines: Iterable[DeadlineFact], day: date) -> list[Due]:
    """Return what is due as seen from a day, soonest first; what has no day stands last."""
    found = (deadline.on(day) for deadline in deadlines)
    return sorted((due for due in found if due is not None), key=lambda due: (due.day or date.max, due.kind, due.body))


def deadlines_of(case: Case, periods: Sequence[PeriodFact]) -> list[DeadlineFact]:
    """Return all deadlines of an agreement, given its periods."""
    return [*_turns(case, periods), *_notices(case, periods), *_missing(case, periods)]


def _turns(case: Case, periods: Sequence[PeriodFact]) -> Iterator[DeadlineFact]:
    """Find what comes by itself, as far as it is known before it comes."""
    events = events_of(case)
    told = ""
    for place in range(1, len(periods)):
        before, then = periods[place - 1], _settled(periods, place)
        if before.status == Status.NOT_KNOWN and told == then.status:
            continue  # an imprecise date was told at its first day
        told = then.status
        kind, day = _kind(before.status, then.status), periods[place].start
        if kind is None or day is None:
            continue
        causes = [event for event in events if event.window.earliest == day]
        since = max([_stretch(periods, place - 1, (before.status,)) or date.min, *(map(_announced, causes[-1:]))])
        if causes and since < day:
            sentence = _SENTENCES[kind](day, causes[-1], case, then.status)
            yield DeadlineFact(kind, None if since == date.min else since, day, day, sentence, then.status)


def _settled(periods: Sequence[PeriodFact], place: int) -> PeriodFact:
    """Return the period at a place, or the first one after it of which the status is known."""
    return next((one for one in periods[place:] if one.status != Status.NOT_KNOWN), periods[place])


def _stretch(periods: Sequence[PeriodFact], place: int, statuses: Sequence[str]) -> date | None:
    """Return since when one of these statuses has lasted without a break at a place."""
    while place and periods[place - 1].status in statuses:
        place -= 1
    return periods[place].start


def _announced(event: Event) -> date:
    """Return since when it was known that something would happen: what a clause or a term brings, since ever."""
    act = event.act
    if act is None:
        return date.min
    return act.date.latest if act.date is not None else date.min


def _kind(before: str, then: str) -> str | None:
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


def _of_end(day: date, event: Event, case: Case, then: str) -> str:
    when = f"on {day}" if event.window.is_exact else f"on {day} at the earliest"
    act = event.act
    if event.kind == ActKind.EXPIRY and (act is None or act.kind == ActKind.RENEWAL):
        return f"Renew or replace the agreement by {day}, or it ends {when}, at the end of its term."
    return f"Wind up by {day} what is done under the agreement: it ends {when}{_by(act)}."


def _by(act: ActFact | None) -> str:
    if act is None:
        return ""
    noun = "notice" if act.kind == ActKind.NOTICE_OF_TERMINATION else ActKind(act.kind).label.lower()
    return f", by the {noun}" + (f" of {act.date}" if act.date is not None else "")


def _of_entry(day: date, event: Event, case: Case, then: str) -> str:
    when = f"on {day}" if event.window.is_exact else f"on {day} at the earliest"
    how = ""
    if event.is_derived and case.entry_into_force is not None:
        how = f", {in_words(case.entry_into_force, is_bilateral=case.is_bilateral)}"
    return f"Be ready to apply the agreement by {day}: it enters into force {when}{how}."


def _of_provisional(day: date, event: Event, case: Case, then: str) -> str:
    return f"Bring the agreement into force or prolong its provisional application by {day}, when that ends."


def _of_suspension(day: date, event: Event, case: Case, then: str) -> str:
    if then == Status.SUSPENDED:
        return f"Be ready to stop what is done under the agreement by {day}: it is suspended from then on."
    return f"Be ready to apply the agreement again by {day}: its suspension ends then."


_SENTENCES: dict[str, Callable[[date, Event, Case, str], str]] = {
    AgreementDeadlineKind.EXPIRY: _of_end,
    AgreementDeadlineKind.ENTRY_INTO_FORCE: _of_entry,
    AgreementDeadlineKind.PROVISIONAL_APPLICATION: _of_provisional,
    AgreementDeadlineKind.SUSPENSION: _of_suspension,
}


def _notices(case: Case, periods: Sequence[PeriodFact]) -> Iterator[DeadlineFact]:
    """Find the renewals that notice still stops, in each stretch in which the agreement runs."""
    if case.tacit_renewal is None or case.notice_period is None:
        return
    renewals = renewals_of(case)
    for start, end in _stretches(periods, RUNNING):
        if renewals is None:
            told = (
                f"Record since when the agreement is in force: unless notice is given {case.notice_period} before the "
                f"end of its term, it renews for {case.tacit_renewal}."
            )
            yield DeadlineFact(AgreementDeadlineKind.NOTICE, start, end, None, told, Status.IN_FORCE)
        elif end is None:
            yield DeadlineFact(AgreementDeadlineKind.NOTICE, start, None, None, "", Status.IN_FORCE, "", renewals)
        elif (last := _last_before(renewals, end)) is not None and (start is None or start <= last):
            until = last + timedelta(days=1)
            yield DeadlineFact(AgreementDeadlineKind.NOTICE, start, until, None, "", Status.IN_FORCE, "", renewals)


def _last_before(renewals: Renewals, end: date) -> date | None:
    """Return the last day for notice of the last renewal that comes before an end: none stops a later one."""
    number = renewals.next_for_notice(end)
    while number is not None and number >= 0 and renewals.end(number) >= end:
        number -= 1
    return None if number is None or number < 0 else renewals.last_day(number)


def _stretches(periods: Sequence[PeriodFact], statuses: Sequence[str]) -> Iterator[tuple[date | None, date | None]]:
    """Yield the ranges of days in which one of these statuses lasts without a break."""
    for place, period in enumerate(periods):
        is_last = place == len(periods) - 1 or periods[place + 1].status not in statuses
        if period.status in statuses and is_last:
            yield _stretch(periods, place, statuses), period.end


def _missing(case: Case, periods: Sequence[PeriodFact]) -> Iterator[DeadlineFact]:
    """Find the approvals without which a signed agreement does not enter into force."""
    outcome = expected_entry(case)
    if case.entry_into_force is None or outcome is None or outcome.is_met or not case.of_kind(*_DONE_BEFORE):
        return
    waited_for = dict.fromkeys(
        (clause.body, what)
        for clause, found in unmet(case.entry_into_force, case)
        if clause.kind in _APPROVALS
        for what in found.awaiting
    )
    for start, end in _stretches(periods, _WAITING):
        for body, what in waited_for:
            yield DeadlineFact(AgreementDeadlineKind.MISSING_APPROVAL, start, end, None, _ask(what), "", body)


def _ask(what: str) -> str:
    return f"See to the {what}: without it the agreement does not enter into force."
