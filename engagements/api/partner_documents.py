"""Engagements as partners get them, member by member."""

from typing import ClassVar

from rest_framework import serializers

from engagements.models import Attachment, Engagement, Paper
from engagements.vocabulary import (
    DateBasis,
    EngagementKind,
    EngagementStatus,
    Level,
    MeetingFormat,
    PaperKind,
    ParticipantRole,
    Side,
)
from sgoffice.api.partner_documents import NamedRecordSerializer, PartnerDocumentSerializer, sources
from sgoffice.documents.publications import describes


class CapacityForPartnersSerializer(serializers.Serializer):
    """In what quality somebody took part."""

    title = serializers.CharField(help_text="The title on that day; empty: not known.")
    organization = NamedRecordSerializer(allow_null=True, help_text="The organization that they spoke for; null: none.")
    country = serializers.CharField(
        allow_null=True, help_text="The code of the country that they spoke for (ISO 3166-1 alpha-2); null: none."
    )


class ParticipantForPartnersSerializer(serializers.Serializer):
    """A person, an organization or a group that took part."""

    side = serializers.ChoiceField(choices=Side.choices, help_text="On which side of the table.")
    role = serializers.ChoiceField(
        choices=ParticipantRole.choices, allow_blank=True, help_text="The part that they had; empty: not known."
    )
    person = NamedRecordSerializer(allow_null=True, help_text="Who; null: not a single person.")
    organization = NamedRecordSerializer(
        allow_null=True, help_text="Which organization, if it took part as one; or null."
    )
    group = serializers.CharField(allow_null=True, help_text="Several people without names, in words; or null.")
    capacities = CapacityForPartnersSerializer(many=True, help_text="In what qualities, the first one first.")


@describes(Engagement)
class EngagementForPartnersSerializer(PartnerDocumentSerializer):
    """An engagement (engagement/1): that it took place, when, where and between whom."""

    groups: ClassVar = {
        "names": ("title", "kind", "level", "topics"),
        "status": ("status", "held", "date_basis", "starts_at", "ends_at", "time_zone"),
        "place": ("meeting_format", "venue", "city", "country"),
        "parties": ("principal", "principal_title", "participants"),
        "sources": ("sources",),
    }

    title = serializers.CharField(help_text="What it is, in one line.")
    kind = serializers.ChoiceField(choices=EngagementKind.choices, help_text="What sort of engagement it is.")
    meeting_format = serializers.ChoiceField(choices=MeetingFormat.choices, help_text="How people took part.")
    status = serializers.ChoiceField(choices=EngagementStatus.choices, help_text="How far it has come.")
    level = serializers.ChoiceField(
        choices=Level.choices, allow_blank=True, help_text="The rank of the counterpart; empty: not known."
    )
    held = serializers.CharField(
        allow_null=True, help_text="The local day or days of the place, as far as known (EDTF); null: not known."
    )
    date_basis = serializers.ChoiceField(choices=DateBasis.choices, help_text="What the date rests on.")
    starts_at = serializers.DateTimeField(allow_null=True, help_text="When it starts (RFC 3339); null: not known.")
    ends_at = serializers.DateTimeField(allow_null=True, help_text="When it ends (RFC 3339); null: not known.")
    time_zone = serializers.CharField(help_text="The IANA zone of the place; empty: not known.")
    venue = serializers.CharField(help_text="The building or room; empty: not known.")
    city = serializers.CharField(help_text="The city; empty: not known.")
    country = serializers.CharField(
        allow_null=True, help_text="The code of the country where it takes place (ISO 3166-1 alpha-2); null: none."
    )
    principal = NamedRecordSerializer(allow_null=True, help_text="Who stood for the office; null: not known.")
    principal_title = serializers.CharField(help_text="The title of the principal on that day; empty: not known.")
    participants = ParticipantForPartnersSerializer(many=True, help_text="Who took part.")
    topics = NamedRecordSerializer(many=True, help_text="What it was about.")
    sources = sources()


class ReadoutEngagementForPartnersSerializer(serializers.Serializer):
    """An engagement that you have, too."""

    id = serializers.UUIDField(help_text="The id of the engagement.")
    reference = serializers.CharField(help_text="The reference of the engagement.")


@describes(Paper)
class ReadoutForPartnersSerializer(PartnerDocumentSerializer):
    """A readout or joint statement (readout/1): what may be told of an engagement, as it was approved."""

    groups: ClassVar = {
        "names": ("kind", "title", "language", "issued_on"),
        "texts": ("text",),
        "acts": ("engagements",),
        "sources": ("sources",),
    }

    kind = serializers.ChoiceField(choices=PaperKind.choices, help_text="`readout` or `joint_statement`.")
    title = serializers.CharField(help_text="The title; empty: none.")
    language = serializers.CharField(help_text="The language of title and text (ISO 639).")
    text = serializers.CharField(help_text="The text.")
    issued_on = serializers.DateField(allow_null=True, help_text="The day that it bears; null: none.")
    engagements = ReadoutEngagementForPartnersSerializer(
        many=True, help_text="The engagement that it is about, if you may have it; else empty."
    )
    sources = sources()


class TextFileSerializer(PartnerDocumentSerializer):
    """The text of an agreement as a file, for you to download."""

    title = serializers.CharField(help_text="The title.")
    language = serializers.CharField(help_text="The language (ISO 639); empty: not known.")
    media_type = serializers.CharField(help_text="The media type, such as application/pdf.")
    size = serializers.IntegerField(help_text="The size in bytes.")
    sha256 = serializers.CharField(help_text="SHA-256 of the file in hexadecimal; it is also the ETag of the download.")
    address = serializers.CharField(help_text="The path from which it is downloaded, with the same token.")


class TextAgreementForPartnersSerializer(serializers.Serializer):
    """An agreement that you have, too."""

    id = serializers.UUIDField(help_text="The id of the agreement.")
    reference = serializers.CharField(help_text="The reference of the agreement.")


@describes(Attachment)
class AttachmentForPartnersSerializer(TextFileSerializer):
    """The text of an agreement as a file (attachment/1), downloaded from `address`."""

    groups: ClassVar = {
        "names": ("title", "language"),
        "texts": ("media_type", "size", "sha256", "address"),
        "acts": ("agreements",),
        "sources": ("sources",),
    }

    agreements = TextAgreementForPartnersSerializer(
        many=True, help_text="The agreement that it is a text of, if you may have it; else empty."
    )
    sources = sources()
