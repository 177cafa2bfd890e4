"""Lists of records: pages, or a file chosen by `Accept` or `format`, with the list's filters and all of its rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

import orjson
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from sgoffice import documents
from sgoffice.api import pagination
from sgoffice.api.actors import actor_of
from sgoffice.api.filters import check_parameters
from sgoffice.api.inclusion import register_inclusion
from sgoffice.api.narrowing import FIELDS, members_asked, narrowed
from sgoffice.api.pagination import invalid, sort_of
from sgoffice.api.questions import ReadingAhead, readers
from sgoffice.api.records_requests import MOST, package_answer
from sgoffice.api.renderers import FORMERLY, CsvRenderer, FormatNegotiation, JSONRenderer
from sgoffice.exports.answers import file_answer, table_answer
from sgoffice.exports.lists import Piece, Table
from sgoffice.exports.packages import PACKAGE
from sgoffice.exports.spreadsheets import FORMS
from sgoffice.records.actors import Actor
from sgoffice.records.models import Record
from sgoffice.search import by_relevance

FORMAT, BOM = "format", "bom"
#: What belongs to pages alone.
_OF_PAGES = ("limit", "cursor", "count", FIELDS)
#: With these alone a page is one of all records; what they say, others than filters read.
_PLAIN = frozenset({"limit", "cursor", "sort"})
#: Letters of the values under which a statement is kept.
_LONGEST_KEPT = 200


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


class PackageRenderer(_FileRenderer):
    media_type = PACKAGE.media_type
    format = PACKAGE.ending


RENDERERS: list[type[BaseRenderer]] = [JSONRenderer, CsvRenderer, XlsxRenderer, LinesRenderer]
#: Of what finds records, which a package has with all that belongs to them.
OF_RECORDS: list[type[BaseRenderer]] = [*RENDERERS, PackageRenderer]


class RecordListing(ReadingAhead):
    """The list of a kind of record, as pages or as a file."""

    model: ClassVar[type[Record]]
    filterset_class: ClassVar[type[Any]]
    sorts: ClassVar[dict[str, tuple[str, ...]]]
    default_sort: ClassVar[str]
    #: The kinds of record that the list may stand in (`include=`), each with its filter by their id.
    included_in: ClassVar[Mapping[str, str]] = {}
    get_queryset: Any
    rows_for: Any

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for kind, parameter in vars(cls).get("included_in", {}).items():
            register_inclusion(cls, kind, parameter)

    @property
    def actor(self) -> Actor:
        """Who makes the request."""
        return actor_of(self.request)

    def get_renderers(self) -> Any:
        """Return what is offered to `Accept`."""
        return [offered() for offered in OF_RECORDS] if self.is_list else super().get_renderers()

    def get_content_negotiator(self) -> Any:
        """Return who chooses among them: of lists the parameter `format` may, too."""
        return FormatNegotiation() if self.is_list else super().get_content_negotiator()

    @property
    def is_list(self) -> bool:
        """Whether the request is about the list."""
        return getattr(self, "action", None) == "list"

    def list(self, request: Request) -> HttpResponseBase:
        """Return a page of the records that match the filters, or all of them as a file."""
        form = form_of(request)
        given = filters_of(request, form, *(() if form else (FIELDS,)))
        if form is None and given.keys() <= self.settled:
            check_parameters(given, self.settled, many=self.filterset_class.settled)
            place = pagination.place_of(request, self.sorts, self.default_sort)
            return self.page_answer(request, place, self.settled_question(place, self.actor, given))
        rows = self.filterset_class(given, queryset=self.get_queryset().live(), request=request).rows()
        sorts, default = self.sorts, self.default_sort
        if self.model.is_embedded and (text := request.query_params.get("q", "")):
            rows = by_relevance(rows, text)
            sorts, default = {**sorts, "relevance": ("-score", *sorts[default])}, "relevance"
        if form is not None:
            return self.file_answer(request, rows, sorts[sort_of(request, sorts, default)], form)
        place = pagination.place_of(request, sorts, default)
        statement = documents.compiled(place.found(rows).values_list(*place.columns))
        question = self.question_of(place, statement)
        return self.page_answer(request, place, question, count=pagination.count_of(request, rows))

    def foreseen(self, request: Request) -> documents.Question | None:
        """Return what a page of all records asks if the reader is who came with this credential last time."""
        reader = readers.guess(request)
        given = request.query_params
        if not self.is_list or reader is None or not given.keys() <= self.settled:
            return None
        try:
            return self.settled_question(pagination.place_of(request, self.sorts, self.default_sort), reader, given)
        except ValidationError:
            return None  # it is refused once it is known who asks

    @property
    def settled(self) -> frozenset[str]:
        """The parameters with which alone a page depends on nothing but their values and the reader."""
        return _PLAIN | self.filterset_class.settled

    def settled_question(self, place: pagination.Place, reader: Actor, given: QueryDict) -> documents.Question | None:
        """Return the question for a page with such parameters; raises ValidationError (400) for invalid values.

        It is kept under the values as they were sent, which are not looked at again; long ones are not kept, so that
        nobody fills the memory with them.
        """
        chosen = {name: given.getlist(name) for name in sorted(given.keys() - _PLAIN)}

        def rows(after: Sequence[Any]) -> QuerySet[Any]:
            start = replace(place, after=tuple(after) if place.after is not None else None)
            found = self.rows_for(reader).live()
            if chosen:
                filters = QueryDict(mutable=True)
                for name, values in chosen.items():
                    filters.setlist(name, values)
                found = self.filterset_class(filters, queryset=found).rows()
            return start.found(found).values_list(*place.columns)

        values = tuple((name, *dict.fromkeys(values)) for name, values in chosen.items())
        if sum(len(one) for named in values for one in named) > _LONGEST_KEPT:
            statement = documents.compiled(rows(place.after or ()))
            return self.question_of(place, statement, place.after or ())
        shape = (self.model, reader.id, reader.permissions, place.ordering, place.limit, place.after is None, values)
        return self.question_of(place, documents.kept(shape, rows, place.after or ()), place.after or ())

    def question_of(
        self, place: pagination.Place, rows: documents.Statement | None, after: Sequence[Any] = ()
    ) -> documents.Question | None:
        """Return the question for the documents of a page, whose rows a statement finds; None for no rows."""
        if rows is None:
            return None
        columns, is_backwards = len(place.columns), place.is_backwards
        return documents.question_for_page(
            self.model, rows, columns, limit=place.limit, after=after, is_backwards=is_backwards
        )

    def page_answer(
        self,
        request: Request,
        place: pagination.Place,
        question: documents.Question | None,
        *,
        count: int | None = None,
    ) -> HttpResponse:
        """Return the stored documents of a page, as they are."""
        found = documents.fetch_page(self.model, question, limit=place.limit, is_backwards=place.is_backwards)
        ends: dict[str, Any] = {**place.neighbors(request, has_more=found.has_more, first=found.first, last=found.last)}
        if count is not None:
            ends |= {"count": min(count, pagination.COUNT_CAP), "is_capped": count > pagination.COUNT_CAP}
        wanted = members_asked(request.query_params, self.model.record_kind)
        results = narrowed(found.body, wanted) if wanted else found.body
        body = b"".join((b'{"results":[', results, b"],", orjson.dumps(ends)[1:]))
        return HttpResponse(body, content_type="application/json")

    def file_answer(
        self, request: Request, rows: QuerySet[Any], ordering: tuple[str, ...], form: str
    ) -> HttpResponseBase:
        """Return all these rows as a file, in this order."""
        if form == PACKAGE.ending:
            found = rows.order_by(*ordering).values_list("pk", flat=True)[: MOST + 1]
            name = documents.recipes()[self.model.record_kind].searched.address
            return package_answer(request, lambda: {self.model.record_kind: list(found)}, by=self.actor, name=name)
        by, today, with_bom = self.actor, timezone.localdate(), has_bom(request)
        return file_answer(request, self.model, rows, ordering, form, by=by, on=today, with_bom=with_bom)


def form_of(request: Request) -> str | None:
    """Return the form of the file that is asked for, or None for a page."""
    chosen: Any = request.accepted_renderer
    return chosen.format if chosen.format in {*FORMS, PACKAGE.ending} else None


def has_bom(request: Request) -> bool:
    """Tell whether a file is to begin with a byte order mark."""
    return request.query_params.get(BOM) == "true"


def table_file(request: Request, table: Table, pieces: Callable[[], Iterable[Piece]], form: str) -> HttpResponseBase:
    """Return a list that is not one of records as a file: all rows of its table."""
    by, today = actor_of(request), timezone.localdate()
    return table_answer(request, table, pieces, form, by=by, on=today, with_bom=has_bom(request))


def filters_of(request: Request, form: str | None, *others: str) -> QueryDict:
    """Return the parameters of the list itself, without `others`.

    Raises ValidationError (400) for those that do not fit the form.
    """
    filters = request.query_params.copy()
    own = QueryDict(mutable=True)
    for name in (FORMAT, FORMERLY, BOM, *others):
        if name in filters:
            own.setlist(name, filters.pop(name))
    check_parameters(own, {FORMAT, FORMERLY, BOM, *others})
    if BOM in own and (form != "csv" or own[BOM] not in {"true", "false"}):
        raise invalid(BOM, "Write true or false, and ask for CSV.")
    if form is not None:
        for name in _OF_PAGES:
            if name in filters:
                raise invalid(name, "A file has all rows: leave it out.")
    return filters
