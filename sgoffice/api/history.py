"""History and links of a record over HTTP. Neither is in its document: both depend on the reader's rights."""

import re
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Q
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from sgoffice import documents, history
from sgoffice.api import pagination
from sgoffice.api.actors import actor_of
from sgoffice.api.filters import check_parameters
from sgoffice.api.preconditions import tagged_answer
from sgoffice.changes.belongings import owners_of
from sgoffice.records import querysets, sightings
from sgoffice.records.actors import Actor
from sgoffice.records.models import Entry, Link

_PAGE = 50
_ID = r"^[0-9a-f]{64}$"
#: The relation of a record to the one that it belongs to, such as a paper's to its engagement.
BELONGS_TO = "belongs_to"


class HistoryItemSerializer(serializers.Serializer):
    """A change of one row: the record itself or one of its parts."""

    id = serializers.RegexField(_ID, help_text="Its digest in the chain of all changes, in hexadecimal.")
    at = serializers.DateTimeField(help_text="When it was written.")
    actor = serializers.CharField(help_text="Who wrote it; empty for a write that bypassed the register.")
    verb = serializers.CharField(help_text="The action; `out_of_band` for a write that bypassed the register.")
    reason = serializers.CharField()
    request_id = serializers.CharField()
    table = serializers.CharField(help_text="The table of the record or of its part.")
    row_id = serializers.UUIDField()
    operation = serializers.ChoiceField(choices=["insert", "update", "delete"])
    changes = serializers.DictField(child=serializers.ListField(), help_text="By field: the value before and after.")


class HistoryPageSerializer(serializers.Serializer):
    """A page of history, newest first."""

    results = HistoryItemSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="The URL of the page of earlier changes.")


class LinkedRecordSerializer(serializers.Serializer):
    """The other end of a link."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    reference = serializers.CharField(allow_null=True)
    title = serializers.CharField()


class LinkSerializer(serializers.Serializer):
    """A link between this record and another one."""

    relation = serializers.CharField()
    direction = serializers.ChoiceField(
        choices=["to", "from"], help_text="`to`: from this record to the other; `from`: from the other to this one."
    )
    record = LinkedRecordSerializer()


class LinksSerializer(serializers.Serializer):
    """The links of a record that you may see."""

    results = LinkSerializer(many=True)


def history_answer(request: Request, record_id: UUID) -> HttpResponse:
    sightings.note([record_id])
    check_parameters(request.query_params, {"before"})
    before = request.query_params.get("before")
    if before is not None and not re.fullmatch(_ID, before):
        raise pagination.invalid("before", "Use the URL in `next` of the previous response.")
    items = history.of_record(record_id, by=actor_of(request), before=before, limit=_PAGE + 1)
    next_page = (
        f"{request.build_absolute_uri(request.path)}?before={items[_PAGE - 1].id}" if len(items) > _PAGE else None
    )
    told = history.without_hidden_references(items[:_PAGE], actor_of(request))
    body = {"results": [item.told() for item in told], "next": next_page}
    return HttpResponse(orjson.dumps(body), content_type="application/json")


def links_answer(request: Request, actor: Actor, record_id: UUID) -> HttpResponse:
    sightings.note([record_id])
    check_parameters(request.query_params, ())
    return tagged_answer(request, orjson.dumps({"results": list(_links(actor, record_id))}))


def _links(actor: Actor, record_id: UUID) -> Any:
    rows = Link.objects.filter(Q(source=record_id) | Q(target=record_id)).select_related("source", "target")
    ends = [(link, link.target if link.source_id == record_id else link.source) for link in rows]
    tied = [(link.relation, "to" if link.source_id == record_id else "from", entry) for link, entry in ends]
    tied += [(BELONGS_TO, "to", owner) for owner in owners_of(record_id)]
    seen = [one for one in tied if may_see(actor, one[-1])]
    titles = titles_of([entry for *_, entry in seen])
    for relation, direction, entry in sorted(seen, key=lambda one: (one[0], str(one[-1].pk))):
        other = {"id": entry.pk, "kind": entry.kind, "reference": entry.reference, "title": titles.get(entry.pk, "")}
        yield {"relation": relation, "direction": direction, "record": other}


def may_see(actor: Actor, entry: Entry) -> bool:
    """Return whether the actor may see the record and it is not marked as entered in error."""
    if entry.is_in_error:
        return False
    return querysets.may_see(actor, marking=entry.marking, entered_by=entry.entered_by, readers=entry.readers)


def titles_of(entries: list[Entry]) -> dict[UUID, str]:
    """Return the titles of records of several kinds, with one query per kind."""
    found: dict[UUID, str] = {}
    for kind in sorted({entry.kind for entry in entries}):
        model = documents.model_of(kind)
        ids = [entry.pk for entry in entries if entry.kind == kind]
        found |= {pk: str(record) for pk, record in model._default_manager.in_bulk(ids).items()}
    return found
