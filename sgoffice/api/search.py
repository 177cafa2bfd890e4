"""GET /search: records of every kind that contain all words, newest or best first, with facets.

It names no kind: each declares what is searched beside its document (`searched=`), so a new kind is found at once.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any, ClassVar
from uuid import UUID

import orjson
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from sgoffice import documents
from sgoffice.api import pagination
from sgoffice.api.actors import actor_of
from sgoffice.api.exports import OF_RECORDS, filters_of, form_of, table_file
from sgoffice.api.filters import MAX_TEXT, MAX_VALUES, check_parameters
from sgoffice.api.preconditions import tagged_answer
from sgoffice.api.records_requests import MOST, package_answer
from sgoffice.api.renderers import FormatNegotiation
from sgoffice.api.schema.parameters import OF_PACKAGES, as_packages
from sgoffice.api.search_results import SearchResultPageSerializer, hits_of
from sgoffice.documents.columns import Column, columns, days
from sgoffice.exports.lists import Piece, Table, visible_pieces
from sgoffice.exports.packages import PACKAGE
from sgoffice.places.reading import UnclearPlace, read_country
from sgoffice.search import BEST, CANDIDATES, FACETED, NEWEST, Question, count_facets, is_askable, use_index_scans
from sgoffice.search.folding import words_of

_ORDERS = {"newest": NEWEST, "relevance": BEST}
_MANY = {"kind", "country", "year"}
_KNOWN = {"q", "order", "limit", "cursor", "count", *_MANY}
_TABLE = Table(
    "hits",
    "search",
    (
        *columns("kind", "reference", "marking"),
        Column("title", "label"),
        *days("date"),
        *columns("countries", "is_near", "url", "id"),
    ),
)
_YEAR = re.compile(r"[1-9][0-9]{3}", re.ASCII)


def _several(name: str, item: dict[str, Any], description: str) -> OpenApiParameter:
    schema = {"type": "array", "items": item, "maxItems": MAX_VALUES}
    return OpenApiParameter(name, schema, description=f"{description} Repeat it, or separate values by commas.")


_PARAMETERS = [
    OpenApiParameter(
        "q",
        {"type": "string", "minLength": 1, "maxLength": MAX_TEXT},
        required=True,
        description="The words to search for; all must occur, in any order.",
        examples=[
            OpenApiExample("two words", value="yaounde terrorism"),
            OpenApiExample("another script", value="Владимир"),
        ],
    ),
    OpenApiParameter("order", str, enum=list(_ORDERS), description="The order of the hits; `newest` by default."),
    _several("kind", {"type": "string"}, "Only these kinds, such as `engagement`, `agreement`, `person`."),
    _several("country", {"type": "string"}, "Only records about one of these countries, by code or name."),
    _several("year", {"type": "string"}, "Only records that took place or began in one of these years."),
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": pagination.MAX_LIMIT, "default": pagination.DEFAULT_LIMIT},
        description="Hits per page.",
    ),
    OpenApiParameter("cursor", str, description="Where the page starts: use the URLs in `next` and `previous`."),
    OpenApiParameter("count", str, enum=["capped"], description="Count the hits, up to 1,000."),
    *OF_PACKAGES,
]
_DESCRIPTION = f"""Search records of every kind by their texts and by all names of the records they name.

Accents, case, punctuation and word order are ignored; a State is found by its name in any language.

A word of three letters or more matches anywhere, also inside a
longer word; a shorter one matches at the start of a word, or anywhere in a script without spaces. Hits, facets and
counts include only what you may read. If no record (of the kinds that you ask for) holds the words, records with names
that are spelled nearly so are offered instead, with `is_near`.

`newest` sorts by the first day a record's date can mean; records without a date come last. `relevance` ranks the newest
{CANDIDATES} hits of each kind by how well their titles match
(an equal name or acronym, initials and codes, the beginning of a name, words, parts of words); older hits are left out.

Facets count up to {FACETED:,}
hits, the newest ones if there are more; each facet ignores its own parameter and applies the other two."""


class SearchView(APIView):
    http_method_names = ["get", "head"]
    renderer_classes = OF_RECORDS
    content_negotiation_class = FormatNegotiation
    #: For the API document.
    has_etag: ClassVar[bool] = True

    @extend_schema(
        operation_id="search_records",  # `search` would be a second SearchResult to orval
        summary="Search all records",
        description=_DESCRIPTION,
        parameters=_PARAMETERS,
        responses=as_packages(SearchResultPageSerializer),
        filters=False,
    )
    def get(self, request: Request) -> HttpResponseBase:
        form = form_of(request)
        check_parameters(filters_of(request, form), _KNOWN, many=_MANY)
        question = _question(request)
        if form is not None:
            order = _ORDERS[pagination.sort_of(request, _ORDERS, "newest", parameter="order")]
            if form == PACKAGE.ending:
                return package_answer(request, lambda: _by_kind(question, order), by=question.by, name=_TABLE.name)
            return table_file(request, _TABLE, lambda: _pieces(question, order), form)
        with use_index_scans():
            page = _page(request, question)
            if not page.ids and not question.is_answered():
                question = replace(question, is_near=True)
                page = _page(request, question)
            facets = None if "cursor" in request.query_params else asdict(count_facets(question))
            found: dict[str, Any] = {"results": hits_of(page.ids, question), "facets": facets}
        found |= {"next": page.next, "previous": page.previous}
        if page.count is not None:
            found |= {"count": min(page.count, pagination.COUNT_CAP), "is_capped": page.count > pagination.COUNT_CAP}
        return tagged_answer(request, orjson.dumps(found))


def _by_kind(question: Question, order: tuple[str, ...]) -> dict[str, list[UUID]]:
    """Return the ids of all hits by kind, one more than a package holds at most."""
    rows = question.best() if order == BEST else question.rows()
    found: dict[str, list[UUID]] = {}
    with use_index_scans():
        for key, kind in rows.order_by(*order).values_list("pk", "kind")[: MOST + 1]:
            found.setdefault(kind, []).append(key)
    return found


def _pieces(question: Question, order: tuple[str, ...]) -> Iterator[Piece]:
    """Yield all hits in this order, as on pages; by relevance, those that are ranked."""
    with use_index_scans():
        if not question.is_answered():
            question = replace(question, is_near=True)
        rows = question.best() if order == BEST else question.rows()
        ids = list(rows.order_by(*order).values_list("pk", flat=True))
    for piece in visible_pieces(ids, lambda key: key, question.by):
        yield [orjson.dumps(hit) for hit in hits_of(piece, question)]


def _page(request: Request, question: Question) -> pagination.Page:
    rows = question.best() if _is_ranked(request) else question.rows()
    return pagination.page(request, rows, _ORDERS, "newest", parameter="order")


def _is_ranked(request: Request) -> bool:
    return request.query_params.get("order") == "relevance"


def _question(request: Request) -> Question:
    """Return the search that the parameters describe; raises ValidationError (400) naming the parameter."""
    text = request.query_params.get("q", "").strip()
    words = words_of(text)
    if len(text) > MAX_TEXT:
        raise pagination.invalid("q", f"At most {MAX_TEXT} characters.")
    if not is_askable(text):
        raise pagination.invalid("q", "Give at least one word of two letters or digits, such as yaounde.")
    kinds = _values(request, "kind")
    if unknown := [kind for kind in kinds if kind not in documents.recipes()]:
        there_are = ", ".join(sorted(documents.recipes()))
        raise pagination.invalid("kind", f"{unknown[0]!r} is not one of: {there_are}.")
    try:
        countries = [read_country(country) for country in _values(request, "country")]
    except UnclearPlace as error:
        raise pagination.invalid("country", str(error)) from None
    years = _values(request, "year")
    if not all(_YEAR.fullmatch(year) for year in years):
        raise pagination.invalid("year", "Write a year of four digits, such as 2019.")
    narrowed = frozenset(kinds), frozenset(countries), frozenset(map(int, years))
    return Question(words, actor_of(request), *narrowed, text=text)


def _values(request: Request, name: str) -> Iterable[str]:
    given = [value for text in request.query_params.getlist(name) for value in text.split(",") if value]
    if len(given) > MAX_VALUES:
        raise pagination.invalid(name, f"At most {MAX_VALUES} values.")
    return given
