"""The steps of an engagement, each a door of its own: accept, decline, delegate, confirm, hold, postpone, cancel."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction

from engagements.models import Engagement
from engagements.rules import local_today, require_move
from engagements.services import agenda, times
from engagements.services.engagements import require_legal, stored_days
from engagements.services.entries import (
    DelegationEntry,
    HoldingEntry,
    PostponementEntry,
    ScheduleEntry,
    StepEntry,
)
from engagements.services.links import set_targets
from engagements.services.principals import set_principal
from engagements.services.references import require_references
from engagements.vocabulary import EngagementStatus, Relation
from sgoffice.changes.door import Expected, change
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import set_field
from sgoffice.records.errors import InvalidEntry


def accept_engagement(
    engagement_id: UUID, entry: ScheduleEntry, *, by: Actor, expected: Expected, at: datetime
) -> Engagement:
    """Put a request into the diary, perhaps with its date.

    Raises RuleViolation when no date is known, or when it was no request.
    """
    status = EngagementStatus.TENTATIVE
    with _step(engagement_id, status, "accept", entry, by=by, expected=expected, at=at) as engagement:
        _schedule(engagement, entry, at=at)
    return engagement


def decline_engagement(
    engagement_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected, at: datetime
) -> Engagement:
    """Decline a request. Raises RuleViolation when it was none."""
    status = EngagementStatus.DECLINED
    with _step(engagement_id, status, "decline", entry, by=by, expected=expected, at=at) as engagement:
        pass
    return engagement


def delegate_engagement(
    engagement_id: UUID, entry: DelegationEntry, *, by: Actor, expected: Expected, at: datetime
) -> Engagement:
    """Hand a request to somebody else.

    Raises InvalidEntry when neither a person nor a reason says to whom, RuleViolation when it was no request.
    """
    if entry.represented_by is None and not entry.reason.strip():
        raise InvalidEntry([("/represented_by", "Say to whom: name the person, or the unit in the reason.")])
    status = EngagementStatus.DELEGATED
    with _step(engagement_id, status, "delegate", entry, by=by, expected=expected, at=at) as engagement:
        _represent(engagement, entry.represented_by)
    return engagement


def confirm_engagement(
    engagement_id: UUID, entry: ScheduleEntry, *, by: Actor, expected: Expected, at: datetime
) -> Engagement:
    """Confirm an engagement on its day, or take a cancellation back, with a reason.

    Raises RuleViolation when its day is not known or the step is not open.
    """
    status = EngagementStatus.CONFIRMED
    with _step(engagement_id, status, "confirm", entry, by=by, expected=expected, at=at) as engagement:
        _schedule(engagement, entry, at=at)
    return engagement


def hold_engagement(
    engagement_id: UUID, entry: HoldingEntry, *, by: Actor, expected: Expected, at: datetime
) -> Engagement:
    """Say that an engagement was held, and what came of it; or, with a reason, that it was held after all.

    Raises RuleViolation before its day, when the step is not open, for a principal who was both there and
    represented, and for action items on its list that have no answer.
    """
    with transaction.atomic():
        with _step(engagement_id, EngagementStatus.HELD, "hold", entry, by=by, expected=expected, at=at) as engagement:
            if entry.outcome:
                _set(engagement, "outcome", entry.outcome)
            if entry.principal_attendance:
                _set(engagement, "principal_attendance", entry.principal_attendance)
            _represent(engagement, entry.represented_by)
            agenda.close_agenda(engagement, entry.answers)
        agenda.apply_answers(engagement, entry.answers, by=by)
    return engagement


def mark_not_held(engagement_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected, at: datetime) -> Engagement:
    """Say that an engagement did not take place on its day; what was logged as held needs a reason.

    Raises RuleViolation before its day or when the step is not open.
    """
    status = EngagementStatus.NOT_HELD
    with _step(engagement_id, status, "mark_not_held", entry, by=by, expected=expected, at=at) as engagement:
        pass
    return engagement


def postpone_engagement(
    engagement_id: UUID, entry: PostponementEntry, *, by: Actor, expected: Expected, at: datetime
) -> Engagement:
    """Put an engagement off, perhaps to another one that is in the log and tied to it.

    Raises RuleViolation when the step is not open, InvalidEntry when there is no such other engagement.
    """
    status = EngagementStatus.POSTPONED
    with _step(engagement_id, status, "postpone", entry, by=by, expected=expected, at=at) as engagement:
        if entry.to is not None:
            set_targets(engagement.pk, Relation.POSTPONED_TO, (entry.to,), pointer="/to")
    return engagement


def cancel_engagement(
    engagement_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected, at: datetime
) -> Engagement:
    """Cancel an engagement. Raises RuleViolation when the step is not open."""
    status = EngagementStatus.CANCELLED
    with _step(engagement_id, status, "cancel", entry, by=by, expected=expected, at=at) as engagement:
        pass
    return engagement


@contextmanager
def _step(
    engagement_id: UUID,
    status: EngagementStatus,
    verb: str,
    entry: StepEntry,
    *,
    by: Actor,
    expected: Expected,
    at: datetime,
) -> Iterator[Engagement]:
    """Open an engagement for a step that is open from where it is, and hold the rules to what comes of it."""
    by.require(Permission.WRITE)
    with change(Engagement, engagement_id, verb=verb, by=by, expected=expected, reason=entry.reason) as engagement:
        require_move(engagement.status, status, reason=entry.reason)
        engagement.status = status
        _set(engagement, "status_reason", entry.reason, pointer="/reason")
        yield engagement
        require_legal(engagement, stored_days(engagement), at=at)


def _schedule(engagement: Engagement, entry: ScheduleEntry, *, at: datetime) -> None:
    """Set the date that a step names, and look again at who stands for the office."""
    given = {name: getattr(entry, name) for name in times.FIELDS if getattr(entry, name)}
    if not given:
        return
    if "held" in given and "starts_at" not in given:
        given |= {"starts_at": None, "ends_at": None}
    days = times.set_times(engagement, given)
    set_principal(engagement, days, today=local_today(at, engagement.time_zone))


def _represent(engagement: Engagement, person: UUID | None) -> None:
    if person is not None:
        require_references({"represented_by": person})
        engagement.represented_by_id = person


def _set(engagement: Engagement, name: str, value: str, *, pointer: str = "") -> None:
    try:
        set_field(engagement, name, value)
    except ValueError as error:
        raise InvalidEntry([(pointer or f"/{name}", str(error))]) from None
