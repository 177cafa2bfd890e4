"""Makers of what two people agree on: one member of staff proposes, another one approves, through the services."""

from uuid import UUID

from sgoffice.approvals import services
from sgoffice.approvals.models import Approval
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import Actor
from tests.factories.accounts import staff

REASON = services.RefusalEntry(reason="Not as it stands.")


def member(role: str = "officer") -> Actor:
    """A member of staff from now on, as an actor."""
    return staff(role).as_actor()


def pending(record_id: UUID) -> Approval:
    """What waits about a record."""
    return Approval.objects.pending().get(subject=record_id)


def approve(approval: Approval, *, by: Actor) -> Approval:
    return services.approve(approval.pk, services.ApprovalEntry(), by=by, expected=ANY_VERSION)


def refuse(approval: Approval, *, by: Actor) -> Approval:
    return services.refuse(approval.pk, REASON, by=by, expected=ANY_VERSION)


def withdraw(approval: Approval, *, by: Actor) -> Approval:
    return services.withdraw(approval.pk, REASON, by=by, expected=ANY_VERSION)
