"""The whole register for who is no operator: one approver proposes to take it, and another one approves that.

Only approvers read every record, restricted ones too: nobody reads in an archive what was hidden from them before.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Final

from sgoffice.approvals.models import Approval
from sgoffice.approvals.services import ProposalEntry, propose
from sgoffice.approvals.vocabulary import ApprovalState
from sgoffice.archives.writing import Written, write_into
from sgoffice.changes import second_person
from sgoffice.database.snapshots import one_snapshot
from sgoffice.exports.spools import require_room, spool
from sgoffice.exports.turns import turn_of
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import InvalidEntry, RuleViolation

#: The action that a second person approves.
TAKE_WHOLE: Final = "take_whole_register"
#: How long the proposer may take the archive once it was approved, as often as a connection breaks.
OPEN_FOR: Final = timedelta(hours=24)
_NOT_OPEN = (
    "No archive is open to you. Propose to take the whole register; once another approver has agreed, you have "
    "24 hours to take it."
)


@dataclass(frozen=True, kw_only=True)
class TakingEntry:
    """The wish to take the whole register away, and why."""

    purpose: str


def propose_taking(entry: TakingEntry, *, by: Actor) -> Approval:
    """Propose to take the whole register away; another approver decides, and nothing is written before.

    Raises NotPermitted for who is no approver, InvalidEntry without a purpose, RuleViolation if the actor's own
    proposal waits already.
    """
    by.require(Permission.APPROVE)
    if not entry.purpose.strip():
        raise InvalidEntry(
            [("/purpose", "Say why and for whom: the approver decides by it, and the auditor reads it.")]
        )
    waiting = Approval.objects.pending().filter(action=TAKE_WHOLE, proposed_by=by.id)
    if (reference := waiting.values_list("reference", flat=True).first()) is not None:
        detail = f"Your proposal waits for a decision: {reference}. Withdraw it first if you want another one."
        raise RuleViolation(detail, rule="proposed-already")
    proposal = propose(ProposalEntry(action=TAKE_WHOLE, purpose=entry.purpose), by=by)
    second_person.note_proposal(proposal)
    return proposal


def open_until(approval: Approval) -> datetime | None:
    """Return until when the archive may be taken; nothing if it was not approved."""
    is_approved = approval.state == ApprovalState.APPROVED and not approval.is_in_error
    return approval.decided_at + OPEN_FOR if is_approved and approval.decided_at else None


def open_approval(*, by: Actor, at: datetime) -> Approval:
    """Return the approval by which somebody may take the archive now, the newest one.

    Raises NotPermitted for who is no approver any more, RuleViolation if nothing is open to them.
    """
    by.require(Permission.APPROVE)
    approved = Approval.objects.live().filter(action=TAKE_WHOLE, state=ApprovalState.APPROVED, proposed_by=by.id)
    newest = approved.order_by("decided_at").last()
    until = newest and open_until(newest)
    if newest is None or until is None or at >= until:
        raise RuleViolation(_NOT_OPEN, rule="archive-not-open", basis="What opens the register needs two people")
    return newest


def spooled_archive(*, by: Actor, at: datetime) -> tuple[IO[bytes], Written]:
    """Return a file with the whole register as it is now, and what is in it.

    Raises TooManyExports, and NoRoom if the disk is too full.
    """
    written: list[Written] = []
    with one_snapshot(), turn_of(by):
        file = spool(lambda output: written.append(write_into(output, at=at, before_each=require_room)))
    return file, written[0]
