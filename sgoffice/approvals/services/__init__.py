"""The services of approvals: the names other modules import."""

from sgoffice.approvals.services.deciding import APPROVAL_STEPS, approve, refuse, withdraw
from sgoffice.approvals.services.entries import ApprovalEntry, ProposalEntry, RefusalEntry
from sgoffice.approvals.services.proposing import propose, propose_of_record, withdraw_pending

__all__ = [
    "APPROVAL_STEPS",
    "ApprovalEntry",
    "ProposalEntry",
    "RefusalEntry",
    "approve",
    "propose",
    "propose_of_record",
    "refuse",
    "withdraw",
    "withdraw_pending",
]
