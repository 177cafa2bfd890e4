"""What is done about an agreement: one core that records an act, and a door for each step that people name."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import fields
from typing import Any
from uuid import UUID

from engagements.agreements.models import Agreement
from engagements.agreements.rules import Window, periods_of
from engagements.agreements.rules.entry_rules import require_step
from engagements.agreements.services import entries
from engagements.agreements.services.agreement_parts import AgreementParts
from engagements.agreements.services.links import add_relation, link_decisions, require_kind
from engagements.agreements.vocabulary import RATIFYING, ActKind, Relation
from sgoffice.changes.door import ANY_VERSION, Expected, change, current_actor
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import InvalidEntry


def record_act(
    agreement_id: UUID, entry: entries.ActEntry, *, by: Actor, expected: Expected, reason: str = ""
) -> Agreement:
    """Record any act, past ones and doubtful ones included; the periods follow in the same transaction.

    Raises RuleViolation when the act says what none of its kind can; InvalidEntry for ids and dates that mean nothing.
    """
    return _record(agreement_id, entry, verb="record_act", by=by, expected=expected, reason=reason)


def initial(agreement_id: UUID, entry: entries.PartyStepEntry, *, by: Actor, expected: Expected) -> Agreement:
    """Record the initialling of the text. Raises RuleViolation when the agreement has ended."""
    return _step(agreement_id, ActKind.INITIALLING, entry, by=by, expected=expected)


def sign(agreement_id: UUID, entry: entries.SignatureEntry, *, by: Actor, expected: Expected) -> Agreement:
    """Sign for a party, or for all of them. Raises RuleViolation when the agreement has ended."""
    return _step(agreement_id, ActKind.SIGNATURE, entry, by=by, expected=expected, signatories=entry.signatories)


def approve(agreement_id: UUID, entry: entries.ApprovalEntry, *, by: Actor, expected: Expected) -> Agreement:
    """Record an approval, before or after signature; a decision that it names is linked.

    A body's approval counts for the party whose body it is, unless on_behalf_of says otherwise.
    """
    return _step(agreement_id, ActKind.APPROVAL, entry, by=by, expected=expected)


def ratify(agreement_id: UUID, entry: entries.RatificationEntry, *, by: Actor, expected: Expected) -> Agreement:
    """Record that a party is bound: by ratification, acceptance or accession."""
    if entry.kind not in RATIFYING:
        raise InvalidEntry([("/kind", f"It is one of: {', '.join(RATIFYING)}.")])
    return _step(agreement_id, entry.kind, entry, by=by, expected=expected)


def notify(agreement_id: UUID, entry: entries.PartyStepEntry, *, by: Actor, expected: Expected) -> Agreement:
    """Record that a party notified that its procedures are done."""
    return _step(agreement_id, ActKind.NOTIFICATION, entry, by=by, expected=expected)


def apply_provisionally(
    agreement_id: UUID, entry: entries.SuspensionEntry, *, by: Actor, expected: Expected
) -> Agreement:
    """Apply the agreement provisionally, perhaps until a day."""
    return _step(agreement_id, ActKind.PROVISIONAL_APPLICATION, entry, by=by, expected=expected)


def bring_into_force(agreement_id: UUID, entry: entries.StepEntry, *, by: Actor, expected: Expected) -> Agreement:
    """Record that the agreement entered into force. Raises RuleViolation when it is in force or has ended."""
    return _step(agreement_id, ActKind.ENTRY_INTO_FORCE, entry, by=by, expected=expected)


def suspend(agreement_id: UUID, entry: entries.SuspensionEntry, *, by: Actor, expected: Expected) -> Agreement:
    """Suspend the agreement, perhaps until a day. Raises RuleViolation when it is suspended or has ended."""
    return _step(agreement_id, ActKind.SUSPENSION, entry, by=by, expected=expected)


def resume(agreement_id: UUID, entry: entries.PartyStepEntry, *, by: Actor, expected: Expected) -> Agreement:
    """End a suspension. Raises RuleViolation when the agreement is not suspended."""
    return _step(agreement_id, ActKind.RESUMPTION, entry, by=by, expected=expected)


def renew(agreement_id: UUID, entry: entries.RenewalEntry, *, by: Actor, expected: Expected) -> Agreement:
    """Renew the agreement, perhaps until a day. Raises RuleViolation when it ended otherwise than by expiry."""
    return _step(agreement_id, ActKind.RENEWAL, entry, by=by, expected=expected)


def give_notice(agreement_id: UUID, entry: entries.TerminationEntry, *, by: Actor, expected: Expected) -> Agreement:
    """Give notice: the agreement ends on the day that it names, or at the end of its notice period."""
    return _step(agreement_id, ActKind.NOTICE_OF_TERMINATION, entry, by=by, expected=expected)


def withdraw(agreement_id: UUID, entry: entries.TerminationEntry, *, by: Actor, expected: Expected) -> Agreement:
    """Withdraw one party; with fewer than two left the agreement ends."""
    return _step(agreement_id, ActKind.WITHDRAWAL, entry, by=by, expected=expected)


def terminate_agreement(
    agreement_id: UUID, entry: entries.TerminationEntry, *, by: Actor, expected: Expected
) -> Agreement:
    """Terminate the agreement, at once or with effect later. Raises RuleViolation when it has ended."""
    return _step(agreement_id, ActKind.TERMINATION, entry, by=by, expected=expected)


def let_lapse(agreement_id: UUID, entry: entries.StepEntry, *, by: Actor, expected: Expected) -> Agreement:
    """Record that the agreement lapsed, such as with a party that ceased to exist."""
    return _step(agreement_id, ActKind.LAPSE, entry, by=by, expected=expected)


def attest(agreement_id: UUID, entry: entries.AttestationEntry, *, by: Actor, expected: Expected) -> Agreement:
    """Record that somebody says where the agreement stands. Raises RuleViolation without a source."""
    return _step(agreement_id, ActKind.ATTESTATION, entry, by=by, expected=expected)


def supersede(agreement_id: UUID, entry: entries.SupersessionEntry, *, by: Actor, expected: Expected) -> Agreement:
    """Record that another agreement took the place of this one, and tie the two.

    Raises InvalidEntry when the other one is no agreement, RuleViolation when this one has ended, or when the other one
    rests on it the other way round.
    """
    by.require(Permission.WRITE)
    newer = entry.by_agreement
    require_kind("agreement", {"/by_agreement": newer}, by=by)
    if newer == agreement_id:
        raise InvalidEntry([("/by_agreement", "An agreement does not supersede itself.")])
    opened: dict[UUID, Agreement] = {}
    with ExitStack() as stack:
        for pk in sorted([agreement_id, newer]):  # rows are locked by id, whoever comes from where
            version = expected if pk == agreement_id else ANY_VERSION
            opened[pk] = stack.enter_context(change(Agreement, pk, verb="supersede", by=by, expected=version))
        add_relation(newer, Relation.SUPERSEDES, agreement_id, pointer="/by_agreement")
        _add(opened[agreement_id], _act(ActKind.SUPERSESSION, entry), is_step=True)
    return opened[agreement_id]


def _step(
    agreement_id: UUID,
    kind: str,
    entry: entries.StepEntry,
    *,
    by: Actor,
    expected: Expected,
    signatories: Sequence[entries.SignatoryEntry] = (),
) -> Agreement:
    """Record an act that makes sense where the agreement stands on its day."""
    return _record(
        agreement_id, _act(kind, entry), verb=kind, by=by, expected=expected, is_step=True, signatories=signatories
    )


def _record(
    agreement_id: UUID,
    act: entries.ActEntry,
    *,
    verb: str,
    by: Actor,
    expected: Expected,
    reason: str = "",
    is_step: bool = False,
    signatories: Sequence[entries.SignatoryEntry] = (),
) -> Agreement:
    by.require(Permission.WRITE)
    with change(Agreement, agreement_id, verb=verb, by=by, expected=expected, reason=reason) as agreement:
        _add(agreement, act, is_step=is_step, signatories=signatories)
    return agreement


def _add(
    agreement: Agreement,
    act: entries.ActEntry,
    *,
    is_step: bool,
    signatories: Sequence[entries.SignatoryEntry] = (),
) -> None:
    parts = AgreementParts.of(agreement)
    if is_step:
        _require_step(parts, act)
    parts.add_act(act)
    for place, signatory in enumerate(signatories):
        party_id = parts.party_id(act.party, "/party")
        if party_id is None:
            raise InvalidEntry([("/party", "Say for which party they signed.")])
        parts.add_signatory(party_id, signatory, f"/signatories/{place}")
    parts.save()
    link_decisions(agreement.pk, {"/decision": act.decision}, by=current_actor())


def _require_step(parts: AgreementParts, act: entries.ActEntry) -> None:
    try:
        window = Window.of(act.date_of_effect or act.date)
    except ValueError as error:
        raise InvalidEntry([("/date", str(error))]) from None
    if window is None:
        raise InvalidEntry([("/date", "Say when; what is known without a date is recorded as an act.")])
    period = next(item for item in periods_of(parts.case()) if item.contains(window.latest))
    require_step(act.kind, period.status, period.sentence, on=window.latest)


def _act(kind: str, entry: entries.StepEntry) -> entries.ActEntry:
    """Return the act that a step means: the names that both have."""
    known = {item.name for item in fields(entries.ActEntry)} - {"kind"}
    values: dict[str, Any] = {item.name: getattr(entry, item.name) for item in fields(entry) if item.name in known}
    return entries.ActEntry(kind=kind, **values)
