"""What is carried out once two people agree on it: terms of office."""

from typing import Any
from uuid import UUID

from appointments import services
from appointments.services.term_links import LINKS
from appointments.services.term_proposals import APPOINT, CORRECT_TERM, EXTEND
from sgoffice.approvals.actions import carries_out
from sgoffice.approvals.models import Approval
from sgoffice.records.actors import Actor
from sgoffice.records.entries import Correction


@carries_out(APPOINT, "Appoint")
def appoint(approval: Approval, by: Actor) -> None:
    """Give the person the term that was proposed."""
    if approval.subject_id is not None:
        services.appoint(approval.subject_id, _content(approval), **_door(approval, by))


@carries_out(EXTEND, "Extend a term")
def extend(approval: Approval, by: Actor) -> None:
    """Let the holder stay until the day that was proposed."""
    if approval.subject_id is not None:
        door = _door(approval, by)
        entry = services.ExtensionEntry(**_content(approval), reason=door.pop("reason"))
        services.extend_appointment(approval.subject_id, entry, **door)


@carries_out(CORRECT_TERM, "Correct a term")
def correct_term(approval: Approval, by: Actor) -> None:
    """Give a term the dates that were proposed."""
    if approval.subject_id is not None:
        correction = Correction(services.AppointmentEntry, _content(approval))
        services.correct_appointment(approval.subject_id, correction, **_door(approval, by))


def _content(approval: Approval) -> dict[str, Any]:
    """Return what was proposed, with ids as the services take them."""
    content = dict(approval.content)
    return content | {name: UUID(content[name]) for name in LINKS if content.get(name)}


def _door(approval: Approval, by: Actor) -> dict[str, Any]:
    return {"by": by, "expected": approval.expected(), "reason": approval.reason_told()}
