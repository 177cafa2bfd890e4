"""The middleware that writes the trace: a row for each request that showed what is restricted, exported or was refused.

The row is written before the answer leaves. If it cannot be, what is restricted is not shown (503).
"""

import logging
import re
from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.db import Error
from django.http import HttpRequest, HttpResponse

from sgoffice.api import bearer
from sgoffice.api.actors import actor_of
from sgoffice.api.addresses import address_of
from sgoffice.api.problems import problem
from sgoffice.database.errors import ServerError
from sgoffice.history import trace
from sgoffice.records import sightings
from sgoffice.records.actors import ANONYMOUS
from sgoffice.records.characters import without_forbidden
from sgoffice.records.models import Entry, Marking

Handler = Callable[[HttpRequest], HttpResponse]
_log = logging.getLogger(__name__)
_DOORS = {
    "/api/v1/partner/": trace.Door.EXCHANGE,
    "/api/v1/oauth/": trace.Door.EXCHANGE,
    "/api/": trace.Door.API,
    "/admin/": trace.Door.ADMIN,
    "/desk/": trace.Door.DESK,
    "/calendars/": trace.Door.CALENDAR,
}
#: Answers that take data away in a file.
_FILES = (
    "text/csv",
    "text/calendar",
    "application/jsonl",
    "application/x-ndjson",
    "application/vnd.",
    "application/zip",
)
#: Everybody has it, and it says nothing of a record.
_API_DOCUMENT = "application/vnd.oai.openapi"
_UNTRACED = (
    "The trace of this request cannot be written, so its answer is not shown. What it changed, if anything, is kept."
)
_RETRY = {"Retry-After": "2"}
_THROTTLED = 429
_REFUSED = {401, 403, 404, _THROTTLED}
#: The secret of a calendar stands in its address.
_SECRET = re.compile(r"^(/calendars/)[^/]+")


def trace_requests(get_response: Handler) -> Handler:
    """Write the row of a request, if it is one that the auditor has to know of."""

    def handle(request: HttpRequest) -> HttpResponse:
        door = next((door for prefix, door in _DOORS.items() if f"{request.path}/".startswith(prefix)), None)
        if door is None:
            return get_response(request)
        with sightings.collected() as seen:
            response = get_response(request)
            act = _act_of(request, response, door, seen)
            if act is None:
                return response
            try:
                _write(request, response, door, act, seen)
            except (Error, ServerError):
                _log.exception("the trace could not be written")
                if act != trace.Act.REFUSE:
                    response.close()
                    return problem("unavailable", _UNTRACED, headers=_RETRY)
        return response

    return handle


def _act_of(request: HttpRequest, response: HttpResponse, door: trace.Door, seen: set[UUID]) -> trace.Act | None:
    if response.status_code in _REFUSED:
        # of strangers only what comes with a credential and was looked up: whoever wants to can fill a table otherwise
        was_looked_up = door == trace.Door.EXCHANGE or not bearer.is_of_partner(bearer.token_in(request))
        is_guess = "Authorization" in request.headers and response.status_code != _THROTTLED and was_looked_up
        return trace.Act.REFUSE if is_guess or actor_of(request) != ANONYMOUS else None
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        # a refusal may name records: possible duplicates, what blocks a change, a form with its lists
        return trace.Act.READ if seen else None
    kind = response.get("Content-Type", "")
    if (kind.startswith(_FILES) and not kind.startswith(_API_DOCUMENT)) or "attachment" in response.get(
        "Content-Disposition", ""
    ):
        return trace.Act.EXPORT
    return trace.Act.READ if seen else None


def _write(request: HttpRequest, response: HttpResponse, door: trace.Door, act: trace.Act, seen: set[UUID]) -> None:
    actor = actor_of(request)
    shown = Entry.objects.filter(pk__in=seen, marking=Marking.RESTRICTED).visible_to(actor) if seen else ()
    entries = [] if act == trace.Act.REFUSE else [entry.pk for entry in shown]
    if act == trace.Act.READ and not entries:
        return
    trace.record(
        act,
        door=door,
        by=None if actor == ANONYMOUS else actor,
        address=address_of(request),
        method=request.method or "",
        path=_SECRET.sub(r"\1…", without_forbidden(request.path)),
        status=response.status_code,
        entries=entries,
        about=getattr(response, "traced", None),
    )
