"""The ties of engagements and action items to other records: checked for their kind, made inside change()."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from engagements.vocabulary import TARGETS, Relation
from sgoffice.changes.door import current_actor
from sgoffice.changes.links import link, set_links
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.models import Entry, Link

#: Which field of an entry says which tie.
FIELDS = {
    "part_of": Relation.PART_OF,
    "follows": Relation.FOLLOWS,
    "under": Relation.UNDER,
    "session": Relation.OCCASION,
    "decisions": Relation.DECISION,
    "items": Relation.ON_LIST,
}


def set_ties(record_id: UUID, given: Mapping[str, Any]) -> None:
    """Make the ties that an entry names those of an open engagement; fields that it does not name stay.

    Raises InvalidEntry for an id that names no record of the right kind, RuleViolation when an engagement would be
    part of itself, or follow itself, through whatever chain.
    """
    for name, relation in FIELDS.items():
        if name not in given:
            continue
        value = given[name]
        targets = _tuple_of(value)
        tie(record_id, relation, targets, pointer=f"/{name}")


def tie(record_id: UUID, relation: Relation, targets: tuple[UUID, ...], *, pointer: str) -> None:
    """Make these the targets of an open record under one relation."""
    _require_kind(TARGETS[relation], targets, pointer)
    if relation in {Relation.PART_OF, Relation.FOLLOWS}:
        _require_no_circle(record_id, relation, targets, pointer)
    set_links(record_id, relation, targets, pointer=pointer)


def add_tie(record_id: UUID, relation: Relation, target: UUID, *, pointer: str) -> None:
    """Tie an open record to one more under a relation."""
    _require_kind(TARGETS[relation], (target,), pointer)
    link(record_id, relation, target, pointer=pointer)


def _tuple_of(value: Any) -> tuple[UUID, ...]:
    if value is None:
        return ()
    return tuple(dict.fromkeys(value)) if isinstance(value, tuple | list) else (value,)


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
        found = Link.objects.filter(source__in=above, relation=relation).values_list("target", flat=True)
        above = set(found) - seen
