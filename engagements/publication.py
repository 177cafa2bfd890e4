"""The partner document of an engagement: when, where and between whom, never what was said."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from engagements.models import Capacity, Engagement, EngagementTopic, Participant
from engagements.vocabulary import Side
from sgoffice.documents.publications import PartnerDocument, publishes


@publishes(
    Engagement,
    renderer=2,
    select=("country", "principal"),
    prefetch=(
        Prefetch("subjects", EngagementTopic.objects.select_related("topic")),
        Prefetch("participants", Participant.objects.select_related("person", "organization__country")),
        Prefetch("participants__capacities", Capacity.objects.select_related("organization__country", "country")),
    ),
)
def engagement_for_partners(engagement: Engagement) -> PartnerDocument:
    """Return what partners see of an engagement: no summary, outcome, papers, warnings or responses."""
    participants = list(engagement.participants.all())
    content = {
        "title": engagement.title,
        "kind": engagement.kind,
        "meeting_format": engagement.meeting_format,
        "status": engagement.status,
        "level": engagement.level,
        "held": engagement.held,
        "date_basis": engagement.date_basis,
        "starts_at": engagement.starts_at,
        "ends_at": engagement.ends_at,
        "time_zone": engagement.time_zone,
        "venue": engagement.venue,
        "city": engagement.city,
        "country": engagement.country_id,
        "principal": _name_of(engagement.principal),
        "principal_title": engagement.principal_title,
        "participants": [_participant(participant) for participant in participants],
        "topics": [_name_of(topic) for topic in engagement.topics],
    }
    return PartnerDocument(content, _counterpart_names(participants))


def _participant(participant: Participant) -> dict[str, Any]:
    return {
        "side": participant.side,
        "role": participant.role,
        "person": _name_of(participant.person),
        "organization": _name_of(participant.organization),
        "group": participant.group_description or None,
        "capacities": [
            {
                "title": capacity.title,
                "organization": _name_of(capacity.organization),
                "country": capacity.country_id,
            }
            for capacity in participant.capacities.all()
        ],
    }


def _name_of(record: Any) -> dict[str, Any] | None:
    return None if record is None else {"id": record.survivor.pk, "name": record.survivor.name}


def _counterpart_names(participants: list[Participant]) -> frozenset[UUID]:
    """Return the organizations of the counterparts, and the countries that they speak for."""
    found: set[UUID] = set()
    for participant in participants:
        if participant.side != Side.THEIRS:
            continue
        capacities = participant.capacities.all()
        for organization in [participant.organization, *(capacity.organization for capacity in capacities)]:
            if organization is not None:
                found |= organization.stands_for
        found |= {capacity.country.pk for capacity in capacities if capacity.country}
    return frozenset(found)
