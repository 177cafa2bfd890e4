"""The base of the endpoints of one kind for partners; the apps of the kinds subclass it."""

from typing import Any, ClassVar

import orjson
from django.http import HttpResponse
from rest_framework import viewsets
from rest_framework.request import Request

from sgoffice.api import pagination
from sgoffice.api.filters import check_parameters
from sgoffice.api.preconditions import is_unchanged
from sgoffice.api.redirections import moved
from sgoffice.feed import queries
from sgoffice.partners.api.exchange import PartnerView, stream_of
from sgoffice.records.errors import UnknownRecord
from sgoffice.records.models import MarkedRecord


class PartnerRecordViewSet(PartnerView, viewsets.GenericViewSet):
    """One kind of record as partners get it.

    Filters and sorts may only use what is in the partners' document, or they would reveal what is not.
    """

    model: ClassVar[type[MarkedRecord]]
    filterset_class: ClassVar[type[Any]]
    sorts: ClassVar[dict[str, tuple[str, ...]]] = {"oldest": ("pk",), "newest": ("-pk",)}
    default_sort: ClassVar[str] = "newest"
    tagged: ClassVar[frozenset[str]] = frozenset({"retrieve"})
    led: ClassVar[frozenset[str]] = frozenset({"retrieve"})
    remembered: ClassVar[frozenset[str]] = frozenset()
    lookup_value_regex = "[0-9a-zA-Z_.-]{1,64}"
    key_description = ""

    def list(self, request: Request) -> HttpResponse:
        """Return a page of the records you may get that match the filters."""
        rows = queries.filter_carried(self.model._default_manager.all(), stream_of(request))
        rows = self.filterset_class(request.query_params, queryset=rows, request=request).rows()
        page = pagination.page(request, rows, self.sorts, self.default_sort)
        ends: dict[str, Any] = {"next": page.next, "previous": page.previous}
        if page.count is not None:
            ends |= {"count": min(page.count, pagination.COUNT_CAP), "is_capped": page.count > pagination.COUNT_CAP}
        body = b'{"results":[' + queries.fetch_documents(stream_of(request), page.ids) + b"]," + orjson.dumps(ends)[1:]
        return HttpResponse(body, content_type="application/json")

    def retrieve(self, request: Request, pk: str) -> HttpResponse:
        """Return a record. A merged record redirects (308) to the record it was merged into."""
        check_parameters(request.query_params, ())
        stream = stream_of(request)
        record_id = queries.find_entry(stream, self.model.record_kind, pk)
        if record_id is None:
            raise UnknownRecord(self.model.record_kind, pk)
        found = queries.fetch_document(stream, record_id)
        if found is None:
            survivor = queries.find_survivor(stream, record_id)
            if survivor is None:
                raise UnknownRecord(self.model.record_kind, pk)
            return moved(request, survivor)
        digest, body = found
        etag = f'"{digest}"'
        answer = HttpResponse(status=304) if is_unchanged(request, etag) else HttpResponse(body)
        answer["Content-Type"] = "application/json"
        answer["ETag"] = etag
        return answer
