"""The steps of an engagement: each declared once, with the service that takes it.

Each raises RuleViolation when the engagement cannot take it from its status.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from engagements.models import Engagement
from engagements.rules import MOVES, local_today, require_move
from engagements.services import agenda, times
from engagements.services.engagements import is_over, require_legal, stored_days
from engagements.services.entries import (
    DelegationEntry,
    HoldingEntry,
    PostponementEntry,
    ScheduleEntry,
    StepEntry,
)
from engagements.services.levels import find_levels_again
from engagements.services.links import set_targets
from engagements.services.principals import set_principal
from engagements.services.references import require_references
from engagements.vocabulary import EngagementStatus as Status
from engagements.vocabulary import Relation
from sgoffice.changes.door import Expected, change
from sgoffice.changes.refusals import undone_as_one
from sgoffice.changes.steps import Steps
from sgoffice.records.actors import Actor
from sgoffice.records.entries import set_field
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.example_ids import A_PERSON

STEPS = Steps(columns=Engagement, not_in_form=frozenset({"answers"}))


def _can_become(status: Status) -> Callable[[Engagement], bool]:
    return lambda engagement: status in MOVES[engagement.status]


@STEPS.declare(
    "accept",
    "Accept",
    summary="Accept a request",
    description="Puts it in the diary, if wanted with its date.",
    example={"held": "2025-09-18"},
    is_open=_can_become(Status.TENTATIVE),
)
def accept_engagement(
    engagement_id: UUID, entry: ScheduleEntry, *, by: Actor, expected: Expected, at: datetime
) -> Engagement:
    """Raise RuleViolation when no date is known, or when it is not a request."""
    status = Status.TENTATIVE
    with _step(engagement_id, status, "accept", entry, by=by, expected=expected, at=at) as engagement:
        _schedule(engagement, entry, at=at)
    return engagement


@STEPS.declare(
    "confirm",
    "Confirm",
    summary="Confirm an engagement",
    description="Needs its day. With a reason, it also takes a cancellation back.",
    example={"starts_at": "2025-09-18T11:00:00+02:00", "time_zone": "Europe/Paris"},
    is_open=_can_become(Status.CONFIRMED),
)
def confirm_engagement(
    engagement_id: UUID, entry: ScheduleEntry, *, by: Actor, expected: Expected, at: datetime
) -> Engagement:
    """Raise RuleViolation when its day is not known."""
    status = Status.CONFIRMED
    with _step(engagement_id, status, "confirm", entry, by=by, expected=expected, at=at) as engagement:
        _schedule(engagement, entry, at=at)
    return engagement


@STEPS.declare(
    "hold",
    "Was held",
    summary="Record that an engagement was held",
    description="With its outcome; with a reason, also where it had been recorded as not held.",
    example={"outcome": "The Ambassador will send the draft.", "principal_attendance": "attended"},
    is_open=_can_become(Status.HELD),
    is_due=is_over,
    tone="primary",
)
def hold_engagement(
    engagement_id: UUID, entry: HoldingEntry, *, by: Actor, expected: Expected, at: datetime
) -> Engagement:
    """Raise RuleViolation before its day, for a principal both present and represented, for unanswered agenda items."""
    with undone_as_one(by):
        with _step(engagement_id, Status.HELD, "hold", entry, by=by, expected=expected, at=at) as engagement:
            if entry.outcome:
                _set(engagement, "outcome", entry.outcome)
            if entry.principal_attendance:
                _set(engagement, "principal_attendance", entry.principal_attendance)
            _represent(engagement, entry.represented_by)
            agenda.close_agenda(engagement, entry.answers)
        agenda.apply_answers(engagement, entry.answers, by=by, at=at)
    return engagement


@STEPS.declare(
    "not-held",
    "Was not held",
    summary="Record that an engagement was not held",
    description="Where it had been recorded as held, a reason is needed.",
    example={"reason": "The Ambassador was called back."},
    is_open=_can_become(Status.NOT_HELD),
    is_due=is_over,
)
def mark_not_held(engagement_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected, at: datetime) -> Engagement:
    """Raise RuleViolation before its day."""
    status = Status.NOT_HELD
    with _step(engagement_id, status, "mark_not_held", entry, by=by, expected=expected, at=at) as engagement:
        pass
    return engagement


@STEPS.declare(
    "postpone",
    "Postpone",
    summary="Postpone an engagement",
    description="If wanted, to another engagement that is in the log.",
    example={"reason": "The Ambassador asks for another day."},
    is_open=_can_become(Status.POSTPONED),
)
def postpone_engagement(
    engagement_id: UUID, entry: PostponementEntry, *, by: Actor, expected: Expected, at: datetime
) -> Engagement:
    """Link the engagement that takes its place; raise InvalidEntry when it does not exist."""
    status = Status.POSTPONED
    with _step(engagement_id, status, "postpone", entry, by=by, expected=expected, at=at) as engagement:
        if entry.to is not None:
            set_targets(engagement.pk, Relation.POSTPONED_TO, (entry.to,), pointer="/to")
    return engagement


@STEPS.declare(
    "cancel",
    "Cancel",
    summary="Cancel an engagement",
    example={"reason": "The Ambassador's term ended."},
    is_open=_can_become(Status.CANCELLED),
    tone="danger",
)
def cancel_engagement(
    engagement_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected, at: datetime
) -> Engagement:
    status = Status.CANCELLED
    with _step(engagement_id, status, "cancel", entry, by=by, expected=expected, at=at) as engagement:
        pass
    return engagement


@STEPS.declare(
    "decline",
    "Decline",
    summary="Decline a request",
    example={"reason": "The Secretary General travels that week."},
    is_open=_can_become(Status.DECLINED),
)
def decline_engagement(
    engagement_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected, at: datetime
) -> Engagement:
    status = Status.DECLINED
    with _step(engagement_id, status, "decline", entry, by=by, expected=expected, at=at) as engagement:
        pass
    return engagement


@STEPS.declare(
    "delegate",
    "Delegate",
    summary="Delegate a request",
    description="To a person, or to a unit that the reason names.",
    example={"represented_by": A_PERSON, "reason": "The Secretary General travels that week."},
    is_open=_can_become(Status.DELEGATED),
)
def delegate_engagement(
    engagement_id: UUID, entry: DelegationEntry, *, by: Actor, expected: Expected, at: datetime
) -> Engagement:
    """Raise InvalidEntry when neither a person nor a reason names the delegate."""
    if entry.represented_by is None and not entry.reason.strip():
        raise InvalidEntry([("/represented_by", "Name the person it is delegated to, or the unit in the reason.")])
    status = Status.DELEGATED
    with _step(engagement_id, status, "delegate", entry, by=by, expected=expected, at=at) as engagement:
        _represent(engagement, entry.represented_by)
    return engagement


@contextmanager
def _step(
    engagement_id: UUID,
    status: Status,
    verb: str,
    entry: StepEntry,
    *,
    by: Actor,
    expected: Expected,
    at: datetime,
) -> Iterator[Engagement]:
    """Open an engagement for a step, set its status, and check the result against the rules."""
    with change(Engagement, engagement_id, verb=verb, by=by, expected=expected, reason=entry.reason) as engagement:
        require_move(engagement.status, status, reason=entry.reason)
        engagement.status = status
        _set(engagement, "status_reason", entry.reason, pointer="/reason")
        yield engagement
        require_legal(engagement, stored_days(engagement), at=at)


def _schedule(engagement: Engagement, entry: ScheduleEntry, *, at: datetime) -> None:
    """Set the date that a step gives, and find the principal of that day again."""
    given = {name: getattr(entry, name) for name in times.FIELDS if getattr(entry, name)}
    if not given:
        return
    if "held" in given and "starts_at" not in given:
        given |= {"starts_at": None, "ends_at": None}
    days = times.set_times(engagement, given)
    set_principal(engagement, days, today=local_today(at, engagement.time_zone))
    find_levels_again(engagement, days)


def _represent(engagement: Engagement, person: UUID | None) -> None:
    if person is not None:
        require_references({"represented_by": person})
        engagement.represented_by_id = person


def _set(engagement: Engagement, name: str, value: str, *, pointer: str = "") -> None:
    try:
        set_field(engagement, name, value)
    except ValueError as error:
        raise InvalidEntry([(pointer or f"/{name}", str(error))]) from None
