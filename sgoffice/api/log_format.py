"""The format of the log: one JSON object per line, with the id of the request."""

import json
import logging
import re

from sgoffice.records.actors import request_id

#: Where a request carries its id: the caller's or a generated one.
REQUEST_ID = "HTTP_X_REQUEST_ID"
#: The address of a calendar is its credential: no log keeps it.
#: What PostgreSQL repeats of a refused row, up to the end of that exception.
_DETAIL = re.compile(
    r"^(DETAIL|CONTEXT): .*?(?=^Traceback |^The above exception|^During handling|\Z)", re.MULTILINE | re.DOTALL
)
_SECRET = re.compile(r"(/calendars/)[^/\s]+(\.ics)")


class JSONLines(logging.Formatter):
    """Formats for machines; a traceback is a text in its line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": _SECRET.sub(r"\1…\2", record.getMessage()),
            "request_id": request_id.get() or _of_request(record),
        }
        if record.exc_info:
            line["traceback"] = _DETAIL.sub(r"\1: …", self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def _of_request(record: logging.LogRecord) -> str:
    name: str = getattr(getattr(record, "request", None), "META", {}).get(REQUEST_ID, "")
    return name
