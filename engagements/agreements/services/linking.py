"""The links of agreements: to one another, and to the decisions that approved them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from engagements.agreements.rules.chains import require_no_circle
from engagements.agreements.services.chains import earlier_than
from engagements.agreements.services.entries import RelationEntry
from engagements.agreements.vocabulary import APPROVED_BY, Relation
from sgoffice.changes.links import link, set_links
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Entry


def set_relations(agreement_id: UUID, relations: Sequence[RelationEntry], *, by: Actor) -> None:
    """Make these the relations of an agreement that is open.

    Raises InvalidEntry for a target that is no agreement, RuleViolation when the agreement would rest on itself.
    """
    problems = []
    for place, item in enumerate(relations):
        if item.relation not in Relation:
            problems.append((f"/relations/{place}/relation", f"It is one of: {', '.join(Relation)}."))
    if problems:
        raise InvalidEntry(problems)
    targets = {f"/relations/{place}/agreement": item.agreement for place, item in enumerate(relations)}
    require_kind("agreement", targets, by=by)
    require_no_circle(agreement_id, earlier_than(set(targets.values()) - {agreement_id}))
    for relation in Relation:
        wanted = {item.agreement: item.articles for item in relations if item.relation == relation}
        set_links(agreement_id, relation, tuple(wanted), pointer="/relations")
        for target, articles in wanted.items():
            link(agreement_id, relation, target, pointer="/relations", places=articles)


def relate(agreement_id: UUID, relation: Relation, target: UUID, *, pointer: str) -> None:
    """Add one relation to an agreement that is open; raises RuleViolation when it would rest on itself."""
    require_no_circle(agreement_id, earlier_than({target}), pointer=pointer)
    link(agreement_id, relation, target, pointer=pointer)


def link_decisions(agreement_id: UUID, decisions: Mapping[str, UUID | None], *, by: Actor) -> None:
    """Tie an open agreement to the decisions that its approvals name, by the pointers at which they are named."""
    named = {where: decision for where, decision in decisions.items() if decision is not None}
    require_kind("decision", named, by=by)
    for where, decision in named.items():
        link(agreement_id, APPROVED_BY, decision, pointer=where)


def require_kind(kind: str, targets: Mapping[str, UUID], *, by: Actor) -> None:
    """Raise InvalidEntry for every pointer whose id names no live record of that kind that the actor may see."""
    rows = Entry.objects.visible_to(by).filter(pk__in=set(targets.values()), kind=kind, is_in_error=False)
    found = set(rows.values_list("pk", flat=True))
    if missing := [(where, f"There is no {kind} {key}.") for where, key in targets.items() if key not in found]:
        raise InvalidEntry(missing)
