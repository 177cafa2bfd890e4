"""The open action items with the counterparts of an engagement."""

from uuid import UUID

import orjson
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from engagements import services
from engagements.api.documents import ActionItemSerializer
from engagements.models import ActionItem, Engagement
from engagements.vocabulary import Relation
from sgoffice import documents
from sgoffice.api.filters import check_parameters
from sgoffice.api.preconditions import tagged_answer
from sgoffice.records.actors import Actor
from sgoffice.records.models import Link

MOST = 200


class OpenItemsSerializer(serializers.Serializer):
    """The open action items with any of the counterparts, by due date."""

    results = ActionItemSerializer(many=True, help_text=f"The action items, at most {MOST}.")
    count = serializers.IntegerField(help_text="Total number of open items.")
    on_list = serializers.ListField(
        child=serializers.UUIDField(), help_text="Ids of those that are on the list of this engagement."
    )


def open_items_answer(request: Request, record_id: UUID, *, actor: Actor) -> HttpResponse:
    """Return the open items of an engagement that the actor may see, with an ETag of this answer."""
    check_parameters(request.query_params, ())
    engagement = Engagement.objects.visible_to(actor).get(pk=record_id)
    ids = list(services.find_open_items(engagement, by=actor).values_list("pk", flat=True))
    listed = Link.objects.filter(source=record_id, relation=Relation.ON_LIST, target__in=ids)
    on_list = sorted(listed.values_list("target", flat=True))
    ends = orjson.dumps({"count": len(ids), "on_list": on_list})
    body = b'{"results":[' + documents.fetch_joined(ActionItem, ids[:MOST]) + b"]," + ends[1:]
    return tagged_answer(request, body)
