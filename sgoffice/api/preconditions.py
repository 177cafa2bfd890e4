"""ETag, If-None-Match and If-Match (RFC 9110, sections 8.8.3 and 13).

An ETag is `"<version>-<digest>"`. If-None-Match compares all of it; If-Match the version alone, so that a renamed
organization, which changes the bytes of every record that names it, does not fail every open edit.
"""

import hashlib
import re

from django.http import HttpResponse
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from sgoffice.api.problems import PreconditionRequired
from sgoffice.changes.door import ANY_VERSION, Expected
from sgoffice.documents import StoredDocument

#: `W/` and `-gzip` are added by proxies that compress.
_TAG = re.compile(r'(?:W/)?"(?P<version>\d{1,9})(?:-(?P<digest>[0-9a-f]+))?(?:[-;]\w+)?"')
_ETAG_ITEM = re.compile(r'(?:W/)?"[^"]*"')


def expected_version(request: Request) -> Expected:
    """Return the version that the caller read; raises PreconditionRequired without If-Match, ParseError for no tag."""
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise PreconditionRequired
    if given == "*":
        return ANY_VERSION
    match = _TAG.fullmatch(given)
    if match is None:
        raise ParseError(f"If-Match takes one ETag as the register gave it, not {given!r}.")
    return int(match["version"])


def is_unchanged(request: Request, etag: str) -> bool:
    """Tell whether the caller has this very document already."""
    given = request.headers.get("If-None-Match", "")
    if given.strip() == "*":
        return True
    return any(_bare(item) == _bare(etag) for item in _ETAG_ITEM.findall(given))


def document_answer(request: Request, document: StoredDocument) -> HttpResponse:
    """Return the stored bytes with their ETag, or 304 when the caller has them."""
    if is_unchanged(request, document.etag):
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(document.body, content_type="application/json")
    answer["ETag"] = document.etag
    answer["Cache-Control"] = "private, no-cache"
    return answer


def tagged_answer(request: Request, body: bytes) -> HttpResponse:
    """Return JSON with the ETag of its bytes, or 304; If-Match takes no such ETag, which is no record's version."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    if is_unchanged(request, etag):
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(body, content_type="application/json")
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _bare(etag: str) -> str:
    return etag.removeprefix("W/").replace('-gzip"', '"')
