"""What a term of office is tied to: the session where it was decided, and the decision. Both ends show the tie."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar
from uuid import UUID

from appointments.models import Appointment, Decision, Session
from sgoffice.changes.door import current_actor
from sgoffice.changes.links import set_links
from sgoffice.records.actors import Actor
from sgoffice.records.entries import require_exists
from sgoffice.records.errors import RuleViolation
from sgoffice.records.models import Link, MarkedRecord

T = TypeVar("T", bound=MarkedRecord)

APPOINTED_AT: Final = "appointed_at"
APPOINTED_BY: Final = "appointed_by_decision"
#: Members of an entry that are links, each with its relation and the kind of its target.
LINKS: Final[Mapping[str, tuple[str, type[MarkedRecord]]]] = {
    "session": (APPOINTED_AT, Session),
    "decision": (APPOINTED_BY, Decision),
}


def set_term_links(appointment: Appointment, given: Mapping[str, Any]) -> None:
    """Replace the links of an open appointment for each member that is given; raises as require_term_links()."""
    require_term_links(given, appointed_by=appointment.appointed_by_id)
    for name, (relation, _) in LINKS.items():
        if name in given:
            target = given[name]
            set_links(appointment.pk, relation, (target,) if target else (), pointer=f"/{name}")


def require_term_links(given: Mapping[str, Any], *, appointed_by: UUID | None) -> None:
    """Check what a term is to be tied to, inside the change that does so or proposes it.

    Raises InvalidEntry for an id that names no session or decision, RuleViolation for the decision of another body than
    the one that is said to have appointed.
    """
    for name, (_, model) in LINKS.items():
        require_exists(model, {f"/{name}": given.get(name)}, by=current_actor())
    decision = given.get("decision")
    if decision and appointed_by:
        body = Decision.objects.select_related("body").get(pk=decision).body
        if body.pk != appointed_by:
            detail = f"The {body} took this decision: name it as what appointed, or another decision."
            raise RuleViolation(detail, rule="decision-of-another-body", pointer="/decision")


def tied_to(appointments: Iterable[Appointment], name: str, model: type[T], *, actor: Actor) -> dict[UUID, T]:
    """Return the session or the decision of each appointment, as far as the actor may see it, by appointment."""
    relation = LINKS[name][0]
    links = Link.objects.filter(source__in=[one.pk for one in appointments], relation=relation)
    found = dict(links.values_list("source", "target"))
    rows: Any = model._default_manager.all()
    seen = rows.visible_to(actor).live().in_bulk(list(found.values()))
    return {appointment: seen[target] for appointment, target in found.items() if target in seen}
