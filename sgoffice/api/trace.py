"""GET /trace and /trace/changes: for the auditor, who read, exported, changed or was refused what, and never a content.

Of a record the auditor sees id, kind and reference, of a change the names of members: no values, reasons or titles.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID

import orjson
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from sgoffice import history
from sgoffice.api.actors import actor_of
from sgoffice.api.candidates import flattened
from sgoffice.api.fields import Identifier, Instant
from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import MAX_LIMIT, invalid, page
from sgoffice.api.renderers import CsvRenderer, JSONRenderer
from sgoffice.exports.spreadsheets import safe_text
from sgoffice.history import trace
from sgoffice.records.actors import Permission
from sgoffice.records.models import Entry, HistoryEntry, TraceItem

#: How many rows a file has at most; `until` leads on.
MOST_IN_A_FILE = 50_000
_PARAMETERS = [
    OpenApiParameter("actor", str, description="Only what this actor did, such as `staff:<id>`."),
    OpenApiParameter("record", OpenApiTypes.UUID, description="Only what concerns the record with this id."),
    OpenApiParameter("request", str, description="Only what belongs to the request with this id."),
    OpenApiParameter("from", OpenApiTypes.DATETIME, description="Only what was written at this instant or later."),
    OpenApiParameter("until", OpenApiTypes.DATETIME, description="Only what was written before this instant."),
    OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 50},
        description="How many rows a page has."),
    OpenApiParameter("cursor", str, description="Where the page begins: use the URL in `next`."),
    OpenApiParameter("format", str, enum=["json", "csv"], description=f"csv: up to {MOST_IN_A_FILE:,} rows in a file."),
]  # fmt: skip
_OF_TRACE = [
    OpenApiParameter("act", str, enum=list(trace.Act), description="Only what was done in this way."),
    OpenApiParameter("door", str, enum=list(trace.Door), description="Only what came by this door."),
]


class TracedRecordSerializer(serializers.Serializer):
    """A record by its names, without contents."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    reference = serializers.CharField(allow_null=True)


class TraceItemSerializer(serializers.Serializer):
    """One request that showed what is restricted, exported or was refused; a sign-in; a decision."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField(help_text="When it was written, by the clock of the database.")
    act = serializers.CharField(help_text="What was done: read, export, refuse, sign_in and so on.")
    door = serializers.CharField(help_text="By which door: api, admin, desk, calendar, exchange or command.")
    actor = serializers.CharField(help_text="Who did it; empty for nobody known.")
    address = serializers.CharField(help_text="The network address that it came from.")
    method = serializers.CharField()
    path = serializers.CharField(help_text="The address that was asked for, without parameters.")
    status = serializers.IntegerField(allow_null=True)
    request_id = serializers.CharField()
    records = TracedRecordSerializer(many=True, help_text="The restricted records that were shown.")
    about = serializers.DictField(child=serializers.CharField(), help_text="What else names it.")


class TracePageSerializer(serializers.Serializer):
    """A page of the trace, newest first."""

    results = TraceItemSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="The URL of the page of earlier rows.")
    previous = serializers.CharField(allow_null=True, help_text="The URL of the page of later rows.")


class TracedChangeSerializer(serializers.Serializer):
    """One row of the register that was written: by whom, which members, and nothing of what they say."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    actor = serializers.CharField(help_text="Who wrote it; empty for a write that bypassed the register.")
    verb = serializers.CharField(help_text="The action; `out_of_band` for a write that bypassed the register.")
    request_id = serializers.CharField()
    table = serializers.CharField()
    row_id = serializers.UUIDField()
    operation = serializers.CharField()
    record = TracedRecordSerializer(allow_null=True)
    members = serializers.ListField(child=serializers.CharField(), help_text="The names of the members that changed.")


class TracedChangePageSerializer(serializers.Serializer):
    """A page of changes, newest first."""

    results = TracedChangeSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="The URL of the page of earlier rows.")
    previous = serializers.CharField(allow_null=True, help_text="The URL of the page of later rows.")


class AuditorsView(APIView):
    """A list of rows that only auditors see, newest first, as a page or a file."""

    http_method_names = ["get", "head"]
    renderer_classes = [JSONRenderer, CsvRenderer]
    own: ClassVar[frozenset[str]] = frozenset()

    def check_permissions(self, request: Request) -> None:
        """Require the permission to audit."""
        if not actor_of(request).may(Permission.AUDIT):
            self.permission_denied(request)

    def rows(self, request: Request) -> QuerySet[Any]:
        raise NotImplementedError

    def told(self, rows: list[Any]) -> list[dict[str, Any]]:
        raise NotImplementedError

    def answer(self, request: Request) -> HttpResponse:
        common = {"actor", "record", "request", "from", "until", "limit", "cursor", "format"}
        check_parameters(request.query_params, common | self.own)
        rows = self.rows(request)
        if _is_file_wanted(request):
            return _file(self.told(list(rows.order_by("-pk")[:MOST_IN_A_FILE])))
        found = page(request, rows, {"-id": ("-id",)}, "-id")
        by_id: Mapping[Any, Model] = rows.in_bulk(found.ids)
        results = self.told([by_id[key] for key in found.ids])
        body = {"results": results, "next": found.next, "previous": found.previous}
        return HttpResponse(orjson.dumps(body), content_type="application/json", headers={"Cache-Control": "no-store"})


class TraceView(AuditorsView):
    own = frozenset({"act", "door"})

    @extend_schema(
        operation_id="trace_list", summary="List the trace", parameters=[*_PARAMETERS, *_OF_TRACE],
        responses={(200, "application/json"): TracePageSerializer, (200, "text/csv"): OpenApiTypes.STR},
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        """List who read restricted records, exported, signed in, decided or was refused; newest first.

        For auditors. A row names records, never what they say.
        """
        return self.answer(request)

    def rows(self, request: Request) -> QuerySet[Any]:
        found = _narrowed(TraceItem.objects.all(), request, record="entries__contains")
        for name, known in (("act", trace.Act), ("door", trace.Door)):
            if (given := request.query_params.get(name)) is not None:
                if given not in set(known):
                    raise invalid(name, f"Use one of: {', '.join(known)}.")
                found = found.filter(**{name: given})
        return found

    def told(self, rows: list[Any]) -> list[dict[str, Any]]:
        names = _names_of(key for row in rows for key in row.entries)
        columns = ("id", "at", "act", "door", "actor", "address", "method", "path", "status", "request_id")
        return [
            {name: getattr(row, name) for name in columns}
            | {"records": [names[key] for key in row.entries if key in names], "about": row.about}
            for row in rows
        ]


class TracedChangesView(AuditorsView):
    own = frozenset({"verb"})

    @extend_schema(
        operation_id="trace_changes_list", summary="List changes for auditors",
        parameters=[*_PARAMETERS, OpenApiParameter("verb", str, description="Only this action.")],
        responses={(200, "application/json"): TracedChangePageSerializer, (200, "text/csv"): OpenApiTypes.STR},
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        """List what was written to the register, newest first: by whom, when, and which members.

        For auditors, of all records, restricted ones too: no values, reasons or titles.
        """
        return self.answer(request)

    def rows(self, request: Request) -> QuerySet[Any]:
        found = _narrowed(HistoryEntry.objects.select_related("payload"), request, record="record_id")
        verb = request.query_params.get("verb")
        return found if verb is None else found.filter(verb=verb)

    def told(self, rows: list[Any]) -> list[dict[str, Any]]:
        names = _names_of(row.record_id for row in rows)
        return [
            {
                "id": row.pk, "at": row.at, "actor": row.actor, "verb": row.verb, "request_id": row.request_id,
                "table": row.table_name, "row_id": row.row_id, "operation": row.operation,
                "record": names.get(row.record_id), "members": history.members_changed(row),
            }
            for row in rows
        ]  # fmt: skip


def _is_file_wanted(request: Request) -> bool:
    wanted = request.query_params.get("format", request.accepted_renderer.format)
    if wanted not in {"json", "csv"}:
        raise invalid("format", "Use one of: json, csv.")
    return bool(wanted == "csv")


def _narrowed(rows: QuerySet[Any], request: Request, *, record: str) -> QuerySet[Any]:
    """Apply the parameters that both lists have; raises ValidationError (400) naming the parameter."""
    given = request.query_params
    for name, column in (("actor", "actor"), ("request", "request_id")):
        if name in given:
            rows = rows.filter(**{column: given[name]})
    for name, comparison in (("from", "at__gte"), ("until", "at__lt")):
        if name in given:
            rows = rows.filter(**{comparison: _read(Instant(), name, given[name])})
    if "record" in given:
        key = _read(Identifier(), "record", given["record"])
        rows = rows.filter(**{record: [key] if record.endswith("contains") else key})
    return rows


def _read(field: Any, name: str, text: str) -> Any:
    try:
        return field.to_internal_value(text)
    except serializers.ValidationError as error:
        raise invalid(name, " ".join(message for _, message in flattened(error.detail))) from None


def _names_of(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = Entry.objects.filter(pk__in=set(ids)).values_list("pk", "kind", "reference")
    return {key: {"id": key, "kind": kind, "reference": reference} for key, kind, reference in rows}


def _file(rows: list[dict[str, Any]]) -> HttpResponse:
    text = io.StringIO()
    if rows:
        writer = csv.DictWriter(text, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    headers = {"Content-Disposition": 'attachment; filename="trace.csv"', "Cache-Control": "no-store"}
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _cell(value: Any) -> str:
    """Return a value as text that no spreadsheet takes for a formula."""
    text = orjson.dumps(value).decode() if isinstance(value, dict | list) else "" if value is None else str(value)
    return safe_text(text)
