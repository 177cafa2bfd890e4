"""The documents of engagements, papers, attachments and action items."""

from datetime import UTC, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from rest_framework import serializers

from appointments.api.references import PostReference
from engagements.api import columns
from engagements.models import (
    ActionItem,
    Attachment,
    Capacity,
    Engagement,
    Paper,
    Participant,
)
from engagements.models.prefetches import SHOWN_WITH_ENGAGEMENTS
from engagements.services.participant_lines import participant_lines
from engagements.vocabulary import ABOUT, ATTACHED_TO, LevelBasis
from sgoffice.api.serializers import MARKED_RECORD_FIELDS, MarkedRecordSerializer, OwnerId
from sgoffice.directory.api.references import (
    CountryReference,
    OfficeReference,
    OrganizationReference,
    PersonReference,
    TopicReference,
)
from sgoffice.documents import document_of
from sgoffice.search import Searched

_REFERENCES = ("reference", "merged_from.reference")


class CapacitySerializer(serializers.ModelSerializer):
    """The capacity in which somebody took part."""

    organization = OrganizationReference(read_only=True, allow_null=True)
    country = CountryReference(read_only=True, allow_null=True)

    class Meta:
        model = Capacity
        fields: ClassVar = ["title", "organization", "country", "called"]


class GroupSerializer(serializers.Serializer):
    """A group of unnamed people."""

    description = serializers.CharField(source="group_description", help_text="Description of the group.")
    count = serializers.IntegerField(source="group_count", allow_null=True, help_text="Number of people.")


class ParticipantSerializer(serializers.ModelSerializer):
    """A person, an organization or a group that took part."""

    person = PersonReference(read_only=True, allow_null=True)
    organization = OrganizationReference(read_only=True, allow_null=True)
    group = serializers.SerializerMethodField(help_text="A group of unnamed people.")
    capacities = CapacitySerializer(source="shown_capacities", many=True, read_only=True)

    class Meta:
        model = Participant
        fields: ClassVar = [
            "id", "side", "role", "mode", "response", "attendance", "person", "organization", "group", "capacities",
            "note",
        ]  # fmt: skip

    def get_group(self, participant: Participant) -> GroupSerializer(allow_null=True):  # type: ignore[valid-type] # what drf-spectacular reads
        """Return the group, if it is one."""
        if not participant.group_description:
            return None
        return {"description": participant.group_description, "count": participant.group_count}


class OccasionSerializer(serializers.Serializer):
    """A named event on whose margins it took place."""

    name = serializers.CharField()
    series = serializers.CharField()
    number = serializers.IntegerField(allow_null=True)
    place = serializers.CharField()
    dates = serializers.CharField(allow_null=True, help_text="EDTF.")


class WarningSerializer(serializers.Serializer):
    """A warning about the record, which blocks nothing."""

    rule = serializers.CharField()
    detail = serializers.CharField()
    pointer = serializers.CharField(help_text="JSON pointer of the member that it is about.")


class UnderstoodNameSerializer(serializers.Serializer):
    """How a name was understood when it was entered, so that a wrong link is seen at once."""

    pointer = serializers.CharField(help_text="JSON pointer of the name in what was sent.")
    name = serializers.CharField(help_text="The name, as it was sent.")
    id = serializers.UUIDField(
        allow_null=True, help_text="The record that it stands for; null for a State or an office."
    )
    why = serializers.CharField(help_text="Why it stands for that record, or that it was entered as a new one.")


class LevelBasisSerializer(serializers.Serializer):
    """What a derived level rests on; null where somebody stated the level, or nothing tells it."""

    rests_on = serializers.ChoiceField(choices=LevelBasis.choices, help_text="A title, a group or a post.")
    title = serializers.CharField(help_text="The title, description or role that the table of titles has.")
    pointer = serializers.CharField(help_text="JSON pointer of the member that says it.")
    doubt = serializers.CharField(help_text="Why the level is doubtful, if it is.")


class LocalInstant(serializers.DateTimeField):
    """An instant on the clocks of the place, with its offset."""

    def to_representation(self, value: datetime) -> str:
        """Return RFC 3339 text with the offset of the zone.

        RFC 3339 has no seconds in offsets, which clocks had until 1937: such an instant is written in UTC.
        """
        offset = value.utcoffset()
        shown = value.astimezone(UTC) if offset and offset.total_seconds() % 60 else value
        return shown.isoformat().replace("+00:00", "Z")


@document_of(
    Engagement,
    columns=columns.ENGAGEMENT,
    searched=Searched(
        address="engagements",
        titles=("title", *_REFERENCES),
        texts=(
            "summary",
            "outcome",
            "venue",
            "city",
            "country.name",
            "country_name_then",
            "office.name",
            "occasion.name",
            "occasion.series",
            "occasion.number",
            "occasion.place",
            "topics.name",
            "principal.name",
            "principal_title",
            "represented_by.name",
            "participants.person.name",
            "participants.organization.name",
            "participants.organization.acronym",
            "participants.group.description",
            "participants.note",
            "participants.capacities.title",
            "participants.capacities.called",
            "participants.capacities.organization.name",
            "participants.capacities.organization.acronym",
            "participants.capacities.country.name",
            "notes.text",
        ),
        countries=("country.code", "participants.capacities.country.code"),
        day=("held",),
    ),
    renderer=5,
    select=("country", "office", "principal", "principal_post", "represented_by"),
    prefetch=SHOWN_WITH_ENGAGEMENTS,
)
class EngagementSerializer(MarkedRecordSerializer):
    """An engagement of the office."""

    starts_at = LocalInstant(
        read_only=True, allow_null=True, help_text="Start, in local time of the place with offset."
    )
    ends_at = LocalInstant(read_only=True, allow_null=True, help_text="End, in local time of the place with offset.")
    country = CountryReference(read_only=True, allow_null=True)
    office = OfficeReference(read_only=True, allow_null=True)
    principal = PersonReference(read_only=True, allow_null=True)
    responsible = serializers.UUIDField(
        source="responsible_id", read_only=True, allow_null=True, help_text="Id of the member of staff in charge."
    )
    principal_post = PostReference(read_only=True, allow_null=True)
    represented_by = PersonReference(read_only=True, allow_null=True)
    occasion = OccasionSerializer(read_only=True, allow_null=True)
    topics = TopicReference(many=True, read_only=True)
    participants = ParticipantSerializer(source="lines", many=True, read_only=True)
    level_basis = LevelBasisSerializer(read_only=True, allow_null=True)
    understood = UnderstoodNameSerializer(many=True, read_only=True)
    warnings = WarningSerializer(many=True, read_only=True)

    class Meta(MarkedRecordSerializer.Meta):
        model = Engagement
        fields: ClassVar = (
            *MARKED_RECORD_FIELDS, "title", "kind", "meeting_format", "status", "status_reason", "reply_by",
            "responsible", "initiative", "level", "level_basis", "counterpart_levels", "held", "held_earliest",
            "held_latest", "date_basis", "starts_at", "ends_at", "time_zone", "venue", "city", "country",
            "country_name_then", "at_headquarters", "office", "principal", "principal_post", "principal_title",
            "principal_attendance", "principal_mode", "represented_by", "occasion", "topics", "summary", "outcome",
            "participants", "understood", "warnings",
        )  # fmt: skip

    def to_representation(self, instance: Engagement) -> dict[str, Any]:
        """Return the engagement with its times in local time of the place."""
        if instance.time_zone:
            here = ZoneInfo(instance.time_zone)
            for name in ("starts_at", "ends_at"):
                moment = getattr(instance, name)
                setattr(instance, name, moment and moment.astimezone(here))
        instance.lines = participant_lines(instance)
        return super().to_representation(instance)


class OwnedSerializer(MarkedRecordSerializer):
    """What belongs to an engagement."""

    engagement = OwnerId(help_text="Id of the engagement; null if some readers may not read it.")


@document_of(
    Paper,
    columns=columns.PAPER,
    searched=Searched(address="papers", titles=("title", *_REFERENCES), texts=("text", "notes.text"), is_dated=True),
    renderer=3,
    select=("engagement",),
)
class PaperSerializer(OwnedSerializer):
    """A paper: a text written for or about an engagement."""

    class Meta(MarkedRecordSerializer.Meta):
        model = Paper
        fields: ClassVar = (*MARKED_RECORD_FIELDS, "engagement", "kind", "title", "language", "text", "issued_on")


@document_of(
    Attachment,
    columns=columns.ATTACHMENT,
    searched=Searched(
        address="attachments", titles=("title", "file_name", *_REFERENCES), texts=("notes.text",), is_dated=True
    ),
    renderer=3,
    select=ATTACHED_TO,
)
class AttachmentSerializer(MarkedRecordSerializer):
    """An attachment with its address; a file that has a size is stored here, at `…/content`.

    It belongs to one record, which is null here if some readers of the attachment may not read it.
    """

    engagement = OwnerId(help_text="Id of the engagement that it belongs to, if it does.")
    agreement = OwnerId(help_text="Id of the agreement that it is a text of, if it is one.")

    class Meta(MarkedRecordSerializer.Meta):
        model = Attachment
        fields: ClassVar = (
            *MARKED_RECORD_FIELDS, "engagement", "agreement", "title", "language", "media_type", "sha256", "address",
            "file_name", "size",
        )  # fmt: skip


class OwnerSerializer(serializers.Serializer):
    """Who is in charge."""

    user = serializers.UUIDField(source="owner_user_id", allow_null=True, help_text="Id of a member of staff.")
    unit = serializers.CharField(source="owner_unit", help_text="Or a unit.")
    person = PersonReference(source="owner_person", allow_null=True)
    organization = OrganizationReference(source="owner_organization", allow_null=True)


@document_of(
    ActionItem,
    columns=columns.ACTION_ITEM,
    searched=Searched(
        address="action-items",
        titles=("text", *_REFERENCES),
        texts=("owner.unit", "owner.person.name", "owner.organization.name", "evidence", "notes.text"),
        day=("due_on",),
        is_dated=True,
    ),
    renderer=3,
    select=("owner_person", "owner_organization", *ABOUT),
)
class ActionItemSerializer(MarkedRecordSerializer):
    """An action item: what is owed, by which side and by when; it is about one record.

    That record is null here if some readers of the item may not read it; whoever may finds it among the links.
    """

    engagement = OwnerId(help_text="Id of the engagement at which it was promised, if it is about one.")
    mandate = OwnerId(help_text="Id of the mandate that it implements, if it is about one.")
    agreement = OwnerId(help_text="Id of the agreement under which it is owed, if it is about one.")
    owner = OwnerSerializer(source="*", read_only=True, help_text="Who is in charge: one of these, or nobody yet.")
    evidence = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta(MarkedRecordSerializer.Meta):
        model = ActionItem
        fields: ClassVar = (
            *MARKED_RECORD_FIELDS, "engagement", "mandate", "agreement", "text", "owed_by", "owner", "due_on", "status",
            "status_reason", "completed_on", "evidence",
        )  # fmt: skip
