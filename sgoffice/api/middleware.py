"""The request id and the content security policy."""

import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sgoffice.api.log_format import REQUEST_ID
from sgoffice.api.problems import problem
from sgoffice.records import actors

_ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{1,64}")
Handler = Callable[[HttpRequest], HttpResponse]

#: The theme of the admin evaluates expressions in attributes and sets styles; the API documentation sets styles.
_ADMIN_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)
_DOCUMENTATION_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)
_POLICY = "default-src 'none'; frame-ancestors 'none'; style-src 'self' 'unsafe-inline'; base-uri 'none'"


#: Where the server notes the slug of the problem that it refused a request with, before Django came to see it.
REFUSAL = "sgoffice.refusal"
_REFUSALS = {
    "too-slow": "The body did not arrive in time.",
    "unavailable": "Too many large bodies are being received.",
}
_RETRY_AFTER = "10"  # seconds

#: The health of the process, whichever way it is told: for machines, of this instant.
HEALTH_HEADERS = [
    ("content-type", "application/json"),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("content-security-policy", _POLICY),
]


def acceptable_request_id(given: str) -> str:
    """Return the caller's X-Request-ID if it is well-formed, else a new one."""
    return given if _ACCEPTABLE.fullmatch(given) else uuid.uuid4().hex


def request_id(get_response: Handler) -> Handler:
    """Answer with the caller's X-Request-ID, or a new one.

    History, trace and log keep an id of the register's own behind it: callers choose theirs, so two may share one.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        name = acceptable_request_id(request.META.get(REQUEST_ID, ""))
        kept = f"{name}.{uuid.uuid4().hex}"
        request.META[REQUEST_ID] = kept  # Django logs a refused request after this middleware has returned
        token = actors.request_id.set(kept)
        try:
            response = get_response(request)
        finally:
            actors.request_id.reset(token)
        response["X-Request-ID"] = name
        return response

    return handle


def content_security_policy(get_response: Handler) -> Handler:
    """Set the policy of a page; nothing is loaded from another host."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/admin/"):
            policy = _ADMIN_POLICY
        elif request.path.startswith("/api/docs"):
            policy = _DOCUMENTATION_POLICY
        else:
            policy = _POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return handle


def refusal(get_response: Handler) -> Handler:
    """Answer for the server what it refused before it handed the request over: a body that came too slowly."""

    def handle(request: HttpRequest) -> HttpResponse:
        slug = request.META.get(REFUSAL)
        return problem(slug, _REFUSALS[slug], headers={"Retry-After": _RETRY_AFTER}) if slug else get_response(request)

    return handle
