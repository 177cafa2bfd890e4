"""Every error as a problem detail (RFC 9457). The only place that maps errors to status codes."""

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions

from sgoffice.api import bearer
from sgoffice.api.candidates import described, flattened, shown_candidates, shown_record
from sgoffice.api.outages import OUTAGES, current_outage, reason_of
from sgoffice.api.problem_sizes import MOST_ITEMS, bounded
from sgoffice.exports.spools import NoRoom
from sgoffice.exports.turns import TooManyExports
from sgoffice.records.actors import request_id
from sgoffice.records.constraints import violation_of
from sgoffice.records.errors import (
    InvalidEntry,
    NotPermitted,
    PossibleDuplicates,
    RuleViolation,
    StaleVersion,
    Unavailable,
    UnknownRecord,
)

_log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
_OF_PARTNERS = re.compile(r"/(api/(v1/)?partner|api/v1/oauth|\.well-known/oauth-authorization-server)(/|$)")
_RETRY_AFTER, _RETRY_FILE = "2", "10"  # seconds


@dataclass(frozen=True)
class ProblemType:
    """A type of problem; its page is /problems/{slug}."""

    slug: str
    status: int
    title: str
    advice: str


TYPES = {
    kind.slug: kind
    for kind in (
        ProblemType("malformed", 400, "The request is malformed", "Send the request as the API document describes it."),
        ProblemType(
            "invalid", 400, "Some values are invalid", "Correct the values listed in `errors` and repeat the request."
        ),
        ProblemType(
            "not-signed-in", 401, "Authentication is required", "Send `Authorization: Bearer …` with a valid token."
        ),
        ProblemType("not-permitted", 403, "You may not do this", "Ask an administrator for another role."),
        ProblemType("not-found", 404, "Not found", "Check the address. Records you may not see are not found either."),
        ProblemType("method-not-allowed", 405, "The method is not allowed here", "Use one of the methods in `Allow`."),
        ProblemType("not-acceptable", 406, "The media type is not available", "Send `Accept: application/json`."),
        ProblemType("too-slow", 408, "The body came too slowly", "Send the body at once, or in smaller requests."),
        ProblemType(
            "rule-violated",
            409,
            "A rule forbids this",
            "See `detail` for the reason; `rule` and `basis` name the rule. `/problems/rules` lists all.",
        ),
        ProblemType(
            "possible-duplicates",
            409,
            "The record may exist already",
            "Send the id of the candidate you mean, or confirm that you want a new record.",
        ),
        ProblemType(
            "request-in-progress",
            409,
            "The same request is in progress",
            "Wait as long as `Retry-After` says, then repeat it.",
        ),
        ProblemType("cursor-expired", 410, "The cursor has expired", "Start again with the snapshot at `snapshot`."),
        ProblemType(
            "stale-version",
            412,
            "The record has changed",
            "Read the record again and apply your change to the new version.",
        ),
        ProblemType("too-large", 413, "The body is too large", "Send less data in one request."),
        ProblemType("unsupported-media-type", 415, "The media type is not supported", "Send `application/json`."),
        ProblemType("key-reused", 422, "The Idempotency-Key was used before", "Use a new key for each new request."),
        ProblemType("if-match-required", 428, "If-Match is required", "Send the `ETag` of the record in `If-Match`."),
        ProblemType(
            "too-many-requests",
            429,
            "Too many requests",
            "Wait as long as `Retry-After` says, then repeat the request.",
        ),
        ProblemType("fault", 500, "Internal error", "Report `request_id` to an administrator."),
        ProblemType(
            "unavailable",
            503,
            "The register is busy",
            "Wait as long as `Retry-After` says, then repeat the request; a write with the same `Idempotency-Key`.",
        ),
    )
}


class CursorExpired(Exception):
    """A cursor that says nothing here, or nothing any more; `snapshot` is where the partner starts again."""

    def __init__(self, snapshot: str, why: str = "") -> None:
        super().__init__(why or "The register was restored from a backup after it issued this cursor.")
        self.snapshot = snapshot


class TooLarge(exceptions.APIException):
    """A body above the limit."""

    status_code = 413

    def __init__(self, limit: int) -> None:
        super().__init__(f"The body exceeds the limit of {limit} bytes.")


class PreconditionRequired(Exception):
    """A change without If-Match."""


class KeyReused(Exception):
    """An Idempotency-Key that was used for another request."""


class RequestInProgress(Exception):
    """An Idempotency-Key whose first request is still running."""


def problem(slug: str, detail: str, **more: Any) -> HttpResponse:
    """Return the problem as a response; `headers` in `more` become headers, the rest members of the body."""
    kind = TYPES[slug]
    headers = more.pop("headers", {})
    body = {
        "type": f"/problems/{slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "advice": kind.advice,
        "request_id": request_id.get().rpartition(".")[0],  # as the caller knows it
        **more,
    }
    answer = HttpResponse(orjson.dumps(bounded(body), default=str), status=kind.status, content_type=MEDIA_TYPE)
    for name, value in headers.items():
        answer[name] = value
    answer["Cache-Control"] = "no-store"
    return answer


def handler(error: Exception, context: dict[str, Any]) -> HttpResponse:
    """REST framework's exception handler: return the problem for any exception that a view raised."""
    for kind, answer in _ANSWERS:
        if isinstance(error, kind):
            return answer(error)
    _log.error("A view failed", exc_info=error)
    return problem("fault", _FAULT)


def of_api_error(error: Any) -> HttpResponse:
    """Return the problem for an exception of REST framework."""
    slug = {
        400: "malformed", 401: "not-signed-in", 403: "not-permitted", 404: "not-found", 405: "method-not-allowed",
        406: "not-acceptable", 413: "too-large", 415: "unsupported-media-type", 429: "too-many-requests",
    }.get(error.status_code, "malformed")  # fmt: skip
    more = {"advice": error.advice} if getattr(error, "advice", None) else {}
    headers = {"WWW-Authenticate": error.auth_header} if getattr(error, "auth_header", None) else {}
    if isinstance(error, exceptions.NotAcceptable) and error.available_renderers:
        offered = ", ".join(f"`{offer.media_type}`" for offer in error.available_renderers)
        return problem(slug, str(error.detail), advice=f"Send `Accept` with one of: {offered}.")
    if getattr(error, "wait", None):
        headers["Retry-After"] = f"{error.wait:.0f}"
    return problem(slug, str(error.detail), headers=headers, **more)


def of_validation(error: exceptions.ValidationError) -> HttpResponse:
    """Return the problem for an invalid body or invalid parameters."""
    return _invalid(flattened(error.detail))


def _invalid(found: Iterable[tuple[str, str]], **more: Any) -> HttpResponse:
    errors = [described(pointer, detail) for pointer, detail in found]
    return problem("invalid", _summary(errors), errors=errors, **more)


def _invalid_entry(error: InvalidEntry) -> HttpResponse:
    more = {"candidates": shown_candidates(error.candidates)} if error.candidates else {}
    return _invalid(error.errors, **more)


def _summary(errors: list[dict[str, Any]]) -> str:
    if len(errors) == 1:
        return f"{errors[0]['pointer'] or 'The body'}: {errors[0]['detail']}"
    first = f"the first {MOST_ITEMS} at most" if len(errors) > MOST_ITEMS else "each"
    return f"{len(errors)} values are invalid; `errors` lists {first}."


def _rule(error: RuleViolation) -> HttpResponse:
    errors = [{"pointer": error.pointer, "detail": error.detail}]
    more = {"records": [shown_record(record) for record in error.records]} if error.records else {}
    return problem("rule-violated", error.detail, rule=error.rule, basis=error.basis, errors=errors, **more)


def _duplicates(error: PossibleDuplicates) -> HttpResponse:
    return problem("possible-duplicates", error.detail, candidates=shown_candidates(error.candidates))


def _integrity(error: IntegrityError) -> HttpResponse:
    violation = violation_of(error)
    if violation is not None:
        return _rule(violation)
    _log.error("The database refused what no rule explains", exc_info=error)
    return problem("rule-violated", "This conflicts with another record.", rule="", basis="", errors=[])


def _unavailable(error: BaseException) -> HttpResponse:
    _log.warning("The database did not answer: %s", error)
    return problem("unavailable", reason_of(error), headers={"Retry-After": _RETRY_AFTER})


def _stale(error: StaleVersion) -> HttpResponse:
    return problem("stale-version", error.detail, version=error.current, headers={"ETag": f'"{error.current}"'})


def _no_room(error: Exception) -> HttpResponse:
    _log.error("The disk is too full for large answers")
    return problem("unavailable", "There is no room for a large answer.", headers={"Retry-After": "60"})


def _gone(error: CursorExpired) -> HttpResponse:
    headers = {"Link": f'<{error.snapshot}>; rel="restart"'}
    return problem("cursor-expired", str(error), snapshot=error.snapshot, headers=headers)


_FAULT = "The register failed to process the request; nothing was saved."
_RUNNING = "The first request with this Idempotency-Key is still running."
_NOT_FOUND = "There is no such record, or you may not see it."
_DENIED = "You are not allowed to do this."
_IF_MATCH = "A change needs `If-Match` with the ETag of the record."
_TOO_LARGE = "The body is too large."
_MALFORMED = "The request cannot be read."
_ANSWERS: list[tuple[Any, Any]] = [
    (exceptions.ValidationError, of_validation),
    (exceptions.APIException, of_api_error),
    (InvalidEntry, _invalid_entry),
    (RuleViolation, _rule),
    (PossibleDuplicates, _duplicates),
    (StaleVersion, _stale),
    (CursorExpired, _gone),
    (UnknownRecord, lambda _: problem("not-found", _NOT_FOUND)),
    (Http404, lambda _: problem("not-found", _NOT_FOUND)),
    (NotPermitted, lambda error: problem("not-permitted", error.detail)),
    (PermissionDenied, lambda _: problem("not-permitted", _DENIED)),
    (PreconditionRequired, lambda _: problem("if-match-required", _IF_MATCH)),
    (Unavailable, lambda error: problem("unavailable", error.detail, headers={"Retry-After": _RETRY_AFTER})),
    (KeyReused, lambda _: problem("key-reused", "This Idempotency-Key was used for another request.")),
    (RequestInProgress, lambda _: problem("request-in-progress", _RUNNING, headers={"Retry-After": _RETRY_AFTER})),
    (RequestDataTooBig, lambda _: problem("too-large", _TOO_LARGE)),
    (SuspiciousOperation, lambda error: problem("malformed", str(error) or _MALFORMED)),
    (IntegrityError, _integrity),
    (DataError, lambda _: problem("invalid", "A value exceeds the limits of its column.", errors=[])),
    (OUTAGES, _unavailable),
    (NoRoom, _no_room),
    (TooManyExports, lambda error: problem("too-many-requests", str(error), headers={"Retry-After": _RETRY_FILE})),
]  # fmt: skip


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 400."""
    if isinstance(exception, RequestDataTooBig):
        return problem("too-large", _TOO_LARGE)
    return problem("malformed", _MALFORMED)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 403."""
    return problem("not-permitted", _DENIED)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 404."""
    asks = _OF_PARTNERS.match(request.path) or bearer.is_of_partner(bearer.token_in(request))
    part = "/partner" if asks else ""
    return problem("not-found", f"There is no {request.path}. See the API document at /api{part}/docs.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's 500; 503 where the database is away."""
    if outage := current_outage():
        return _unavailable(outage)
    return problem("fault", _FAULT)
