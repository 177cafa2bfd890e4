"""The steps of an engagement, and what it must have at each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engagements.rules.times import Days
from engagements.vocabulary import AHEAD, Attendance, EngagementStatus, Mode
from sgoffice.records.errors import InvalidEntry, RuleViolation

_ENDS = frozenset(
    {EngagementStatus.HELD, EngagementStatus.NOT_HELD, EngagementStatus.POSTPONED, EngagementStatus.CANCELLED}
)
#: From where to where. What was only tentative can have been held, or fall through, too.
MOVES: Mapping[str, frozenset[EngagementStatus]] = {
    EngagementStatus.REQUESTED: frozenset(
        {EngagementStatus.TENTATIVE, EngagementStatus.DECLINED, EngagementStatus.DELEGATED}
    ),
    EngagementStatus.TENTATIVE: frozenset({EngagementStatus.CONFIRMED, *_ENDS}),
    EngagementStatus.CONFIRMED: _ENDS,
    EngagementStatus.HELD: frozenset({EngagementStatus.NOT_HELD}),
    EngagementStatus.NOT_HELD: frozenset({EngagementStatus.HELD}),
    EngagementStatus.CANCELLED: frozenset({EngagementStatus.CONFIRMED}),
    EngagementStatus.POSTPONED: frozenset(),
    EngagementStatus.DECLINED: frozenset(),
    EngagementStatus.DELEGATED: frozenset(),
}
#: Moves that take back what was said before: legal with a reason.
CORRECTIONS = frozenset(
    {
        (EngagementStatus.HELD, EngagementStatus.NOT_HELD),
        (EngagementStatus.NOT_HELD, EngagementStatus.HELD),
        (EngagementStatus.CANCELLED, EngagementStatus.CONFIRMED),
    }
)
_DATED = frozenset({EngagementStatus.TENTATIVE, EngagementStatus.CONFIRMED, *_ENDS})
_PAST = frozenset({EngagementStatus.HELD, EngagementStatus.NOT_HELD})


@dataclass(frozen=True)
class Contents:
    """What the rules ask of an engagement: its days and beginning, and who stood for the office."""

    days: Days | None
    starts_at: datetime | None = None
    attendance: str = Attendance.NOT_STATED
    mode: str = Mode.IN_PERSON
    is_represented: bool = False


def require_move(before: str, after: str, *, reason: str = "") -> None:
    """Do nothing for a step that is open from here; raise RuleViolation, or InvalidEntry when the reason is missing."""
    if after not in MOVES[before]:
        open_steps = ", ".join(sorted(MOVES[before])) or "none: enter a new engagement"
        raise RuleViolation(
            f"An engagement that is {_said(before)} cannot become {_said(after)}; open are: {open_steps}.",
            rule="no-such-step",
            pointer="/status",
        )
    if (before, after) in CORRECTIONS and not reason.strip():
        raise InvalidEntry([("/reason", f"Say why what was {_said(before)} is {_said(after)} after all.")])


def require_contents(status: str, contents: Contents, *, today: date, now: datetime) -> None:
    """Refuse an engagement that lacks what it must have at this step.

    Raises RuleViolation: a date is needed from tentative on, its very days once it is confirmed; what was held, or was
    not, lies not in the future; who was represented did not attend.
    """
    days = contents.days
    if status in _DATED and days is None:
        raise RuleViolation(
            f"What is {_said(status)} has a date, if only a month.", rule="date-needed", pointer="/held"
        )
    if status == EngagementStatus.CONFIRMED and days is not None and not days.is_exact:
        raise RuleViolation(
            f"What is confirmed has its day: {days.text} is not one.", rule="day-needed", pointer="/held"
        )
    if status in _PAST and _is_ahead(contents, today=today, now=now):
        raise RuleViolation(
            f"Nothing is {_said(status)} before its day; until then it is tentative or confirmed.",
            rule="not-in-the-future",
            pointer="/held",
        )
    if contents.is_represented and contents.attendance == Attendance.ATTENDED:
        raise RuleViolation(
            "Who was represented by somebody else did not attend.",
            rule="represented-or-attended",
            pointer="/principal_attendance",
        )
    if contents.mode == Mode.REPRESENTED and not contents.is_represented:
        raise RuleViolation("Say who represented the principal.", rule="represented-by-whom", pointer="/represented_by")


def is_to_confirm(status: str, *, last_day: date | None, ends: datetime | None, today: date, now: datetime) -> bool:
    """Tell whether an engagement is past its end and nobody said what happened."""
    if status not in AHEAD or last_day is None:
        return False
    return ends < now if ends is not None else last_day < today


def _is_ahead(contents: Contents, *, today: date, now: datetime) -> bool:
    if contents.starts_at is not None:
        return contents.starts_at > now
    return contents.days is not None and contents.days.earliest > today


def _said(status: str) -> str:
    return status.replace("_", " ")
