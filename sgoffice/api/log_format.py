"""The format of the log: one JSON object per line, with the id of the request."""

import json
import logging
import re

from django.http import HttpRequest

from sgoffice.records.actors import request_id

#: Where a request carries its id: the caller's or a generated one.
REQUEST_ID = "HTTP_X_REQUEST_ID"
#: The address of a calendar is its credential: no log keeps it.
#: What PostgreSQL repeats of a refused row, up to the end of that exception.
_DETAIL = re.compile(
    r"^(DETAIL|CONTEXT): .*?(?=^Traceback |^The above exception|^During handling|\Z)", re.MULTILINE | re.DOTALL
)
_SECRET = re.compile(r"(/calendars/)[^/\s?.]+")


class JSONLines(logging.Formatter):
    """Formats for machines; a traceback is a text in its line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": _SECRET.sub(r"\1…", _without_path(record)),
            "request_id": request_id.get() or _of_request(record),
        }
        line |= getattr(record, "told", {})
        if record.exc_info:
            line["traceback"] = _DETAIL.sub(r"\1: …", self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def route_of(request: HttpRequest) -> str:
    """Return the name of the route, which is the same for every record; `none` if no route has that address."""
    return request.resolver_match.view_name if request.resolver_match else "none"


def _without_path(record: logging.LogRecord) -> str:
    """Return the message; where Django names the path of a request, with the route instead: people type names there."""
    message, request = record.getMessage(), getattr(record, "request", None)
    if not isinstance(request, HttpRequest) or request.path == "/":
        return message
    for path in (request.path, request.path.encode("unicode_escape").decode("ascii")):
        message = message.replace(path, route_of(request))
    return message


def _of_request(record: logging.LogRecord) -> str:
    name: str = getattr(getattr(record, "request", None), "META", {}).get(REQUEST_ID, "")
    return name
