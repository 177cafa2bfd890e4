"""Partners and releases as staff get them, registered as their documents."""

from typing import ClassVar

from django.db.models import Prefetch
from rest_framework import serializers

from sgoffice.api.serializers import RECORD_FIELDS, RecordSerializer, ReferenceSerializer
from sgoffice.directory.api.references import CountryReference, OrganizationReference
from sgoffice.documents import document_of
from sgoffice.partners.api import columns
from sgoffice.partners.models import Partner, Release, ReleasedRecord
from sgoffice.search import Searched


class PartnerReference(ReferenceSerializer):
    """The name of a partner inside a document."""

    id = serializers.UUIDField()
    name = serializers.CharField()


@document_of(
    Partner,
    renderer=2,
    columns=columns.PARTNER,
    searched=Searched(
        address="partners",
        titles=("name", "slug"),
        texts=("organization.name", "country.name", "contact", "notes.text"),
        countries=("country.code",),
    ),
    select=["organization", "country"],
)
class PartnerSerializer(RecordSerializer):
    """An organization or a country whose system pulls records."""

    organization = OrganizationReference(read_only=True, allow_null=True)
    country = CountryReference(read_only=True, allow_null=True)
    kinds = serializers.ListField(child=serializers.CharField(), read_only=True)
    ping_hosts = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Partner
        fields: ClassVar = (
            *RECORD_FIELDS, "name", "slug", "organization", "country", "kinds", "is_active", "contact", "ping_hosts"
        )  # fmt: skip


class ReleasedRecordSerializer(serializers.ModelSerializer):
    """A record on the list of a release."""

    id = serializers.UUIDField(source="entry_id", help_text="The id of the record.")

    class Meta:
        model = ReleasedRecord
        fields: ClassVar = ["id", "is_withdrawn"]


@document_of(
    Release,
    columns=columns.RELEASE,
    searched=Searched(
        address="releases",
        titles=("partner.name",),
        texts=("purpose", "notes.text"),
        is_dated=True,
        label=lambda shown: f"Release to {shown['partner']['name']}",
    ),
    select=["partner"],
    prefetch=[Prefetch("records", ReleasedRecord.objects.order_by("position"))],
)
class ReleaseSerializer(RecordSerializer):
    """A release of non-public records to a partner."""

    partner = PartnerReference(read_only=True)
    records = ReleasedRecordSerializer(many=True, read_only=True)

    class Meta(RecordSerializer.Meta):
        model = Release
        fields: ClassVar = (
            *RECORD_FIELDS, "partner", "condition", "kind", "records", "purpose", "state", "proposed_by", "approved_by"
        )  # fmt: skip
