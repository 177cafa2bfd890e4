"""Merging over HTTP: what a merge would do, the merge, and its undoing, each at the survivor's address."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from sgoffice.api.fields import Identifier, Text
from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.api.serializers import StrictSerializer
from sgoffice.api.viewsets import WritableViewSet
from sgoffice.changes import merge_previews, merging
from sgoffice.changes.door import Expected
from sgoffice.records.models import Record


class MergeSerializer(StrictSerializer):
    """The other record, and the reason."""

    other = Identifier(help_text="The id of the other record.")
    reason = Text(max_length=2000, help_text="Why; kept in the history of both records.")


class MergeCandidateSerializer(serializers.Serializer):
    """One of the two records of a merge."""

    id = serializers.UUIDField()
    title = serializers.CharField()


class MergeDifferenceSerializer(serializers.Serializer):
    """A field whose value in the other record would no longer be shown."""

    field = serializers.CharField()
    kept = serializers.JSONField(help_text="The value that stays; update the survivor first if it is wrong.")
    dropped = serializers.JSONField(help_text="The value of the other record.")


class RelatedRecordSerializer(serializers.Serializer):
    """A record that names both."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    label: Any = serializers.CharField(help_text="Its name or title.")
    reference = serializers.CharField(help_text="Empty if it has none.")
    reason = serializers.CharField(help_text="Why it is listed.")


class MergePreviewSerializer(serializers.Serializer):
    """The effect of a merge."""

    survivor = MergeCandidateSerializer()
    other = MergeCandidateSerializer()
    differences = MergeDifferenceSerializer(many=True)
    references = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="The number of records that refer to the other record, as far as you may see them, by kind.",
    )
    in_both = RelatedRecordSerializer(
        many=True,
        help_text="Records that name both, as far as you may see them, a hundred at most: there they become one line.",
    )
    is_possible = serializers.BooleanField()
    refused = serializers.CharField(help_text="Why the merge is not possible; empty if it is.")


class MergingViewSet(WritableViewSet):
    """A kind of record of which two may turn out to be one."""

    usual_examples: ClassVar[Mapping[str, Any]] = {
        **WritableViewSet.usual_examples,
        "keep_apart": {"other": "01960f3a-d2e8-7b03-8d1c-6f5a4b3c2d1e", "reason": "They are two of the same name."},
        "merge": {"other": "01960f3a-d2e8-7b03-8d1c-6f5a4b3c2d1e", "reason": "It was entered twice."},
        "unmerge": {"other": "01960f3a-d2e8-7b03-8d1c-6f5a4b3c2d1e", "reason": "They are two of the same name."},
    }

    @extend_schema(
        parameters=[OpenApiParameter("other", UUID, required=True, description="The id of the other record.")],
        responses=MergePreviewSerializer,
        filters=False,
    )
    @action(detail=True, methods=["get"], url_path="merge-preview")
    def merge_preview(self, request: Request, pk: str) -> HttpResponse:
        """Return what merging another record into this one would hide, and how many references it would move."""
        record_id, _ = self.find(pk)
        check_parameters(request.query_params, {"other"})
        try:
            other = UUID(request.query_params.get("other", ""))
        except ValueError:
            raise invalid("other", "Write the id of the other record (a UUID).") from None
        told = merge_previews.preview_merge(self.model, record_id, other=other, by=self.actor)
        body = {
            "survivor": {"id": told.survivor.pk, "title": str(told.survivor)},
            "other": {"id": told.other.pk, "title": str(told.other)},
            "differences": [vars(one) for one in told.differences],
            "references": told.references,
            "in_both": [vars(one) for one in told.in_both],
            "is_possible": not told.refused,
            "refused": told.refused,
        }
        return HttpResponse(orjson.dumps(body, default=str), content_type="application/json")

    @extend_schema(request=MergeSerializer)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: str) -> HttpResponse:
        """Merge another record into this one: its address redirects here, and filters by either id find both."""
        return self._with_other(request, pk, merging.merge)

    @extend_schema(request=MergeSerializer)
    @action(detail=True, methods=["post"])
    def unmerge(self, request: Request, pk: str) -> HttpResponse:
        """Separate a record that was merged into this one."""
        return self._with_other(request, pk, merging.unmerge)

    @extend_schema(request=MergeSerializer)
    @action(detail=True, methods=["post"], url_path="keep-apart")
    def keep_apart(self, request: Request, pk: str) -> HttpResponse:
        """Note for good that another record is not this one: lists of possible duplicates leave the two out."""
        return self._with_other(request, pk, merging.keep_apart)

    def _with_other(self, request: Request, pk: str, service: Callable[..., Record]) -> HttpResponse:
        def work(record_id: UUID, serializer: Any, expected: Expected) -> Record:
            return service(self.model, record_id, **serializer.validated_data, by=self.actor, expected=expected)

        return self.change(request, pk, MergeSerializer, work)
