"""One record of any kind as partners get it, and the base of the endpoints of one kind, which its app subclasses."""

from typing import Any, ClassVar, TypeVar
from uuid import UUID

import orjson
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.request import Request

from sgoffice.api import pagination
from sgoffice.api.filters import check_parameters
from sgoffice.api.redirections import moved
from sgoffice.feed import queries
from sgoffice.partners.api import schemas
from sgoffice.partners.api.exchange import PartnerView, stream_of
from sgoffice.partners.api.fields import FIELDS, pick_of
from sgoffice.partners.api.kinds import kinds_of, require_scope
from sgoffice.records.errors import UnknownRecord
from sgoffice.records.models import MarkedRecord

R = TypeVar("R", bound=Model)


class RecordView(PartnerView):
    has_etag = True

    @extend_schema(operation_id="partner_record", parameters=[FIELDS], responses=schemas.LINE)
    def get(self, request: Request, record_id: UUID) -> HttpResponse:
        """Get a record of any kind.

        As in the snapshot. A record you may not get answers 404.
        """
        check_parameters(request.query_params, ("fields",))
        line = queries.record_line(stream_of(request), record_id, kinds_of(request), pick_of(request))
        if line is None:
            raise UnknownRecord("record", record_id)
        return self.answered(request, line)


def carried(request: Request, rows: QuerySet[R]) -> QuerySet[R]:
    """Keep the records that the partner that asks may get now."""
    return queries.filter_carried(rows, stream_of(request))


class PartnerRecordViewSet(PartnerView, viewsets.GenericViewSet):
    """One kind of record as partners get it.

    Filters and sorts may only use what is in the partners' document, or they would reveal what is not.
    """

    model: ClassVar[type[MarkedRecord]]
    filterset_class: ClassVar[type[Any]]
    sorts: ClassVar[dict[str, tuple[str, ...]]] = {"oldest": ("pk",), "newest": ("-pk",)}
    default_sort: ClassVar[str] = "newest"
    tagged: ClassVar[frozenset[str]] = frozenset({"list", "retrieve"})
    led: ClassVar[frozenset[str]] = frozenset({"retrieve"})
    remembered: ClassVar[frozenset[str]] = frozenset()
    lookup_value_regex = "[0-9a-zA-Z_.-]{1,64}"
    key_description = ""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse a token that is not for this kind (403)."""
        super().initial(request, *args, **kwargs)
        require_scope(request, (self.model.record_kind,))

    def list(self, request: Request) -> HttpResponse:
        """Return a page of the records you may get that match the filters."""
        rows = queries.filter_carried(self.model._default_manager.all(), stream_of(request))
        rows = self.filterset_class(request.query_params, queryset=rows, request=request).rows()
        page = pagination.page(request, rows, self.sorts, self.default_sort)
        ends: dict[str, Any] = {"next": page.next, "previous": page.previous}
        if page.count is not None:
            ends |= {"count": min(page.count, pagination.COUNT_CAP), "is_capped": page.count > pagination.COUNT_CAP}
        documents, pick = queries.fetch_documents(stream_of(request), page.ids), pick_of(request)
        if pick is not None:
            documents = [pick(self.model.record_kind, one) for one in documents]
        body = b'{"results":[' + b",".join(documents) + b"]," + orjson.dumps(ends)[1:]
        return self.answered(request, body)

    @extend_schema(parameters=[FIELDS])
    def retrieve(self, request: Request, pk: str) -> HttpResponse:
        """Return a record. A merged record redirects (308) to the record it was merged into."""
        check_parameters(request.query_params, ("fields",))
        stream, pick = stream_of(request), pick_of(request)
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
        answer = self._document(request, body, digest, pick)
        context = request.build_absolute_uri(reverse("partner-context"))
        link = f'<{context}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
        answer["Link"] = link
        return answer

    def _document(self, request: Request, body: bytes, digest: str, pick: queries.Pick | None) -> HttpResponse:
        if pick is not None:
            return self.answered(request, pick(self.model.record_kind, body))
        return self.answered(request, body, etag=digest)
