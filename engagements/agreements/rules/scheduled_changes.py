"""What time alone changes: the running term, renewed tacitly again and again, and the day of the next change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engagements.agreements.rules.case import Case
from engagements.agreements.rules.days import subtract_duration
from engagements.agreements.rules.events import end_of_first_term
from engagements.agreements.rules.status import PeriodFact
from engagements.agreements.vocabulary import Status

#: The statuses in which a term runs.
RUNNING = (Status.IN_FORCE, Status.SUSPENDED)


@dataclass(frozen=True)
class Term:
    """A term from a day (none: since entry into force) until another; `number` counts its renewals.

    `last_day_for_notice` is the last day on which notice stops the renewal at its end.
    """

    start: date | None
    end: date
    number: int = 0
    last_day_for_notice: date | None = None


@dataclass(frozen=True)
class CurrentStatus:
    """The status on a day: since when (none: always), and until when, absent further acts (none: for good)."""

    since: date | None
    until: date | None
    period: PeriodFact
    term: Term | None


def current_status(case: Case, periods: Sequence[PeriodFact], day: date) -> CurrentStatus:
    """Return the status on a day; a tacit renewal counts as a change."""
    period = next(one for one in periods if one.contains(day))
    term = running_term(case, day) if period.status in RUNNING else None
    is_renewed = term is not None and case.tacit_renewal is not None
    starts = [period.start, term.start if term and is_renewed else None]
    ends = [period.end, term.end if term and is_renewed else None]
    return CurrentStatus(
        since=max((start for start in starts if start is not None), default=None),
        until=min((end for end in ends if end is not None), default=None),
        period=period,
        term=term,
    )


def running_term(case: Case, day: date) -> Term | None:
    """Return the term in which a day lies; None when its exact end is not known, or it has ended for good."""
    first = end_of_first_term(case)
    if first is None or not first.is_exact:
        return None
    renewal, start, end, number = case.tacit_renewal, None, first.earliest, 0
    if day >= end:
        if renewal is None:
            return None
        # no term is longer than this many days, so at least this many have passed
        number = (day - end).days // (renewal.months * 31 + renewal.days)
        while (following := first.after(renewal.times(number)).earliest) <= day:
            if following == date.max:
                return None
            number += 1
        start, end = first.after(renewal.times(number - 1)).earliest, following
    if renewal is None or case.notice_period is None:
        return Term(start, end, number)
    return Term(start, end, number, subtract_duration(end, case.notice_period))
