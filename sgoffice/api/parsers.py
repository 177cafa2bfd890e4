"""Strict JSON (RFC 8259, I-JSON): every body has one meaning, or an error that says where it is wrong."""

import json
import re
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from sgoffice.api.problems import TooLarge

MAX_DEPTH = 32
_MAX_DIGITS = 18
#: A body of 1 MB can hold half a million values, each of which costs more to check than to send.
MAX_VALUES = 20_000
#: A text that is not closed is one too: otherwise each of its quotes would be tried as the beginning of another.
_TEXTS = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_SHOWN = 100
_BRACKETS = re.compile(r"[\[\]{}]")


class StrictJSONParser(BaseParser):
    """Refuses bodies above 1 MB, deep nesting, duplicate keys, NaN, long numbers, and text that is not UTF-8."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return the parsed body; raises ParseError (400) or TooLarge (413)."""
        return parse(bytes_of(stream, parser_context))


class MergePatchParser(StrictJSONParser):
    """JSON merge patches (RFC 7396)."""

    media_type = "application/merge-patch+json"


def bytes_of(stream: IO[bytes], parser_context: Any, *, limit: int | None = None) -> bytes:
    """Return the body of a request; raises TooLarge (413)."""
    usual = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    limit = limit or usual
    request = (parser_context or {}).get("request")
    if request is not None and int(request.META.get("CONTENT_LENGTH") or 0) > limit:
        raise TooLarge(limit)
    # Django keeps a body of the usual size for others to read; a larger one is read once
    body = stream.read(limit + 1) if request is None or limit > usual else request._request.body
    if len(body) > limit:
        raise TooLarge(limit)
    return body


def parse(body: bytes) -> Any:
    """Return the parsed body; raises ParseError (400)."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParseError(f"The body is not UTF-8 (byte {error.start}).") from None
    if text.startswith("\ufeff"):
        raise ParseError("The body starts with a byte order mark. Remove it.")
    require_modest(text)
    try:
        return json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_constant, parse_int=_int, parse_float=_float
        )
    except json.JSONDecodeError as error:
        raise ParseError(f"The body is not JSON: {error.msg} (line {error.lineno}, column {error.colno}).") from None


def require_modest(text: str) -> None:
    """Raise ParseError for too many values, and for brackets nested too deeply, before a parser recurses into them."""
    bare = _TEXTS.sub("", text)
    if bare.count(",") >= MAX_VALUES:
        raise ParseError(f"The body has more than {MAX_VALUES} values. Send less in one request.")
    depth = 0
    for bracket in _BRACKETS.findall(bare):
        depth += 1 if bracket in "[{" else -1
        if depth > MAX_DEPTH:
            raise ParseError(f"The body is nested more than {MAX_DEPTH} levels deep.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ParseError(f"The key {name[:_SHOWN]!r} appears twice in one object.")
        found[name] = value
    return found


def _no_constant(word: str) -> None:
    raise ParseError(f"{word} is not JSON.")


def _int(digits: str) -> int:
    if len(digits.lstrip("-")) > _MAX_DIGITS:
        raise ParseError(f"A number has more than {_MAX_DIGITS} digits.")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ParseError("A number is too large.")
    return number
