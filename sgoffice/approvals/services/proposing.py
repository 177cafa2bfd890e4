"""Propose something to a second person."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sgoffice.approvals.models import Approval
from sgoffice.approvals.querysets import ApprovalQuerySet
from sgoffice.approvals.rules import require_not_about
from sgoffice.approvals.services.entries import ProposalEntry
from sgoffice.approvals.vocabulary import ApprovalState
from sgoffice.changes import second_person
from sgoffice.changes.door import ANY_VERSION, change, create
from sgoffice.records.actors import Actor
from sgoffice.records.entries import assign_fields
from sgoffice.records.errors import NotPermitted
from sgoffice.records.models import Entry, Marking, Record

_REPLACED = "Another proposal took its place."


def propose(entry: ProposalEntry, *, by: Actor) -> Approval:
    """Propose something; nothing happens until another person approves it.

    It takes the place of what was proposed before for the same record or member of staff and is still pending. Raises
    NotPermitted for who is no member of staff, RuleViolation for what is about the proposer.
    """
    if by.kind != "staff":
        raise NotPermitted("Members of staff propose: sign in as one.")
    require_not_about(str(entry.member), by.id)
    if entry.subject is not None:
        withdraw_pending(entry.subject, action=entry.action, by=by, reason=_REPLACED)
    if entry.member is not None:
        about = Approval.objects.pending().filter(member=entry.member, action=entry.action)
        _withdraw(about, by=by, reason=_REPLACED)
    with create(Approval, verb="propose", by=by, reason=entry.purpose) as approval:
        assign_fields(approval, entry, skip=("subject", "member"))
        approval.subject_id, approval.member_id = entry.subject, entry.member
        approval.proposed_by_id = UUID(by.id)
        if entry.subject is not None:
            _follow_readers(approval, Entry.objects.get(pk=entry.subject))
    return approval


def propose_of_record(
    action: str, record_id: UUID, *, by: Actor, purpose: str, content: Mapping[str, Any] | None = None
) -> Approval:
    """Propose something about a record as it is now; the proposal is marked like it."""
    version = Entry.objects.values_list("version", flat=True).get(pk=record_id)
    entry = ProposalEntry(
        action=action, subject=record_id, subject_version=version, content=content or {}, purpose=purpose
    )
    return propose(entry, by=by)


def withdraw_pending(record_id: UUID, *, by: Actor, reason: str, action: str = "") -> None:
    """Withdraw what is pending about a record: it was replaced, or there is nothing left to decide."""
    pending = Approval.objects.pending().filter(subject=record_id)
    _withdraw(pending.filter(action=action) if action else pending, by=by, reason=reason)


def _withdraw(pending: ApprovalQuerySet, *, by: Actor, reason: str) -> None:
    for key in pending.order_by("pk").values_list("pk", flat=True):
        with change(Approval, key, verb="withdraw", by=by, expected=ANY_VERSION, reason=reason) as approval:
            approval.state, approval.decision = ApprovalState.WITHDRAWN, reason


@second_person.hides_alike
def hide_proposals(record: Record, by: Actor) -> None:
    """Let proposals about a record have its readers."""
    entry = Entry.objects.get(pk=record.pk)
    for key in Approval.objects.filter(subject=record.pk).order_by("pk").values_list("pk", flat=True):
        with change(Approval, key, verb="raise", by=by, expected=ANY_VERSION) as approval:
            _follow_readers(approval, entry)


def _follow_readers(approval: Approval, subject: Entry) -> None:
    """Mark a proposal as the record that it is about; what was told of a restricted one stays restricted."""
    approval.entered_by, approval.readers = subject.entered_by, subject.readers
    if subject.marking == Marking.RESTRICTED:
        approval.marking = Marking.RESTRICTED
