"""Whether the decisions and bodies that approvals name fit the agreement: read here, judged by `rules/approvals.py`."""

from uuid import UUID

from appointments.models import Body, Decision
from engagements.agreements.models import Agreement, Party
from engagements.agreements.rules import Window, bodies_of, read_clause
from engagements.agreements.rules.approvals import (
    DecisionValue,
    require_body_of_a_party,
    require_fitting_decision,
)
from engagements.agreements.services.agreement_parts import AgreementParts
from engagements.agreements.services.entries import ActEntry
from engagements.agreements.vocabulary import APPROVED_BY, ActKind, PartySide
from sgoffice.records.actors import Actor
from sgoffice.records.models import Entry, Link


def require_fitting_approval(parts: AgreementParts, act: ActEntry, *, by: Actor, pointer: str = "") -> None:
    """Refuse an approval by a body of nobody, or by a decision about something else.

    The decision exists, and the actor may see it; agreements that the actor may not see say nothing.
    """
    if act.kind != ActKind.APPROVAL:
        return
    if act.by_body is not None and not act.on_behalf_of:
        body = Body.objects.get(pk=act.by_body)
        require_body_of_a_party(is_of_ours=_is_of_ours(body, parts), called=body.name, pointer=pointer)
    if act.decision is not None:
        decision = Decision.objects.select_related("body").get(pk=act.decision)
        value = DecisionValue(
            body=str(decision.body_id),
            called=decision.body.name,
            adopted=Window.of(decision.adopted),
            is_of_ours=bool(act.on_behalf_of) or _is_of_ours(decision.body, parts),
            approves="" if _is_named(decision.body_id, parts) else _other_agreement(decision.pk, parts, by),
        )
        require_fitting_decision(value, by_body=str(act.by_body or ""), date=Window.of(act.date), pointer=pointer)


def _is_of_ours(body: Body, parts: AgreementParts) -> bool:
    is_of_a_party = any(row["organization"] == body.organization_id for row in parts.parties)
    return is_of_a_party or _is_named(body.pk, parts)


def _is_named(body_id: UUID, parts: AgreementParts) -> bool:
    clause = parts.agreement.entry_into_force
    return bool(clause) and str(body_id) in bodies_of(read_clause(clause))


def _other_agreement(decision_id: UUID, parts: AgreementParts, by: Actor) -> str:
    """Return the reference of an agreement that the decision approves and that has no other party in common."""
    linked = Link.objects.filter(relation=APPROVED_BY, target=decision_id).exclude(source=parts.agreement.pk)
    seen = Entry.objects.visible_to(by).filter(pk__in=linked.values("source"), is_in_error=False, merged_into=None)
    ids = list(seen.values_list("pk", flat=True))
    mine = {row["organization"] or row["country"] for row in parts.parties if row["side"] != PartySide.OURS}
    theirs = Party.objects.filter(agreement__in=ids).exclude(side=PartySide.OURS)
    shared = {one.agreement_id for one in theirs if (one.organization_id or one.country_id) in mine}
    found = Agreement.objects.filter(pk__in=set(ids) - shared).order_by("pk").values_list("reference", flat=True)
    return "" if shared else found.first() or ""
