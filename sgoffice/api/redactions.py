"""POST /{kind}/{id}/redact: propose to erase something of a record for good."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from sgoffice.api.fields import Text
from sgoffice.api.serializers import StrictSerializer
from sgoffice.changes.door import Expected
from sgoffice.changes.redactions import propose_redaction
from sgoffice.records.models import Record

_MOST = 50


class RedactionSerializer(StrictSerializer):
    """What to erase, and why."""

    pointers = serializers.ListField(
        child=Text(max_length=200),
        min_length=1,
        max_length=_MOST,
        help_text=(
            "JSON pointers of what to erase: /title, /caveats/0, /participants/{id or place}, /acts/{id}/text; “/” is "
            "every text of the record."
        ),
    )
    reason = Text(max_length=2000, help_text="Why, without repeating what is to be erased: the reason stays.")


@extend_schema(request=RedactionSerializer)
@action(detail=True, methods=["post"])
def redact(self: Any, request: Request, pk: str) -> HttpResponse:
    """Propose to erase texts of the record, as they are and as they ever were, everywhere they stand.

    Once a second person approves it, they are gone from rows, history, documents of every version, search and what
    partners get. That it was erased, who proposed and who approved it, and why, stays.
    """

    def work(record_id: UUID, serializer: Any, expected: Expected) -> Record:
        return propose_redaction(self.model, record_id, **serializer.validated_data, by=self.actor, expected=expected)

    answer: HttpResponse = self.change(request, pk, RedactionSerializer, work)
    return answer
