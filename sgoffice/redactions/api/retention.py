"""GET /retention: what is due by the rules of retention."""

from dataclasses import asdict
from typing import ClassVar

import orjson
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from sgoffice.api.actors import actor_of
from sgoffice.api.fields import Day
from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.redactions import services

_EXAMPLE = {
    "on": "2026-11-30",
    "results": [
        {
            "id": "01960f3a-d2e8-7b03-8d1c-6f5a4b3c2d1e",
            "kind": "person",
            "reference": "",
            "label": "Josephine Teo",
            "erase": ["/contact_details"],
            "since": "2026-03-02",
            "reason": "Ways to reach somebody are kept while the office has to do with them.",
            "source": "Default of the register.",
            "proposal": "",
        }
    ],
}


class DueRecordSerializer(serializers.Serializer):
    """A record of which something is due."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    reference = serializers.CharField(help_text="Empty if it has none.")
    label = serializers.CharField()  # type: ignore[assignment] # a member of the answer
    erase = serializers.ListField(child=serializers.CharField(), help_text="What to erase, as JSON pointers.")
    since = serializers.DateField(help_text="Since when it is due.")
    reason = serializers.CharField()
    source = serializers.CharField(help_text="Where the rule stands.")  # type: ignore[assignment] # a member too
    proposal = serializers.CharField(help_text="The reference of the proposal that waits already; empty if none does.")


class RetentionSerializer(serializers.Serializer):
    """What is due, the longest first, two hundred at most."""

    on = serializers.DateField(help_text="The day that was asked for; today by default.")
    results = DueRecordSerializer(many=True)


class RetentionView(APIView):
    """What is due by the rules of retention."""

    http_method_names: ClassVar = ["get", "head"]  # type: ignore[misc] # as of every view

    @extend_schema(
        operation_id="retention",
        summary="List what is due to be erased",
        responses=RetentionSerializer,
        parameters=[OpenApiParameter("on", OpenApiTypes.DATE, description="The day; today by default.")],
        examples=[OpenApiExample("Somebody of long ago", _EXAMPLE, response_only=True)],
    )
    def get(self, request: Request) -> HttpResponse:
        """List what is due to be erased by the rules of retention. For approvers.

        Nothing is erased by itself: propose it with `POST /{kind}/{id}/redact`, and another approver decides.
        """
        check_parameters(request.query_params, {"on"})
        on = timezone.localdate()
        if (given := request.query_params.get("on")) is not None:
            try:
                on = Day().to_internal_value(given)
            except serializers.ValidationError:
                raise invalid("on", "Write a day, such as 2026-11-30.") from None
        found = services.due(by=actor_of(request), on=on)
        body = {"on": on, "results": [asdict(one) for one in found]}
        return HttpResponse(orjson.dumps(body), content_type="application/json", headers={"Cache-Control": "no-store"})
