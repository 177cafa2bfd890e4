"""What partners get of decisions and of appointments."""

from typing import Any

from appointments.models import Appointment, Body, Decision
from sgoffice.documents.publications import PartnerDocument, publishes


@publishes(Decision, renderer=2, select=["body__organization"])
def decision_for_partners(decision: Decision) -> PartnerDocument:
    """Return a decision for partners, without the mandates of the Secretariat."""
    content = {
        "body": _body(decision.body),
        "kind": decision.kind,
        "symbol": decision.symbol,
        "title": decision.title,
        "adopted": decision.adopted,
        "adoption": decision.adoption,
        "text": decision.text,
    }
    return PartnerDocument(content, frozenset({decision.body.organization_id}))


@publishes(Appointment, renderer=2, select=["post__organization", "person", "proposed_by", "appointed_by"])
def appointment_for_partners(appointment: Appointment) -> PartnerDocument:
    """Return an appointment for partners."""
    during = appointment.during
    content = {
        "post": {"id": appointment.post_id, "slug": appointment.post.slug, "label": appointment.post.label},
        "person": {"id": appointment.person.survivor.pk, "name": appointment.person.survivor.name},
        "kind": appointment.kind,
        "state": appointment.state,
        "number": appointment.number,
        "title": appointment.title,
        "proposed": appointment.proposed,
        "proposed_by": _body(appointment.proposed_by),
        "appointed": appointment.appointed,
        "appointed_by": _body(appointment.appointed_by),
        "start": appointment.start,
        "end": appointment.end,
        "expected_end": appointment.expected_end,
        "first_day": during.lower if during else None,
        "until": during.upper if during else None,
        "end_reason": appointment.end_reason,
    }
    return PartnerDocument(content, frozenset({appointment.post.organization_id}))


def _body(body: Body | None) -> dict[str, Any] | None:
    return None if body is None else {"id": body.pk, "slug": body.slug, "name": body.name}
