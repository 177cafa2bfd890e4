"""/partners and /releases: for staff."""

from dataclasses import asdict
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.filters import IdFilter, ManyChoicesFilter, RecordFilterSet, check_parameters
from sgoffice.api.viewsets import WritableViewSet
from sgoffice.partners import services
from sgoffice.partners.api import documents, examples
from sgoffice.partners.models import Partner, Release
from sgoffice.partners.vocabulary import ReleaseState


class PartnerProgressSerializer(serializers.Serializer):
    """How far a partner has pulled and which records it has."""

    pulled_at = serializers.DateTimeField(allow_null=True, help_text="Time of the last pull, to the minute.")
    position = serializers.IntegerField(help_text="Position of its last cursor.")
    head = serializers.IntegerField(help_text="Latest position of its stream.")
    behind = serializers.IntegerField(help_text="Number of records changed since its last cursor, up to 10,000.")
    refused = serializers.IntegerField(help_text="Number of refused token requests.")
    refused_at = serializers.DateTimeField(allow_null=True, help_text="Time of the last refused token request.")
    has = serializers.DictField(child=serializers.IntegerField(), help_text="Number of records it has, by kind.")


class ReleasePreviewKindSerializer(serializers.Serializer):
    """The records of one kind that a release grants."""

    kind = serializers.CharField()
    count = serializers.IntegerField(help_text="Number of records it grants.")
    new = serializers.IntegerField(help_text="Number of these that the partner does not have yet.")


class ReleasePreviewSerializer(serializers.Serializer):
    """The records that a release grants, by kind."""

    kinds = ReleasePreviewKindSerializer(many=True)


class PartnerFilterSet(RecordFilterSet):
    """Filters of /partners."""

    organization = IdFilter(field_name="organization_id", label="The organization of the partner.")


class ReleaseFilterSet(RecordFilterSet):
    """Filters of /releases."""

    partner = IdFilter(field_name="partner_id", label="The partner.")
    state = ManyChoicesFilter(choices=ReleaseState.choices, label="The state of the release.")


class PartnerViewSet(WritableViewSet):
    """Organizations and countries whose systems pull records. A partner is never deleted, but made inactive."""

    model = Partner
    serializer_class = documents.PartnerSerializer
    filterset_class = PartnerFilterSet
    examples = examples.PARTNERS
    key_description = "Its short name or its id."
    entry_serializer = correction_serializer = shape_of(services.PartnerEntry, Partner)
    enter = staticmethod(services.register_partner)
    correct = staticmethod(services.correct_partner)
    enter_in_error: ClassVar[Any] = None
    restore: ClassVar[Any] = None
    redact: ClassVar[Any] = None

    def other_lookup(self, key: str) -> dict[str, Any]:
        return {"slug": key}

    @extend_schema(responses=PartnerProgressSerializer, filters=False)
    @action(detail=True, methods=["get"])
    def progress(self, request: Request, pk: str) -> Response:
        """Get the progress of a partner.

        How far it has pulled, how far it is behind, and how many records it has by kind.
        """
        record_id, _ = self.find(pk)
        check_parameters(request.query_params, ())
        return Response(asdict(services.pull_progress(record_id)))


class ReleaseViewSet(WritableViewSet):
    """Releases of non-public records: one proposes (`POST`), another approves in `/approvals`, anybody may withdraw."""

    model = Release
    serializer_class = documents.ReleaseSerializer
    filterset_class = ReleaseFilterSet
    examples = examples.RELEASES
    http_method_names = ["get", "head", "post"]
    entry_serializer = shape_of(services.ReleaseEntry, Release)
    enter = staticmethod(services.propose_release)
    enter_in_error: ClassVar[Any] = None
    restore: ClassVar[Any] = None
    redact: ClassVar[Any] = None
    steps = services.RELEASE_STEPS

    @extend_schema(responses=ReleasePreviewSerializer, filters=False)
    @action(detail=True, methods=["get"])
    def preview(self, request: Request, pk: str) -> Response:
        """Preview a release.

        How many records it grants the partner now. A standing rule also grants later records.
        """
        record_id, _ = self.find(pk)
        check_parameters(request.query_params, ())
        release = Release.objects.get(pk=record_id)
        return Response({"kinds": [asdict(found) for found in services.preview_release(release)]})
