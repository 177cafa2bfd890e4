"""Links from engagements and action items to other records, checked for the kind of their target."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from engagements.vocabulary import TARGETS, Relation
from sgoffice.changes.door import current_actor
from sgoffice.changes.links import link, set_links
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.models import Entry, Link, Record

#: The relation that each field of an entry stands for.
FIELDS = {
    "part_of": Relation.PART_OF,
    "follows": Relation.FOLLOWS,
    "under": Relation.UNDER,
    "session": Relation.OCCASION,
    "decisions": Relation.DECISION,
    "items": Relation.ON_LIST,
}


def set_entered_links(record: Record, given: Mapping[str, Any]) -> None:
    """Replace the links of an open engagement for each field that is given; a new one has none to replace.

    Raises InvalidEntry for an id that names no record of the right kind, RuleViolation when an engagement would be
    part of itself or follow itself, directly or through others.
    """
    for name, relation in FIELDS.items():
        if given.get(name) or (name in given and not record.is_new):
            set_targets(record.pk, relation, _unique_ids(given[name]), pointer=f"/{name}")


def set_targets(record_id: UUID, relation: Relation, targets: tuple[UUID, ...], *, pointer: str) -> None:
    """Replace the targets of an open record under one relation."""
    _require_kind(TARGETS[relation], targets, pointer)
    if relation in {Relation.PART_OF, Relation.FOLLOWS}:
        _require_no_circle(record_id, relation, targets, pointer)
    set_links(record_id, relation, targets, pointer=pointer)


def add_target(record_id: UUID, relation: Relation, target: UUID, *, pointer: str) -> None:
    """Add one target to those of an open record under a relation."""
    _require_kind(TARGETS[relation], (target,), pointer)
    link(record_id, relation, target, pointer=pointer)


def _unique_ids(value: UUID | Iterable[UUID] | None) -> tuple[UUID, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, UUID) else tuple(dict.fromkeys(value))


def _require_kind(kind: str, targets: Iterable[UUID], pointer: str) -> None:
    rows = Entry.objects.visible_to(current_actor()).filter(pk__in=list(targets), kind=kind, is_in_error=False)
    found = set(rows.values_list("pk", flat=True))
    if missing := [target for target in targets if target not in found]:
        noun = kind.replace("_", " ")
        raise InvalidEntry([(pointer, f"There is no {noun} {target}.") for target in missing])


def _require_no_circle(record_id: UUID, relation: Relation, targets: tuple[UUID, ...], pointer: str) -> None:
    above, seen = set(targets), set()
    while above:
        if record_id in above:
            detail = f"An engagement is not {relation.label.lower().replace(' an earlier engagement', '')} itself."
            raise RuleViolation(detail, rule="no-circle", pointer=pointer)
        seen |= above
        # what the actor may not see leads nowhere, so that no refusal tells of it; readers bear with a circle
        visible = Entry.objects.visible_to(current_actor()).filter(pk__in=above).values("pk")
        found = Link.objects.filter(source__in=visible, relation=relation).values_list("target", flat=True)
        above = set(found) - seen
