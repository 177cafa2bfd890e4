"""Engagements as partners get them, member by member."""

from rest_framework import serializers

from engagements.models import Engagement
from engagements.vocabulary import (
    DateBasis,
    EngagementKind,
    EngagementStatus,
    Level,
    MeetingFormat,
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
