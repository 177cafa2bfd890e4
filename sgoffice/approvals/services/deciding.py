"""Decide what was proposed: approve it, which carries it out at once, or refuse it; who proposed it withdraws it."""

from uuid import UUID

from django.db import transaction

from sgoffice.approvals.actions import action_of
from sgoffice.approvals.models import Approval
from sgoffice.approvals.rules import (
    require_fresh,
    require_not_about,
    require_pending,
    require_proposer,
    require_second_person,
)
from sgoffice.approvals.services.entries import ApprovalEntry, RefusalEntry
from sgoffice.approvals.vocabulary import ApprovalState
from sgoffice.changes import second_person
from sgoffice.changes.door import Expected, change, lock_names_exclusively
from sgoffice.changes.steps import Steps
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import InvalidEntry, StaleVersion
from sgoffice.records.models import Entry

APPROVAL_STEPS = Steps(Approval)


def _is_pending(approval: Approval) -> bool:
    return approval.state == ApprovalState.PROPOSED


@APPROVAL_STEPS.declare(
    "approve",
    "Approve",
    summary="Approve a proposal",
    description=(
        "Somebody else must have proposed it, and the record must be as it was then. It is carried out at once; what "
        "the register refuses then is a 409, and the proposal stays pending."
    ),
    example={"reason": "The text was cleared."},
    permission=Permission.APPROVE,
    is_open=_is_pending,
)
def approve(approval_id: UUID, entry: ApprovalEntry, *, by: Actor, expected: Expected) -> Approval:
    """Approve what somebody else proposed, and carry it out in the same transaction.

    Raises RuleViolation for the actor's own proposal or one about them, for one that is not pending, for a record that
    has changed since, and for what the action itself refuses.
    """
    with transaction.atomic():
        lock_names_exclusively()
        with change(Approval, approval_id, verb="approve", by=by, expected=expected, reason=entry.reason) as approval:
            _decide(approval, ApprovalState.APPROVED, by=by, reason=entry.reason)
        _carry_out(approval, by)
    return approval


@APPROVAL_STEPS.declare(
    "refuse",
    "Refuse",
    summary="Refuse a proposal",
    description="An approver who did not propose it says why not.",
    example={"reason": "The delegation asked to keep it between us."},
    permission=Permission.APPROVE,
    is_open=_is_pending,
    tone="danger",
)
def refuse(approval_id: UUID, entry: RefusalEntry, *, by: Actor, expected: Expected) -> Approval:
    """Refuse what somebody else proposed.

    Raises InvalidEntry without a reason, RuleViolation for the actor's own proposal or one that is not pending.
    """
    _require_reason(entry.reason)
    with change(Approval, approval_id, verb="refuse", by=by, expected=expected, reason=entry.reason) as approval:
        _decide(approval, ApprovalState.REFUSED, by=by, reason=entry.reason)
    return approval


@APPROVAL_STEPS.declare(
    "withdraw",
    "Withdraw",
    summary="Withdraw a proposal",
    description="Only who proposed it can.",
    example={"reason": "It was the other record."},
    is_open=_is_pending,
)
def withdraw(approval_id: UUID, entry: RefusalEntry, *, by: Actor, expected: Expected) -> Approval:
    """Withdraw one's own proposal.

    Raises InvalidEntry without a reason, NotPermitted for somebody else's proposal, RuleViolation for one that is not
    pending.
    """
    _require_reason(entry.reason)
    with change(Approval, approval_id, verb="withdraw", by=by, expected=expected, reason=entry.reason) as approval:
        require_pending(approval.state)
        require_proposer(str(approval.proposed_by_id), by.id)
        approval.state, approval.decision = ApprovalState.WITHDRAWN, entry.reason
    return approval


def _decide(approval: Approval, state: ApprovalState, *, by: Actor, reason: str) -> None:
    """Note who decided; raises RuleViolation for who may not."""
    require_pending(approval.state)
    require_second_person(str(approval.proposed_by_id), by.id)
    require_not_about(str(approval.member_id), by.id)
    approval.state, approval.decided_by_id, approval.decision = state, UUID(by.id), reason


def _carry_out(approval: Approval, by: Actor) -> None:
    """Carry out what was approved; a record that changes at this very moment is as stale as one that changed before."""
    if approval.subject_id is not None and approval.subject_version is not None:
        now = Entry.objects.values_list("version", flat=True).get(pk=approval.subject_id)
        require_fresh(approval.subject_version, now)
    try:
        with second_person.carrying_out(approval.pk):
            action_of(approval.action).carry_out(approval, by)
    except StaleVersion as error:
        require_fresh(approval.subject_version, error.current)
        raise


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidEntry([("/reason", "Say why: the next reader will ask.")])
