"""The steps of an engagement, and what each status requires."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engagements.rules.times import Days
from engagements.vocabulary import AHEAD, Attendance, EngagementStatus, Mode
from sgoffice.records.errors import InvalidEntry, RuleViolation

_ENDS = frozenset(
    {EngagementStatus.HELD, EngagementStatus.NOT_HELD, EngagementStatus.POSTPONED, EngagementStatus.CANCELLED}
)
#: From which status to which. What was only tentative may have been held, or fallen through.
MOVES: Mapping[str, frozenset[EngagementStatus]] = {
    EngagementStatus.REQUESTED: frozenset(
        {EngagementStatus.TENTATIVE, EngagementStatus.DECLINED, EngagementStatus.DELEGATED}
    ),
    EngagementStatus.TENTATIVE: frozenset({EngagementStatus.CONFIRMED, *_ENDS}),
    EngagementStatus.CONFIRMED: _ENDS,
    EngagementStatus.HELD: frozenset({EngagementStatus.NOT_HELD}),
    EngagementStatus.NOT_HELD: frozenset({EngagementStatus.HELD}),
    EngagementStatus.CANCELLED: frozenset({EngagementStatus.CONFIRMED}),
    EngagementStatus.POSTPONED: frozenset(
        {EngagementStatus.TENTATIVE, EngagementStatus.CONFIRMED, EngagementStatus.CANCELLED}
    ),
    EngagementStatus.DECLINED: frozenset(),
    EngagementStatus.DELEGATED: frozenset(),
}
#: Moves that revoke an earlier statement: legal with a reason.
CORRECTIONS = frozenset(
    {
        (EngagementStatus.HELD, EngagementStatus.NOT_HELD),
        (EngagementStatus.NOT_HELD, EngagementStatus.HELD),
        (EngagementStatus.CANCELLED, EngagementStatus.CONFIRMED),
        (EngagementStatus.POSTPONED, EngagementStatus.TENTATIVE),
        (EngagementStatus.POSTPONED, EngagementStatus.CONFIRMED),
        (EngagementStatus.POSTPONED, EngagementStatus.CANCELLED),
    }
)
_DATED = frozenset({EngagementStatus.TENTATIVE, EngagementStatus.CONFIRMED, *_ENDS})
_PAST = frozenset({EngagementStatus.HELD, EngagementStatus.NOT_HELD})


@dataclass(frozen=True)
class Contents:
    """What the rules need to know of an engagement."""

    days: Days | None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    attendance: str = Attendance.NOT_STATED
    mode: str = Mode.IN_PERSON
    is_represented: bool = False


def require_move(before: str, after: str, *, reason: str = "") -> None:
    """Refuse a step that is not open from here; raises InvalidEntry for a missing reason."""
    if after not in MOVES[before]:
        open_steps = ", ".join(sorted(MOVES[before])) or "none; log a new engagement"
        raise RuleViolation(
            f"An engagement that is {_in_words(before)} cannot become {_in_words(after)}; possible: {open_steps}.",
            rule="no-such-step",
            pointer="/status",
        )
    if (before, after) in CORRECTIONS and not reason.strip():
        raise InvalidEntry([("/reason", f"Say why what was {_in_words(before)} is now {_in_words(after)}.")])


def require_contents(status: str, contents: Contents, *, today: date, now: datetime) -> None:
    """Refuse an engagement that lacks what its status requires.

    A date from tentative on, exact days once confirmed; what was held or not held is not in the future; a principal
    who was represented did not attend.
    """
    days = contents.days
    if status in _DATED and days is None:
        raise RuleViolation(
            f"An engagement that is {_in_words(status)} needs a date, if only a month.",
            rule="date-needed",
            pointer="/held",
        )
    if status == EngagementStatus.CONFIRMED and days is not None and not days.is_exact:
        raise RuleViolation(
            f"A confirmed engagement needs its exact day: {days.text} is not one.", rule="day-needed", pointer="/held"
        )
    if status in _PAST and is_ahead(contents, today=today, now=now):
        raise RuleViolation(
            f"It cannot be {_in_words(status)} before its day or time is over: till then it is tentative or confirmed.",
            rule="not-in-the-future",
            pointer="/held",
        )
    if contents.is_represented and contents.attendance == Attendance.ATTENDED:
        raise RuleViolation(
            "A principal who was represented did not attend.",
            rule="represented-or-attended",
            pointer="/principal_attendance",
        )
    if contents.mode == Mode.REPRESENTED and not contents.is_represented:
        raise RuleViolation(
            "Name who represented the principal.", rule="represented-by-whom", pointer="/represented_by"
        )


def is_to_confirm(status: str, *, last_day: date | None, ends: datetime | None, today: date, now: datetime) -> bool:
    """Tell whether an engagement is past its end and its outcome is not recorded."""
    if status not in AHEAD or last_day is None:
        return False
    return ends < now if ends is not None else last_day < today


def is_ahead(contents: Contents, *, today: date, now: datetime) -> bool:
    """Tell whether an engagement is not over: by the time that is set, else by its last day if that is known."""
    ends = contents.ends_at or contents.starts_at
    if ends is not None:
        return ends > now
    days = contents.days
    return days is not None and (days.latest if days.is_exact else days.earliest) > today


def _in_words(status: str) -> str:
    return status.replace("_", " ")
