"""The report of an import over HTTP."""

from collections.abc import Mapping

import orjson
from django.http import HttpResponse
from rest_framework.request import Request

from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.api.preconditions import tagged_answer
from sgoffice.imports.models import Import
from sgoffice.imports.services import report_of
from sgoffice.records.actors import Actor

_LARGEST = 10_000_000


def report_answer(request: Request, imported: Import, *, by: Actor) -> HttpResponse:
    """Return the report with an ETag of this answer; raises ValidationError (400) for a parameter."""
    check_parameters(request.query_params, {"after"})
    return tagged_answer(request, orjson.dumps(report_of(imported, by=by, after=_after(request))))


def _after(request: Request) -> int:
    given: Mapping[str, str] = request.query_params
    text = given.get("after", "0")
    if not (text.isascii() and text.isdigit() and int(text[:9]) < _LARGEST and len(text) < 9):  # noqa: PLR2004 - digits
        raise invalid("after", "Give the number of a row, as `next_after` says it.")
    return int(text)
