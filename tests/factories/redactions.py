"""Makers of redactions: one member of staff proposes, another one approves."""

from sgoffice.approvals.models import Approval
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.redactions import propose_redaction
from sgoffice.records.actors import Actor
from sgoffice.records.models import Record
from tests.factories import approvals

WHY = "The person asked for it."


def proposal(record: Record, *pointers: str, by: Actor, reason: str = WHY) -> Approval:
    propose_redaction(type(record), record.pk, pointers=pointers, by=by, expected=ANY_VERSION, reason=reason)
    return approvals.pending(record.pk)


def redact(record: Record, *pointers: str, by: Actor, approver: Actor, reason: str = WHY) -> Approval:
    """Erase it by two people."""
    return approvals.approve(proposal(record, *pointers, by=by, reason=reason), by=approver)
