"""The request id, and what is counted and logged of a request."""

import re
import uuid

from django.http import HttpRequest, HttpResponse

from sgoffice.api.actors import known_actor_of
from sgoffice.api.headers import Handler
from sgoffice.api.log_format import REQUEST_ID, route_of
from sgoffice.records import actors

#: Where a request carries the name of its route and, if anybody asked for it, the id of who calls.
ROUTE, ACTOR = "sgoffice.route", "sgoffice.actor"
_ACCEPTABLE = re.compile(r"[A-Za-z0-9._-]{1,64}")


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
        request.META |= {ROUTE: route_of(request), ACTOR: known_actor_of(request)}
        return response

    return handle
