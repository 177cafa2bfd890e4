"""The steps of an agreement: each declared once, with the service that takes it.

A step is refused (RuleViolation, with its article) in a status that `rules/acts.py` does not allow for its kind of act.
"""

from uuid import UUID

from engagements.agreements.models import Act, Agreement
from engagements.agreements.services import acts
from engagements.agreements.services.entries import (
    ActEntry,
    ApprovalEntry,
    AttestationEntry,
    PartyStepEntry,
    RatificationEntry,
    RenewalEntry,
    SignatureEntry,
    StepEntry,
    SupersessionEntry,
    SuspensionEntry,
    TerminationEntry,
)
from engagements.agreements.vocabulary import RATIFYING, ActKind, Status
from sgoffice.changes.door import Expected
from sgoffice.changes.steps import Steps
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.example_ids import (
    A_BODY,
    A_DECISION,
    A_PERSON,
    AN_AGREEMENT,
    AN_ORGANIZATION,
    ANOTHER_ORGANIZATION,
)

#: The few steps that usually come next, by status; others are possible too.
LIKELY_STEPS: dict[Status, tuple[str, ...]] = {
    Status.IN_NEGOTIATION: ("initial", "sign", "approve"),
    Status.INITIALLED: ("sign", "approve"),
    Status.SIGNED: ("sign", "approve", "ratify", "notify", "bring-into-force"),
    Status.APPROVED: ("sign", "ratify", "notify", "bring-into-force"),
    Status.PROVISIONALLY_APPLIED: ("approve", "ratify", "notify", "bring-into-force"),
    Status.IN_FORCE: ("approve", "renew", "suspend", "give-notice"),
    Status.SUSPENDED: ("resume", "give-notice"),
    Status.NOT_KNOWN: ("sign", "approve", "bring-into-force", "attest"),
}

STEPS = Steps(columns=Act, not_in_form=frozenset({"signatories", "decision", "id"}))


@STEPS.declare(
    "initial",
    "Initial",
    summary="Record the initialling of an agreement",
    example={"date": "2024-12-02", "place_city": "Rotterdam", "place_country": "NL"},
)
def initial_agreement(agreement_id: UUID, entry: PartyStepEntry, *, by: Actor, expected: Expected) -> Agreement:
    return acts.take_step(agreement_id, ActKind.INITIALLING, entry, by=by, expected=expected)


@STEPS.declare(
    "sign",
    "Sign",
    summary="Record the signature of an agreement",
    description="By one party, or without `party` by all of them together.",
    example={
        "date": "2025-01-20",
        "place_city": "Lyon",
        "place_country": "FR",
        "party": AN_ORGANIZATION,
        "signatories": [{"person": A_PERSON, "title": "President"}],
    },
    tone="primary",
)
def sign_agreement(agreement_id: UUID, entry: SignatureEntry, *, by: Actor, expected: Expected) -> Agreement:
    signatories = entry.signatories
    return acts.take_step(agreement_id, ActKind.SIGNATURE, entry, by=by, expected=expected, signatories=signatories)


@STEPS.declare(
    "approve",
    "Approve",
    summary="Record the approval of an agreement",
    description="By a party or a governing body, before or after signature.",
    example={"date": "2025-11-26", "by_body": A_BODY, "decision": A_DECISION},
)
def approve_agreement(agreement_id: UUID, entry: ApprovalEntry, *, by: Actor, expected: Expected) -> Agreement:
    """Link the decision; a body approves for its own party unless `on_behalf_of` names another."""
    return acts.take_step(agreement_id, ActKind.APPROVAL, entry, by=by, expected=expected)


@STEPS.declare(
    "ratify",
    "Ratify",
    summary="Record the ratification of an agreement",
    description="A party states that it is bound: by ratification, acceptance or accession.",
    example={"kind": "acceptance", "date": "2025-02-20", "party": AN_ORGANIZATION},
)
def ratify_agreement(agreement_id: UUID, entry: RatificationEntry, *, by: Actor, expected: Expected) -> Agreement:
    if entry.kind not in RATIFYING:
        raise InvalidEntry([("/kind", f"Choose one of: {', '.join(RATIFYING)}.")])
    return acts.take_step(agreement_id, entry.kind, entry, by=by, expected=expected)


@STEPS.declare(
    "notify",
    "Notify",
    summary="Record a notification",
    description="A party gives notice that its internal procedures are complete.",
    example={"date": "2025-03-01", "party": AN_ORGANIZATION},
)
def record_notification(agreement_id: UUID, entry: PartyStepEntry, *, by: Actor, expected: Expected) -> Agreement:
    return acts.take_step(agreement_id, ActKind.NOTIFICATION, entry, by=by, expected=expected)


@STEPS.declare(
    "apply-provisionally",
    "Apply provisionally",
    summary="Apply an agreement provisionally",
    description="Until further notice, or until a day.",
    example={"date": "2025-03-02", "until": "2025-12-31"},
)
def apply_agreement_provisionally(
    agreement_id: UUID, entry: SuspensionEntry, *, by: Actor, expected: Expected
) -> Agreement:
    return acts.take_step(agreement_id, ActKind.PROVISIONAL_APPLICATION, entry, by=by, expected=expected)


@STEPS.declare(
    "bring-into-force",
    "Bring into force",
    summary="Record the entry into force of an agreement",
    example={"date": "2025-04-01", "source": "Note of the depositary"},
)
def bring_agreement_into_force(agreement_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected) -> Agreement:
    return acts.take_step(agreement_id, ActKind.ENTRY_INTO_FORCE, entry, by=by, expected=expected)


@STEPS.declare(
    "suspend",
    "Suspend",
    summary="Suspend an agreement",
    description="Until it is resumed, or until a day.",
    example={"date": "2025-05-01", "text": "Until the audit is over."},
)
def suspend_agreement(agreement_id: UUID, entry: SuspensionEntry, *, by: Actor, expected: Expected) -> Agreement:
    return acts.take_step(agreement_id, ActKind.SUSPENSION, entry, by=by, expected=expected)


@STEPS.declare(
    "resume",
    "Resume",
    summary="Resume a suspended agreement",
    example={"date": "2025-07-01"},
)
def resume_agreement(agreement_id: UUID, entry: PartyStepEntry, *, by: Actor, expected: Expected) -> Agreement:
    return acts.take_step(agreement_id, ActKind.RESUMPTION, entry, by=by, expected=expected)


@STEPS.declare(
    "renew",
    "Renew",
    summary="Renew an agreement",
    description="For good, or until a day.",
    example={"date": "2025-08-01", "until": "2035-01-20"},
)
def renew_agreement(agreement_id: UUID, entry: RenewalEntry, *, by: Actor, expected: Expected) -> Agreement:
    return acts.take_step(agreement_id, ActKind.RENEWAL, entry, by=by, expected=expected)


@STEPS.declare(
    "give-notice",
    "Give notice",
    summary="Give notice of termination",
    description="The agreement ends on the day that the notice names, or at the end of its notice period or term.",
    example={"date": "2025-09-01", "party": ANOTHER_ORGANIZATION},
)
def give_notice(agreement_id: UUID, entry: TerminationEntry, *, by: Actor, expected: Expected) -> Agreement:
    return acts.take_step(agreement_id, ActKind.NOTICE_OF_TERMINATION, entry, by=by, expected=expected)


@STEPS.declare(
    "revoke-notice",
    "Revoke notice",
    summary="Record the revocation of a notice",
    description="Before it takes effect: of a notice of termination, a withdrawal, a suspension or a termination.",
    example={"date": "2025-09-10", "party": ANOTHER_ORGANIZATION},
)
def revoke_notice(agreement_id: UUID, entry: PartyStepEntry, *, by: Actor, expected: Expected) -> Agreement:
    return acts.take_step(agreement_id, ActKind.REVOCATION, entry, by=by, expected=expected)


@STEPS.declare(
    "withdraw",
    "Withdraw",
    summary="Record the withdrawal of a party",
    description="Of two parties, the agreement ends; of several, it ends for that party.",
    example={"date": "2025-09-15", "party": ANOTHER_ORGANIZATION},
)
def withdraw_party(agreement_id: UUID, entry: TerminationEntry, *, by: Actor, expected: Expected) -> Agreement:
    return acts.take_step(agreement_id, ActKind.WITHDRAWAL, entry, by=by, expected=expected)


@STEPS.declare(
    "terminate",
    "Terminate",
    summary="Terminate an agreement",
    description="At once, or with effect on a later day.",
    example={"date": "2025-10-01", "date_of_effect": "2026-04-01", "text": "By mutual consent."},
    tone="danger",
)
def terminate_agreement(agreement_id: UUID, entry: TerminationEntry, *, by: Actor, expected: Expected) -> Agreement:
    return acts.take_step(agreement_id, ActKind.TERMINATION, entry, by=by, expected=expected)


@STEPS.declare(
    "lapse",
    "Lapse",
    summary="Record the lapse of an agreement",
    description="Such as when a party ceased to exist.",
    example={"date": "2025-10-01", "text": "The Association was dissolved."},
)
def let_agreement_lapse(agreement_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected) -> Agreement:
    return acts.take_step(agreement_id, ActKind.LAPSE, entry, by=by, expected=expected)


@STEPS.declare(
    "supersede",
    "Supersede",
    summary="Record the supersession of an agreement by another",
    example={"date": "2025-10-01", "by_agreement": AN_AGREEMENT},
)
def supersede_agreement(agreement_id: UUID, entry: SupersessionEntry, *, by: Actor, expected: Expected) -> Agreement:
    """Raise InvalidEntry when the other is not an agreement, RuleViolation also when it already rests on this one."""
    return acts.record_supersession(agreement_id, entry, by=by, expected=expected)


@STEPS.declare(
    "attest",
    "Attest",
    summary="Record an attestation of an agreement's status",
    description="A source states the status of the agreement on a day; what acts prove outweighs it.",
    example={"date": "2025-10-05", "attests": "in_force", "source": "List of agreements on the Association's site"},
)
def attest_status(agreement_id: UUID, entry: AttestationEntry, *, by: Actor, expected: Expected) -> Agreement:
    return acts.take_step(agreement_id, ActKind.ATTESTATION, entry, by=by, expected=expected)


@STEPS.declare(
    "acts",
    "Any other act",
    summary="Record an act about an agreement",
    description="Any act, also past, imprecise or doubtful ones; only steps ask whether the status allows it.",
    example={"kind": "milestone", "date": "2025-02", "text": "First joint exercise."},
)
def record_act(agreement_id: UUID, entry: ActEntry, *, by: Actor, expected: Expected, reason: str = "") -> Agreement:
    return acts.record_any_act(agreement_id, entry, verb="record_act", by=by, expected=expected, reason=reason)
