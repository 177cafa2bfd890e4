"""Links of decisions: to the session that adopted one, and to earlier decisions that it follows or supersedes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from appointments.models import Decision
from appointments.vocabulary import DecisionRelation
from sgoffice.changes.door import current_actor
from sgoffice.changes.links import set_links
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.models import Entry, Link

ADOPTED_AT = "adopted_at"
#: Members of an entry that are links.
FIELDS = ("session", "follows", "supersedes")


def set_decision_links(decision_id: UUID, given: Mapping[str, Any]) -> None:
    """Replace the links of an open decision for each member that is given.

    Raises InvalidEntry for an id that names no decision, RuleViolation for one that would follow or supersede itself,
    directly or through others.
    """
    if "session" in given:
        set_links(decision_id, ADOPTED_AT, _ids(given["session"]), pointer="/session")
    for relation in DecisionRelation:
        if relation in given:
            targets = _ids(given[relation])
            _require_decisions(targets, f"/{relation}")
            _require_no_circle(decision_id, relation, targets)
            set_links(decision_id, relation, targets, pointer=f"/{relation}")


def _ids(value: UUID | tuple[UUID, ...] | None) -> tuple[UUID, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, UUID) else tuple(dict.fromkeys(value))


def _require_decisions(targets: tuple[UUID, ...], pointer: str) -> None:
    rows = Decision.objects.visible_to(current_actor()).filter(pk__in=targets, is_in_error=False)
    found = set(rows.values_list("pk", flat=True))
    if missing := [target for target in targets if target not in found]:
        raise InvalidEntry([(pointer, f"There is no decision {target}.") for target in missing])


def _require_no_circle(decision_id: UUID, relation: DecisionRelation, targets: tuple[UUID, ...]) -> None:
    earlier, seen = set(targets), set()
    while earlier:
        if decision_id in earlier:
            detail = f"A decision cannot {relation.removesuffix('s')} itself, directly or through others."
            raise RuleViolation(detail, rule="no-circle", pointer=f"/{relation}")
        seen |= earlier
        # what the actor may not see leads nowhere, so that no refusal tells of it; readers bear with a circle
        visible = Entry.objects.visible_to(current_actor()).filter(pk__in=earlier).values("pk")
        found = Link.objects.filter(source__in=visible, relation=relation).values_list("target", flat=True)
        earlier = set(found) - seen
