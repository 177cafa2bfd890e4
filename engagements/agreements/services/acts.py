"""Recording an act about an agreement: what every step does, whatever it is called."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from engagements.agreements.models import Agreement
from engagements.agreements.rules import Window, periods_of
from engagements.agreements.rules.bindings import is_suspended_for_some
from engagements.agreements.rules.entry_rules import require_effect, require_step
from engagements.agreements.services.agreement_changes import change_agreement
from engagements.agreements.services.agreement_parts import AgreementParts
from engagements.agreements.services.approvals import require_fitting_approval
from engagements.agreements.services.entries import ActEntry, SignatoryEntry, StepEntry, SupersessionEntry
from engagements.agreements.services.links import add_relation, link_decisions, require_decisions, require_kind
from engagements.agreements.vocabulary import ActKind, Relation
from sgoffice.changes.door import ANY_VERSION, Expected, change, current_actor
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry


def record_any_act(
    agreement_id: UUID, act: ActEntry, *, verb: str, by: Actor, expected: Expected, reason: str = ""
) -> Agreement:
    """Record an act as it is, whether or not it makes sense in the status of its day."""
    with change_agreement(agreement_id, verb=verb, by=by, expected=expected, reason=reason) as agreement:
        _add(AgreementParts.of(agreement), act)
    return agreement


def take_step(
    agreement_id: UUID,
    kind: str,
    entry: StepEntry,
    *,
    by: Actor,
    expected: Expected,
    signatories: Sequence[SignatoryEntry] = (),
) -> Agreement:
    """Record an act that the status of its day allows; raises RuleViolation for any other."""
    with change_agreement(agreement_id, verb=kind, by=by, expected=expected) as agreement:
        parts, act = AgreementParts.of(agreement), _act(kind, entry)
        _take(parts, act, signatories)
    return agreement


def record_supersession(agreement_id: UUID, entry: SupersessionEntry, *, by: Actor, expected: Expected) -> Agreement:
    """Record the supersession of an agreement, and relate the newer agreement to it."""
    newer = entry.by_agreement
    require_kind("agreement", {"/by_agreement": newer}, by=by)
    if newer == agreement_id:
        raise InvalidEntry([("/by_agreement", "An agreement cannot supersede itself.")])
    opened: dict[UUID, Agreement] = {}
    with ExitStack() as stack:
        for pk in sorted([agreement_id, newer]):  # rows are always locked in the order of their ids
            version = expected if pk == agreement_id else ANY_VERSION
            opened[pk] = stack.enter_context(change(Agreement, pk, verb="supersede", by=by, expected=version))
        add_relation(newer, Relation.SUPERSEDES, agreement_id, pointer="/by_agreement")
        parts, act = AgreementParts.of(opened[agreement_id]), _act(ActKind.SUPERSESSION, entry)
        _take(parts, act)
    return opened[agreement_id]


def _take(parts: AgreementParts, act: ActEntry, signatories: Sequence[SignatoryEntry] = ()) -> None:
    """Add an act that the status of its day allows, and that changes something."""
    day, before = _require_step(parts, act), parts.case()
    parts.add_act(act)
    parts.check()
    _require_fitting(act, parts)
    require_effect(act.kind, before, parts.case(), on=day)
    _save(parts, act, signatories)


def _add(parts: AgreementParts, act: ActEntry) -> None:
    parts.add_act(act)
    _require_fitting(act, parts)
    _save(parts, act)


def _require_fitting(act: ActEntry, parts: AgreementParts) -> None:
    require_decisions({"/decision": act.decision}, by=current_actor())
    require_fitting_approval(parts, act, by=current_actor())


def _save(parts: AgreementParts, act: ActEntry, signatories: Sequence[SignatoryEntry] = ()) -> None:
    for place, signatory in enumerate(signatories):
        party_id = parts.party_id(act.party, "/party")
        if party_id is None:
            raise InvalidEntry([("/party", "Name the party for which they signed.")])
        parts.add_signatory(party_id, signatory, f"/signatories/{place}")
    parts.save()
    link_decisions(parts.agreement.pk, {"/decision": act.decision}, by=current_actor())


def _require_step(parts: AgreementParts, act: ActEntry) -> date:
    """Return the day whose status allows the act."""
    try:
        window = Window.of(act.date_of_effect or act.date)
    except ValueError as error:
        raise InvalidEntry([("/date", str(error))]) from None
    if window is None:
        raise InvalidEntry([("/date", "Give the date; use “Any other act” for an act without a known date.")])
    if act.kind == ActKind.RESUMPTION and is_suspended_for_some(parts.case(), window.latest):
        return window.latest
    period = next(item for item in periods_of(parts.case()) if item.contains(window.latest))
    require_step(act.kind, period.status, period.sentence, on=window.latest)
    return window.latest


def _act(kind: str, entry: StepEntry) -> ActEntry:
    """Return the act that a step's entry stands for: the fields that both have."""
    known = {item.name for item in fields(ActEntry)} - {"kind"}
    values: dict[str, Any] = {item.name: getattr(entry, item.name) for item in fields(entry) if item.name in known}
    return ActEntry(kind=kind, **values)
