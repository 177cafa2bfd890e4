"""Every error as a problem detail (RFC 9457). The only place that maps errors to status codes."""

import dataclasses
import logging
from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions

from sgoffice.records.actors import request_id
from sgoffice.records.constraints import violation_of
from sgoffice.records.errors import (
    InvalidEntry,
    NotPermitted,
    PossibleDuplicates,
    RelatedRecord,
    RuleViolation,
    StaleVersion,
    UnknownRecord,
)

_log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
_RETRY_AFTER = "2"  # seconds


@dataclass(frozen=True)
class ProblemType:
    """A kind of problem: its page is /problems/{slug}."""

    slug: str
    status: int
    title: str
    advice: str


TYPES = {
    kind.slug: kind
    for kind in (
        ProblemType("malformed", 400, "The request cannot be read", "Send what the API document describes."),
        ProblemType("invalid", 400, "Some values cannot be accepted", "Correct what `errors` names and send it again."),
        ProblemType("not-signed-in", 401, "Sign in first", "Send `Authorization: Bearer …` with a token of yours."),
        ProblemType("not-permitted", 403, "You may not do this", "Ask an administrator for a role that may."),
        ProblemType("not-found", 404, "There is nothing here", "Check the address; you may not see every record."),
        ProblemType("method-not-allowed", 405, "This cannot be done here", "`Allow` lists what can."),
        ProblemType("not-acceptable", 406, "No such representation", "Ask for `application/json`."),
        ProblemType(
            "rule-violated",
            409,
            "A rule forbids this",
            "`rule` and `basis` say which one, `detail` why; `/problems/rules` has all.",
        ),
        ProblemType(
            "possible-duplicates",
            409,
            "The register may have it already",
            "Send the id of the candidate that is meant, or say that a new record is wanted.",
        ),
        ProblemType("request-in-progress", 409, "The same request is running", "Wait for its answer, then repeat it."),
        ProblemType("cursor-expired", 410, "This cursor leads nowhere", "Begin anew with the snapshot at `snapshot`."),
        ProblemType("stale-version", 412, "Somebody was faster", "Read the record again and repeat the change on it."),
        ProblemType("too-large", 413, "The body is too large", "Send less in one request."),
        ProblemType("unsupported-media-type", 415, "The body has another form", "Send `application/json`."),
        ProblemType("key-reused", 422, "The Idempotency-Key is taken", "Use a new key for a new request."),
        ProblemType("if-match-required", 428, "Say which version you read", "Send the record's `ETag` in `If-Match`."),
        ProblemType("too-many-requests", 429, "Too many requests", "Wait as long as `Retry-After` says."),
        ProblemType("fault", 500, "The register is at fault", "Report `request_id` to the administrators."),
        ProblemType("unavailable", 503, "The register is busy", "Nothing was written; repeat the request."),
    )
}


class CursorExpired(Exception):
    """A cursor of another life of the register; `snapshot` is where a partner begins anew."""

    def __init__(self, snapshot: str) -> None:
        super().__init__("The register was restored from a backup after this cursor was given.")
        self.snapshot = snapshot


class TooLarge(exceptions.APIException):
    """A body above the limit."""

    status_code = 413

    def __init__(self, limit: int) -> None:
        super().__init__(f"The body may have {limit} bytes at most.")


class PreconditionRequired(Exception):
    """A change without If-Match."""


class KeyReused(Exception):
    """An Idempotency-Key that came with another request before."""


class RequestInProgress(Exception):
    """An Idempotency-Key whose first request is still running."""


def problem(slug: str, detail: str, **more: Any) -> HttpResponse:
    """Return the problem as an answer; `headers` of `more` become headers, the rest members of the body."""
    kind = TYPES[slug]
    headers = more.pop("headers", {})
    body = {
        "type": f"/problems/{slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "advice": kind.advice,
        "request_id": request_id.get(),
        **more,
    }
    answer = HttpResponse(orjson.dumps(body, default=str), status=kind.status, content_type=MEDIA_TYPE)
    for name, value in headers.items():
        answer[name] = value
    answer["Cache-Control"] = "no-store"
    return answer


def handler(error: Exception, context: dict[str, Any]) -> HttpResponse:
    """Return the problem for whatever a view of the API raised."""
    for kind, answer in _ANSWERS:
        if isinstance(error, kind):
            return answer(error)
    _log.error("A view failed", exc_info=error)
    return problem("fault", "Something went wrong on our side; nothing of this request was kept.")


def of_api_error(error: Any) -> HttpResponse:
    """Return the problem for what REST framework itself refuses."""
    slug = {
        400: "malformed", 401: "not-signed-in", 403: "not-permitted", 404: "not-found", 405: "method-not-allowed",
        406: "not-acceptable", 413: "too-large", 415: "unsupported-media-type", 429: "too-many-requests",
    }.get(error.status_code, "malformed")  # fmt: skip
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        headers["Retry-After"] = f"{error.wait:.0f}"
    return problem(slug, str(error.detail), headers=headers)


def of_validation(error: exceptions.ValidationError) -> HttpResponse:
    """Return the problem for a body or parameters that a serializer refused."""
    errors = [{"pointer": pointer, "detail": detail} for pointer, detail in flattened(error.detail)]
    return problem("invalid", _summary(errors), errors=errors)


def flattened(detail: Any, pointer: str = "") -> list[tuple[str, str]]:
    """Return pairs of JSON pointer (RFC 6901) and sentence from REST framework's nested errors."""
    if isinstance(detail, dict):
        found = []
        for key, below in detail.items():
            name = str(key).replace("~", "~0").replace("/", "~1")
            found += flattened(below, pointer if key == "non_field_errors" else f"{pointer}/{name}")
        return found
    if isinstance(detail, list):
        if all(isinstance(item, str) for item in detail):
            return [(pointer, str(item)) for item in detail]
        return [
            pair for position, item in enumerate(detail) if item for pair in flattened(item, f"{pointer}/{position}")
        ]
    return [(pointer, str(detail))]


def _summary(errors: list[dict[str, str]]) -> str:
    if len(errors) == 1:
        return f"{errors[0]['pointer'] or 'The body'}: {errors[0]['detail']}"
    return f"{len(errors)} values cannot be accepted; `errors` names each."


def _invalid(error: InvalidEntry) -> HttpResponse:
    errors = [{"pointer": pointer, "detail": detail} for pointer, detail in error.errors]
    return problem("invalid", _summary(errors), errors=errors)


def _rule(error: RuleViolation) -> HttpResponse:
    errors = [{"pointer": error.pointer, "detail": error.detail}]
    more = {"records": [_named(record) for record in error.records]} if error.records else {}
    return problem("rule-violated", error.detail, rule=error.rule, basis=error.basis, errors=errors, **more)


def _duplicates(error: PossibleDuplicates) -> HttpResponse:
    found = [
        {"pointer": pointer, "records": [_named(record) for record in records]}
        for pointer, records in error.candidates.items()
    ]
    return problem("possible-duplicates", error.detail, candidates=found)


def _named(record: RelatedRecord) -> dict[str, Any]:
    return {name: value for name, value in dataclasses.asdict(record).items() if value}


def _integrity(error: IntegrityError) -> HttpResponse:
    violation = violation_of(error)
    if violation is not None:
        return _rule(violation)
    _log.error("The database refused what no rule explains", exc_info=error)
    return problem("rule-violated", "This contradicts another record.", rule="", basis="", errors=[])


def _unavailable(error: Exception) -> HttpResponse:
    _log.warning("The database did not answer: %s", error)
    detail = "The database did not answer in time. Repeat the request, with an Idempotency-Key if it writes."
    return problem("unavailable", detail, headers={"Retry-After": _RETRY_AFTER})


def _stale(error: StaleVersion) -> HttpResponse:
    return problem("stale-version", error.detail, version=error.current, headers={"ETag": f'"{error.current}"'})


def _gone(error: CursorExpired) -> HttpResponse:
    headers = {"Link": f'<{error.snapshot}>; rel="restart"'}
    return problem("cursor-expired", str(error), snapshot=error.snapshot, headers=headers)


_RUNNING = "The first request with this Idempotency-Key is still running."
_NOT_FOUND = "There is no such record, or it is not for you."
_ANSWERS: list[tuple[Any, Any]] = [
    (exceptions.ValidationError, of_validation),
    (exceptions.APIException, of_api_error),
    (InvalidEntry, _invalid),
    (RuleViolation, _rule),
    (PossibleDuplicates, _duplicates),
    (StaleVersion, _stale),
    (CursorExpired, _gone),
    (UnknownRecord, lambda _: problem("not-found", _NOT_FOUND)),
    (Http404, lambda _: problem("not-found", _NOT_FOUND)),
    (NotPermitted, lambda error: problem("not-permitted", error.detail)),
    (PermissionDenied, lambda _: problem("not-permitted", "You may not do this.")),
    (PreconditionRequired, lambda _: problem("if-match-required", "A change needs the ETag you read in If-Match.")),
    (KeyReused, lambda _: problem("key-reused", "This Idempotency-Key came with another request before.")),
    (RequestInProgress, lambda _: problem("request-in-progress", _RUNNING, headers={"Retry-After": _RETRY_AFTER})),
    (RequestDataTooBig, lambda _: problem("too-large", "The body is too large.")),
    (SuspiciousOperation, lambda error: problem("malformed", str(error) or "The request cannot be read.")),
    (IntegrityError, _integrity),
    (DataError, lambda _: problem("invalid", "A value does not fit where it shall be stored.", errors=[])),
    ((OperationalError, InterfaceError), _unavailable),
]  # fmt: skip


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 400."""
    if isinstance(exception, RequestDataTooBig):
        return problem("too-large", "The body is too large.")
    return problem("malformed", "The request cannot be read.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 403."""
    return problem("not-permitted", "You may not do this.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 404."""
    return problem("not-found", f"There is no {request.path}; the API document is at /api/docs.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's 500."""
    return problem("fault", "Something went wrong on our side; nothing of this request was kept.")
