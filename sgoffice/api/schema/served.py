"""The API documents as they are served: made once, with an ETag, compressed for who takes that."""

import gzip
import hashlib
import re
from functools import cache
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.settings import patched_settings

from sgoffice.api.preconditions import is_unchanged
from sgoffice.api.schema import handover
from sgoffice.api.schema.handover import ApiDocument
from sgoffice.settings.http import PARTNER_DOCUMENT

_MEDIA_TYPE = "application/vnd.oai.openapi+json"
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:\s|,|$))")
_making = Lock()


@csrf_exempt
@require_safe
def staff_document(request: HttpRequest) -> HttpResponse:
    """Return the API document for staff."""
    return _answer(request, for_partners=False)


@csrf_exempt
@require_safe
def partner_document(request: HttpRequest) -> HttpResponse:
    """Return the API document for partners."""
    return _answer(request, for_partners=True)


def _answer(request: HttpRequest, *, for_partners: bool) -> HttpResponse:
    with _making:  # others wait for the first, instead of making it as well
        document = api_document(for_partners=for_partners)
    is_compressed = bool(_GZIP.search(request.headers.get("Accept-Encoding", "")))
    etag = f'"{document.digest}-gzip"' if is_compressed else f'"{document.digest}"'
    if is_unchanged(request, etag):
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(document.compressed if is_compressed else document.body, content_type=_MEDIA_TYPE)
        if is_compressed:
            answer["Content-Encoding"] = "gzip"
    answer["ETag"] = etag
    answer["Cache-Control"] = "no-cache"
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer


@cache
def api_document(*, for_partners: bool) -> ApiDocument:
    """Return a document: the one that was made for all workers, or one that this process makes."""
    return handover.read(for_partners=for_partners) or make_document(for_partners)


def make_document(for_partners: bool) -> ApiDocument:  # noqa: FBT001 - as `hand_on` asks for it
    changed: dict[str, Any] | None = PARTNER_DOCUMENT if for_partners else None
    with patched_settings(changed):
        schema = SchemaGenerator().get_schema(request=None, public=True)
    body = OpenApiJsonRenderer().render(schema, renderer_context={})
    return ApiDocument(body, gzip.compress(body, 9, mtime=0), hashlib.sha256(body).hexdigest()[:32])
