"""What can be done with agreements. The services that take steps are in `steps`."""

from engagements.agreements.services.agreements import correct_agreement, open_agreement
from engagements.agreements.services.deadline_store import due_about, due_for_renewal, due_of
from engagements.agreements.services.entries import (
    ActEntry,
    AgreementEntry,
    ApprovalEntry,
    AttestationEntry,
    FocalPointEntry,
    PartyEntry,
    PartyStepEntry,
    RatificationEntry,
    RelationEntry,
    RenewalEntry,
    SignatoryEntry,
    SignatureEntry,
    StepEntry,
    SupersessionEntry,
    SuspensionEntry,
    TerminationEntry,
    TextEntry,
)
from engagements.agreements.services.scheduled_changes import (
    apply_scheduled_change,
    compute_status_anew,
    find_due_changes,
    find_outdated,
)
from engagements.agreements.services.statuses import CLOCK_NAME
from engagements.agreements.services.steps import LIKELY_STEPS, STEPS

__all__ = [
    "CLOCK_NAME",
    "LIKELY_STEPS",
    "STEPS",
    "ActEntry",
    "AgreementEntry",
    "ApprovalEntry",
    "AttestationEntry",
    "FocalPointEntry",
    "PartyEntry",
    "PartyStepEntry",
    "RatificationEntry",
    "RelationEntry",
    "RenewalEntry",
    "SignatoryEntry",
    "SignatureEntry",
    "StepEntry",
    "SupersessionEntry",
    "SuspensionEntry",
    "TerminationEntry",
    "TextEntry",
    "apply_scheduled_change",
    "compute_status_anew",
    "correct_agreement",
    "due_about",
    "due_for_renewal",
    "due_of",
    "find_due_changes",
    "find_outdated",
    "open_agreement",
]
