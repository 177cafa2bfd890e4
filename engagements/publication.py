"""The partner documents of the log: engagements without what was said, readouts, and texts of agreements."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from engagements.models import Attachment, Engagement, Paper, Participant
from engagements.models.prefetches import SHOWN_WITH_ENGAGEMENTS
from engagements.services.participant_lines import participant_lines
from engagements.vocabulary import SHAREABLE_PAPERS, Side
from sgoffice.documents.publications import Mention, PartnerDocument, publishes
from sgoffice.records.models import Entry


@publishes(
    Engagement,
    renderer=3,
    select=("country", "principal"),
    prefetch=SHOWN_WITH_ENGAGEMENTS,
)
def engagement_for_partners(engagement: Engagement) -> PartnerDocument:
    """Return what partners see of an engagement: no summary, outcome, papers, warnings or responses."""
    participants = participant_lines(engagement)
    content = {
        "title": engagement.title,
        "kind": engagement.kind,
        "meeting_format": engagement.meeting_format,
        "status": engagement.status,
        "level": engagement.level,
        "held": engagement.held,
        "date_basis": engagement.date_basis,
        "starts_at": _in_utc(engagement.starts_at),
        "ends_at": _in_utc(engagement.ends_at),
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


@publishes(Paper, named="readout", only=lambda paper: paper.kind in SHAREABLE_PAPERS, select=("engagement",))
def readout_for_partners(paper: Paper) -> PartnerDocument:
    """Return a readout or joint statement for partners; other papers never get to them.

    Of the engagement it tells nothing but its id, and that only to partners who have the engagement too.
    """
    content = {
        "kind": paper.kind,
        "title": paper.title,
        "language": paper.language,
        "text": paper.text,
        "issued_on": paper.issued_on,
    }
    entry = Entry.objects.select_related("merged_into").get(pk=paper.engagement_id)
    about = entry.merged_into or entry
    mention = Mention(about.pk, {"id": about.pk, "reference": about.reference})
    return PartnerDocument(content, mentions={"engagements": [mention]})


@publishes(Attachment, only=lambda file: file.agreement_id is not None and file.content_id is not None)
def text_for_partners(attachment: Attachment) -> PartnerDocument:
    """Return the text of an agreement for partners, who get no file of an engagement, and none that is elsewhere.

    It has no names, so a standing rule grants none: each text that is not public is released by itself.
    """
    entry = Entry.objects.select_related("merged_into").get(pk=attachment.about.pk)
    about = entry.merged_into or entry
    mention = Mention(about.pk, {"id": about.pk, "reference": about.reference})
    return PartnerDocument(text_members(attachment), mentions={"agreements": [mention]})


def text_members(attachment: Attachment) -> dict[str, Any]:
    """Return what partners are told of the file of a text, wherever they are told of it."""
    return {
        "title": attachment.title,
        "language": attachment.language,
        "media_type": attachment.media_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "address": f"/api/v1/partner/attachments/{attachment.pk}/content",
    }


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
            for capacity in participant.shown_capacities
        ],
    }


def _in_utc(moment: datetime | None) -> datetime | None:
    """Return an instant as the database has it: an open record may hold it on the clocks of the place."""
    return moment and moment.astimezone(UTC)


def _name_of(record: Any) -> dict[str, Any] | None:
    return None if record is None else {"id": record.survivor.pk, "name": record.survivor.name}


def _counterpart_names(participants: list[Participant]) -> frozenset[UUID]:
    """Return the organizations of the counterparts, and the countries that they speak for."""
    found: set[UUID] = set()
    for participant in participants:
        if participant.side != Side.THEIRS:
            continue
        capacities = participant.shown_capacities
        for organization in [participant.organization, *(capacity.organization for capacity in capacities)]:
            if organization is not None:
                found |= organization.stands_for
        found |= {capacity.country.pk for capacity in capacities if capacity.country}
    return frozenset(found)
