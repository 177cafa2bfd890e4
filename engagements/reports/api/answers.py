"""Answers of reports: JSON or a printable page, by `Accept` or `format`, with an ETag of the bytes."""

import hashlib
from base64 import b64encode
from datetime import date
from functools import cache
from typing import Any, ClassVar

import orjson
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from sgoffice.admin.reader_languages import language_of
from sgoffice.api.fields import Day
from sgoffice.api.headers import NOTHING
from sgoffice.api.pagination import invalid
from sgoffice.api.preconditions import is_unchanged
from sgoffice.api.renderers import FormatNegotiation, JSONRenderer


class PageRenderer(BaseRenderer):
    """Lets content negotiation choose the printable page; the view renders it."""

    media_type = "text/html"
    format = "html"


class ReportView(APIView):
    """A report about one record: an unknown record is 404 before parameters are checked."""

    http_method_names: ClassVar = ["get", "head"]
    renderer_classes: ClassVar = [JSONRenderer, PageRenderer]
    content_negotiation_class = FormatNegotiation
    #: For the API document.
    has_etag: ClassVar[bool] = True
    is_redirected: ClassVar[bool] = True


PARAMETERS = [
    OpenApiParameter("format", str, enum=["json", "html"], description="The format; by default `Accept` decides."),
]
ON = OpenApiParameter("on", OpenApiTypes.DATE, description="The day of the report; today by default.")


def responses_of(shape: Any) -> dict[Any, Any]:
    """Return the documented responses of a report: JSON, or a page."""
    return {
        (200, "application/json"): OpenApiResponse(shape, description="The report."),
        (200, "text/html"): OpenApiResponse(OpenApiTypes.STR, description="The same as a printable page."),
    }


def answer(request: Request, report: Any, template: str) -> HttpResponse:
    """Return a report in the requested format, or 304 if the caller has these bytes."""
    chosen: Any = request.accepted_renderer
    if chosen.format == PageRenderer.format:
        return page_answer(request, template, {"report": report})
    return _tagged(request, orjson.dumps(report), "application/json")


def page_answer(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    """Return a report as a page to print, in the language of its reader, or 304 if the caller has these bytes."""
    language = language_of(request)
    with translation.override(language):
        page = render_to_string(template, context)
    found = _tagged(request, page.encode(), "text/html; charset=utf-8")
    found["Content-Language"] = language
    return found


def _tagged(request: Request, body: bytes, media_type: str) -> HttpResponse:
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    found = HttpResponse(status=304) if is_unchanged(request, etag) else HttpResponse(body, content_type=media_type)
    found["ETag"] = etag
    found["Content-Security-Policy"] = f"{NOTHING}; style-src '{_style_digest()}'"
    return found


@cache
def _style_digest() -> str:
    """Return the digest of the only style that a page may have; it stands in the page, which people keep and print."""
    style = render_to_string("reports/page.css").encode()
    return f"sha256-{b64encode(hashlib.sha256(style).digest()).decode()}"


def day_of(request: Request) -> date:
    """Return the day in `on`, today by default."""
    given = request.query_params.get("on")
    if given is None:
        return timezone.localdate()
    try:
        return Day().to_internal_value(given)
    except ValidationError:
        raise invalid("on", "Write a day such as 2016-11-21.") from None
