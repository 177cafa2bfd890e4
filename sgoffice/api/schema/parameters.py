"""The parameters and headers of our conventions, and those of a list's own filters."""

from collections.abc import Iterable
from typing import Any

import django_filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from sgoffice.api import filters
from sgoffice.api.as_known_at import AS_KNOWN_AT as KNOWN
from sgoffice.api.exports import RENDERERS, XlsxRenderer
from sgoffice.api.fields import NAMED_RECORD
from sgoffice.api.idempotency import LONGEST_KEY
from sgoffice.api.inclusion import INCLUDE
from sgoffice.api.pagination import DEFAULT_LIMIT, MAX_LIMIT
from sgoffice.api.reasons import MAX_REASON
from sgoffice.api.records_requests import MOST
from sgoffice.api.renderers import JSONRenderer
from sgoffice.exports.packages import PACKAGE
from sgoffice.exports.spreadsheets import FORMS

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The `ETag` of the record as you read it."
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="The `ETag` you have: 304 when nothing changed."
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    description="A unique key of this request: a repeated request with it has no second effect.",
)
REASON = OpenApiParameter(
    "X-Reason",
    {"type": "string", "maxLength": MAX_REASON},
    OpenApiParameter.HEADER,
    description="The reason for the update, in UTF-8; kept in the record's history.",
)
AS_KNOWN_AT = OpenApiParameter(
    KNOWN,
    OpenApiTypes.DATETIME,
    description=(
        "The record as the register showed it at this instant (RFC 3339, with an offset), for readers who may see it "
        "today and could see it then; 404 if it did not exist yet. The `ETag` is valid for `If-None-Match` only."
    ),
)
_LIMIT = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
_PAGE = [
    OpenApiParameter("limit", _LIMIT, description="Records per page."),
    OpenApiParameter("cursor", str, description="Where the page starts: use the URLs in `next` and `previous`."),
    OpenApiParameter("count", str, enum=["capped"], description="Count the matching records, up to 1,000."),
]
_FORMS = ["json", *FORMS]
#: Of lists that can be had as files.
OF_FILES = [
    OpenApiParameter(
        "format",
        str,
        enum=_FORMS,
        description=(
            "The form; by default `Accept` decides. All but json are files with all rows: csv and xlsx have columns of "
            "the kind, with names in the language of `Accept-Language` where the register has them, jsonl has the "
            "records as they are, one a line."
        ),
    ),
    OpenApiParameter("bom", bool, description="With csv: true begins it with a byte order mark, as Excel expects."),
]
#: Of what finds records: they come with all that belongs to them, too.
OF_PACKAGES = [
    OpenApiParameter(
        "format",
        str,
        enum=[*_FORMS, PACKAGE.ending],
        description=(
            f"{OF_FILES[0].description} zip is a records request: up to {MOST:,} records with the papers, "
            "attachments and action items that belong to them, the bytes of files, and their histories, as far as you "
            "may see them, with a manifest of what was asked and of each file's SHA-256."
        ),
    ),
    *OF_FILES[1:],
]
#: Of lists of records.
NARROWED = OpenApiParameter(
    "fields",
    str,
    description=(
        "Members of the records, with commas between them: the page has these and `id` alone, whatever its schema "
        "says of the others. For pages; files have columns of the kind."
    ),
)


def of_inclusions(words: Iterable[str]) -> OpenApiParameter:
    """Return the parameter with which lists may stand in a record."""
    schema = {"type": "array", "items": {"type": "string", "enum": list(words)}, "minItems": 1, "uniqueItems": True}
    return OpenApiParameter(
        INCLUDE,
        schema,
        style="form",
        explode=False,
        description=(
            "Lists, with commas between them, that `included` holds beside the members of the record: of each the "
            f"first {DEFAULT_LIMIT} records that you may see, and in `next` the address of the rest. The `ETag` is "
            "then one of all that is shown, valid for `If-None-Match` only."
        ),
    )


#: The schema of a filter's value, by class.
_WRITTEN: list[tuple[type[Any], dict[str, Any]]] = [
    (filters.IdFilter, NAMED_RECORD),
    (filters.DayFilter, {"type": "string", "format": "date"}),
    (filters.FlagFilter, {"type": "boolean"}),
    (filters.TextFilter, {"type": "string", "maxLength": filters.MAX_TEXT}),
    (filters.DateFilter, {"type": "string", "maxLength": 32, "examples": ["2016-11-21", "2016-11", "2016"]}),
]


def as_files(page: Any) -> dict[Any, Any]:
    """Return the documented answers of a list that can be had as files: texts, but for XLSX."""
    files = (offered for offered in RENDERERS if offered is not JSONRenderer)
    kinds = {one.media_type: OpenApiTypes.BINARY if one is XlsxRenderer else OpenApiTypes.STR for one in files}
    return {(200, media_type): kind for media_type, kind in {JSONRenderer.media_type: page, **kinds}.items()}


def as_packages(page: Any) -> dict[Any, Any]:
    """Return the documented answers of what finds records: those of other lists, and the package."""
    return as_files(page) | {(200, PACKAGE.media_type): OpenApiTypes.BINARY}


def of_page(sorts: dict[str, Any], default: str) -> list[OpenApiParameter]:
    """Return the parameters of every list."""
    description = f"The order of the list; `{default}` by default."
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
    if isinstance(item, filters.IdFilter) and not item.takes_names:
        return {"type": "string", "format": "uuid"}
    found = next((schema for kind, schema in _WRITTEN if isinstance(item, kind)), None)
    return dict(found or {"type": "string", "maxLength": filters.MAX_LENGTH})
