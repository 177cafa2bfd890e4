"""The parameters and headers of our conventions, and those of a list's own filters."""

from typing import Any

import django_filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from sgoffice.api import filters
from sgoffice.api.as_known_at import AS_KNOWN_AT as KNOWN
from sgoffice.api.idempotency import LONGEST_KEY
from sgoffice.api.pagination import DEFAULT_LIMIT, MAX_LIMIT
from sgoffice.api.reasons import MAX_REASON

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The `ETag` of the record as you read it."
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="The `ETag` that you have: 304 when it still holds."
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]*$"},
    OpenApiParameter.HEADER,
    description="Your name for this request: repeating it does nothing twice.",
)
REASON = OpenApiParameter(
    "X-Reason",
    {"type": "string", "maxLength": MAX_REASON},
    OpenApiParameter.HEADER,
    description="Why you correct it, in UTF-8; kept in the record's history.",
)
AS_KNOWN_AT = OpenApiParameter(
    KNOWN,
    OpenApiTypes.DATETIME,
    description=(
        "What was known at this instant (RFC 3339, with offset): the record as the register showed it then, to those "
        "who may see it today and could see it then. 404 before it was known. Its `ETag` is for If-None-Match alone."
    ),
)
_LIMIT = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
_PAGE = [
    OpenApiParameter("limit", _LIMIT, description="Records on a page."),
    OpenApiParameter("cursor", str, description="Where the page starts: take it from `next` or `previous`."),
    OpenApiParameter("count", str, enum=["capped"], description="Count what passes the filters, up to 1,000."),
]
#: How the value of a filter is written.
_WRITTEN: list[tuple[type[Any], dict[str, Any]]] = [
    (filters.IdFilter, {"type": "string", "format": "uuid"}),
    (filters.DayFilter, {"type": "string", "format": "date"}),
    (filters.FlagFilter, {"type": "boolean"}),
    (filters.TextFilter, {"type": "string", "maxLength": filters.MAX_TEXT}),
    (filters.DateFilter, {"type": "string", "maxLength": 32, "examples": ["2016-11-21", "2016-11", "2016"]}),
]


def of_page(sorts: dict[str, Any], default: str) -> list[OpenApiParameter]:
    """Return the parameters that every page of records takes."""
    description = f"The order of the list; {default} unless said."
    return [*_PAGE, OpenApiParameter("sort", str, enum=list(sorts), description=description)]


def of_filter(name: str, item: Any) -> dict[str, Any]:
    """Return a filter of a list as a parameter."""
    label = str(item.label or "")
    described: dict[str, Any] = {"name": name, "in": "query", "schema": _schema(item), "description": label}
    if isinstance(item, filters.ManyChoicesFilter):
        described |= {"explode": True, "style": "form"}
    return described


def _schema(item: Any) -> dict[str, Any]:
    choices = [key for key, _ in item.extra.get("choices", ())]
    if isinstance(item, filters.ManyChoicesFilter):
        return {"type": "array", "items": {"type": "string", "enum": choices}, "maxItems": filters.MAX_VALUES}
    if isinstance(item, django_filters.ChoiceFilter):
        return {"type": "string", "enum": choices}
    found = next((schema for kind, schema in _WRITTEN if isinstance(item, kind)), None)
    return dict(found or {"type": "string", "maxLength": filters.MAX_LENGTH})
