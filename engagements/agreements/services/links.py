"""The links of agreements: to one another, and to the decisions that approved them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from engagements.agreements.rules.relations import require_no_circle
from engagements.agreements.services.entries import RelationEntry
from engagements.agreements.services.related_agreements import earlier_than
from engagements.agreements.vocabulary import APPROVED_BY, Relation
from sgoffice.changes.door import current_actor
from sgoffice.changes.links import link, set_links
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Entry


def set_relations(agreement_id: UUID, relations: Sequence[RelationEntry], *, by: Actor) -> None:
    """Replace the relations of an agreement that is open for change.

    Raises InvalidEntry for a target that is not an agreement, RuleViolation when the agreement would rest on itself.
    """
    problems = []
    for place, item in enumerate(relations):
        if item.relation not in Relation:
            problems.append((f"/relations/{place}/relation", f"Choose one of: {', '.join(Relation)}."))
    if problems:
        raise InvalidEntry(problems)
    targets = {f"/relations/{place}/agreement": item.agreement for place, item in enumerate(relations)}
    require_kind("agreement", targets, by=by)
    require_no_circle(agreement_id, earlier_than(set(targets.values()) - {agreement_id}, by=by))
    for relation in Relation:
        wanted = {item.agreement: item.articles for item in relations if item.relation == relation}
        set_links(agreement_id, relation, tuple(wanted), pointer="/relations")
        for target, articles in wanted.items():
            link(agreement_id, relation, target, pointer="/relations", places=articles)


def add_relation(agreement_id: UUID, relation: Relation, target: UUID, *, pointer: str) -> None:
    """Add one relation to an agreement that is open for change; raises RuleViolation if it would rest on itself."""
    require_no_circle(agreement_id, earlier_than({target}, by=current_actor()), pointer=pointer)
    link(agreement_id, relation, target, pointer=pointer)


def link_decisions(agreement_id: UUID, decisions: Mapping[str, UUID | None], *, by: Actor) -> None:
    """Link an agreement that is open for change to the decisions that its approvals name, each by its pointer."""
    named = require_decisions(decisions, by=by)
    for where, decision in named.items():
        link(agreement_id, APPROVED_BY, decision, pointer=where)


def require_decisions(decisions: Mapping[str, UUID | None], *, by: Actor) -> dict[str, UUID]:
    """Return the decisions that are named; raises InvalidEntry for what is none that the actor may see."""
    named = {where: decision for where, decision in decisions.items() if decision is not None}
    require_kind("decision", named, by=by)
    return named


def require_kind(kind: str, targets: Mapping[str, UUID], *, by: Actor) -> None:
    """Raise InvalidEntry for every pointer whose id is not that of a live record of the kind that the actor may see."""
    rows = Entry.objects.visible_to(by).filter(pk__in=set(targets.values()), kind=kind, is_in_error=False)
    found = set(rows.values_list("pk", flat=True))
    if missing := [(where, f"There is no {kind} {key}.") for where, key in targets.items() if key not in found]:
        raise InvalidEntry(missing)
