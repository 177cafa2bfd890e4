"""Lists of records: pages, or a file chosen by `Accept` or `as`, with the filters of the list and all of its rows."""

from typing import Any, ClassVar

import orjson
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework import views
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from sgoffice import documents
from sgoffice.api import pagination
from sgoffice.api.actors import actor_of
from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import invalid, sort_of
from sgoffice.api.renderers import CsvRenderer, FormatNegotiation, JSONRenderer
from sgoffice.exports.answers import file_answer
from sgoffice.exports.spreadsheets import FORMS
from sgoffice.records.actors import Actor
from sgoffice.records.models import Record
from sgoffice.search import by_relevance

AS, BOM = "as", "bom"
#: What belongs to pages alone.
_OF_PAGES = ("limit", "cursor", "count")


class FormNegotiation(FormatNegotiation):
    """Chooses by the parameter `as`, since `format` is how people meet; else by `Accept`."""

    parameter: ClassVar[str] = AS


class _FileRenderer(BaseRenderer):
    """Offers a form to negotiation; the list writes the file."""

    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return JSONRenderer().render(data)


class XlsxRenderer(_FileRenderer):
    media_type = FORMS["xlsx"].media_type
    format = "xlsx"


class LinesRenderer(_FileRenderer):
    media_type = FORMS["jsonl"].media_type
    format = "jsonl"


RENDERERS: list[type[BaseRenderer]] = [JSONRenderer, CsvRenderer, XlsxRenderer, LinesRenderer]


class RecordListing(views.APIView):
    """The list of a kind of record, as pages or as a file."""

    model: ClassVar[type[Record]]
    filterset_class: ClassVar[type[Any]]
    sorts: ClassVar[dict[str, tuple[str, ...]]]
    default_sort: ClassVar[str]
    get_queryset: Any

    @property
    def actor(self) -> Actor:
        """Who makes the request."""
        return actor_of(self.request)

    def get_renderers(self) -> Any:
        """Return what is offered to `Accept`."""
        return [offered() for offered in RENDERERS] if self.is_list else super().get_renderers()

    def get_content_negotiator(self) -> Any:
        """Return who chooses among them: of lists the parameter `as` may, too."""
        return FormNegotiation() if self.is_list else super().get_content_negotiator()

    @property
    def is_list(self) -> bool:
        """Whether the request is about the list."""
        return getattr(self, "action", None) == "list"

    def list(self, request: Request) -> HttpResponseBase:
        """Return a page of the records that match the filters, or all of them as a file."""
        form = form_of(request)
        rows = self.get_queryset().live()
        rows = self.filterset_class(filters_of(request, form), queryset=rows, request=request).rows()
        sorts, default = self.sorts, self.default_sort
        if self.model.is_embedded and (text := request.query_params.get("q", "")):
            rows = by_relevance(rows, text)
            sorts, default = {**sorts, "relevance": ("-score", *sorts[default])}, "relevance"
        if form is not None:
            return self.file_answer(request, rows, sorts[sort_of(request, sorts, default)], form)
        return self.page_answer(pagination.page(request, rows, sorts, default))

    def page_answer(self, page: pagination.Page) -> HttpResponse:
        """Return the stored documents of a page, as they are."""
        results = documents.fetch_joined(self.model, page.ids)
        ends: dict[str, Any] = {"next": page.next, "previous": page.previous}
        if page.count is not None:
            ends |= {"count": min(page.count, pagination.COUNT_CAP), "is_capped": page.count > pagination.COUNT_CAP}
        return HttpResponse(b'{"results":[' + results + b"]," + orjson.dumps(ends)[1:], content_type="application/json")

    def file_answer(
        self, request: Request, rows: QuerySet[Any], ordering: tuple[str, ...], form: str
    ) -> HttpResponseBase:
        """Return all these rows as a file, in this order."""
        with_bom = request.query_params.get(BOM) == "true"
        today = timezone.localdate()
        return file_answer(request, self.model, rows, ordering, form, by=self.actor, on=today, with_bom=with_bom)


def form_of(request: Request) -> str | None:
    """Return the form of the file that is asked for, or None for a page."""
    chosen: Any = request.accepted_renderer
    return chosen.format if chosen.format in FORMS else None


def filters_of(request: Request, form: str | None) -> QueryDict:
    """Return the parameters of the list itself; raises ValidationError (400) for those that do not fit the form."""
    filters = request.query_params.copy()
    own = QueryDict(mutable=True)
    for name in (AS, BOM):
        if name in filters:
            own.setlist(name, filters.pop(name))
    check_parameters(own, {AS, BOM})
    if BOM in own and (form != "csv" or own[BOM] not in {"true", "false"}):
        raise invalid(BOM, "Write true or false, and ask for CSV.")
    if form is not None:
        for name in _OF_PAGES:
            if name in filters:
                raise invalid(name, "A file has all rows: leave it out.")
    return filters
