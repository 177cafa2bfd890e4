"""ETag, If-None-Match and If-Match (RFC 9110, sections 8.8.3 and 13).

An ETag is `"<version>-<digest>"`. If-None-Match compares all of it; If-Match the version alone, so that a renamed
organization, which changes the bytes of every record that names it, does not fail every open edit.
"""

import hashlib
import re

from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from sgoffice.api.problems import PreconditionRequired
from sgoffice.changes.door import ANY_VERSION, Expected
from sgoffice.documents import StoredDocument

#: `W/` and the name of an encoding are added by proxies that compress, and by the register itself.
_TAG = re.compile(r'(?:W/)?"(?P<version>\d{1,9})(?:-(?P<digest>[0-9a-f]+))?(?:[-;]\w+)?"')
_ENCODED = re.compile(r'-(gzip|zstd)"$')
_ETAG_ITEM = re.compile(r'(?:W/)?"[^"]*"')


def expected_version(request: Request) -> Expected:
    """Return the version in If-Match; raises PreconditionRequired (428) without one, ParseError (400) if malformed."""
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise PreconditionRequired
    if given == "*":
        return ANY_VERSION
    match = _TAG.fullmatch(given)
    if match is None:
        raise ParseError(f"If-Match takes one ETag, exactly as received, not {given!r}.")
    return int(match["version"])


def is_unchanged(request: Request | HttpRequest, etag: str) -> bool:
    """Return whether If-None-Match contains the ETag."""
    given = request.META.get("HTTP_IF_NONE_MATCH", "")
    if given.strip() == "*":
        return True
    return any(_bare(item) == _bare(etag) for item in _ETAG_ITEM.findall(given))


def encoded_tag(etag: str, encoding: str) -> str:
    """Return the ETag of an answer in an encoding; the same if it has none."""
    return f'{etag[:-1]}-{encoding}"' if encoding else etag


def known_tag(request: Request | HttpRequest, etag: str, encoding: str) -> str:
    """Return the ETag that the caller has of an unchanged answer: that of the encoding it asks for, or of another."""
    given = _ETAG_ITEM.findall(request.META.get("HTTP_IF_NONE_MATCH", ""))
    own = encoded_tag(etag, encoding)
    had = [item.removeprefix("W/") for item in given if _bare(item) == etag]
    return own if own in had or not had else had[0]


def document_answer(request: Request, document: StoredDocument) -> HttpResponse:
    """Return the stored document with its ETag, or 304 if the caller has it."""
    if is_unchanged(request, document.etag):
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(document.body, content_type="application/json")
    answer["ETag"] = document.etag
    return answer


def tagged_answer(request: Request | HttpRequest, body: bytes) -> HttpResponse:
    """Return JSON with an ETag of its bytes, or 304. The ETag is not a version: If-Match does not take it."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    if is_unchanged(request, etag):
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(body, content_type="application/json")
    answer["ETag"] = etag
    return answer


def _bare(etag: str) -> str:
    return _ENCODED.sub('"', etag.removeprefix("W/"))
