"""Content-Encoding: answers are compressed as callers ask, and each encoding has an ETag of its own (RFC 9110).

Nothing random is mixed in, so the same answer has the same bytes: callers send a token, which no other site's page can.
"""

import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any, Protocol

import zstandard
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from rest_framework.request import Request

from sgoffice.api.preconditions import encoded_tag, known_tag

#: What there is, the one that callers get who like both alike first.
ENCODINGS = ("zstd", "gzip")
_ZSTD_LEVEL, _GZIP_LEVEL = 3, 6
_ITEM = re.compile(r"(?P<name>[a-z*-]+)(?:;q=(?P<weight>[01](?:\.\d{0,3})?))?")
_IN_GZIP = zlib.MAX_WBITS | 16


class _Stream(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self, mode: int, /) -> bytes: ...


def encoding_for(accepted: str) -> str:
    """Return the encoding that an Accept-Encoding asks for by name; empty if it asks for none that there is."""
    weights = {}
    for item in accepted.lower().replace(" ", "").split(","):
        if found := _ITEM.fullmatch(item):
            weights[found["name"]] = float(found["weight"] or 1)
    best = max(ENCODINGS, key=lambda name: weights.get(name, 0))
    return best if weights.get(best, 0) > 0 else ""


def compress(request: Request | HttpRequest, response: Any) -> Any:
    """Compress an answer that is rendered, whole or as it is streamed; a 304 tells the ETag that the caller has."""
    patch_vary_headers(response, ("Accept-Encoding",))
    encoding = encoding_for(request.headers.get("Accept-Encoding", ""))
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        response["ETag"] = known_tag(request, response["ETag"], encoding)
    elif encoding and not response.has_header("Content-Encoding"):
        _encode(response, encoding)
    return response


def _encode(response: Any, encoding: str) -> None:
    if response.streaming:
        stream, flush, end = _STREAMS[encoding]()
        response.streaming_content = _pieces(response.streaming_content, stream, flush, end)
        del response["Content-Length"]
    else:
        response.content = _WHOLE[encoding](response.content)
        if response.has_header("Content-Length"):
            response["Content-Length"] = str(len(response.content))
    if response.has_header("ETag"):
        response["ETag"] = encoded_tag(response["ETag"], encoding)
    response["Content-Encoding"] = encoding


def _pieces(parts: Iterator[bytes], stream: _Stream, flush: int, end: int) -> Iterator[bytes]:
    """Yield each part compressed as far as its reader can read it."""
    for part in parts:
        yield stream.compress(part) + stream.flush(flush)
    yield stream.flush(end)


def _zstd_stream() -> tuple[_Stream, int, int]:
    stream: Any = zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj()
    return stream, zstandard.COMPRESSOBJ_FLUSH_BLOCK, zstandard.COMPRESSOBJ_FLUSH_FINISH


def _gzip_stream() -> tuple[_Stream, int, int]:
    return zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _IN_GZIP), zlib.Z_SYNC_FLUSH, zlib.Z_FINISH


_WHOLE: dict[str, Callable[[bytes], bytes]] = {
    "zstd": lambda body: zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(body),
    "gzip": lambda body: gzip.compress(body, _GZIP_LEVEL, mtime=0),
}
_STREAMS: dict[str, Callable[[], tuple[_Stream, int, int]]] = {"zstd": _zstd_stream, "gzip": _gzip_stream}


def compressed(response: Any, request: HttpRequest) -> HttpResponseBase:
    """Compress an answer now, or once it is rendered."""
    if hasattr(response, "is_rendered") and not response.is_rendered:
        response.add_post_render_callback(lambda rendered: compress(request, rendered))
        return response
    done: HttpResponseBase = compress(request, response)
    return done
