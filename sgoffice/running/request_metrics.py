"""What a worker counts and logs of each request. Nothing of it tells of a record: a route has a name, an actor an id.

Each process counts for itself, in files where `start` names a folder for them; metrics_listener.py adds them up.
"""

import logging
from collections.abc import Mapping
from typing import Any

from prometheus_client import Counter, Gauge, Histogram

from sgoffice.api.log_format import REQUEST_ID
from sgoffice.api.middleware import ACTOR, ROUTE

_log = logging.getLogger("sgoffice.requests")
_METHODS = {"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"}
_REQUESTS = Counter(
    "sgoffice_requests", "Requests that were answered.", ["route", "method", "status"]
)  # fmt: skip
_SECONDS = Histogram(
    "sgoffice_request_seconds",
    "From a request that has arrived whole to its whole answer.",
    ["route", "method"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
#: Requests of a lane that wait for a thread or hold one, and how many threads it has.
IN_LANE = Gauge(
    "sgoffice_lane_requests", "Requests that wait for a thread or hold one.", ["lane"], multiprocess_mode="livesum"
)
THREADS = Gauge("sgoffice_lane_threads", "Threads for requests of this sort.", ["lane"], multiprocess_mode="livesum")
TURNED_AWAY = Counter("sgoffice_requests_turned_away", "Requests answered 503 by no thread.", ["lane", "reason"])


def method_of(environ: Mapping[str, Any]) -> str:
    """Return the method of a request; of one that there is not, which may be any word, `other`."""
    method = environ["REQUEST_METHOD"]
    return method if method in _METHODS else "other"


def note_request(environ: dict[str, Any], status: int, seconds: float) -> None:
    """Count a request that was answered, and log it where the setting says so."""
    route = environ.get(ROUTE, "none")
    method = method_of(environ)
    _REQUESTS.labels(route, method, f"{status // 100}xx").inc()
    _SECONDS.labels(route, method).observe(seconds)
    told = {
        "request_id": environ.get(REQUEST_ID, ""),
        "actor": environ.get(ACTOR, ""),
        "route": route,
        "method": method,
        "status": status,
        "seconds": round(seconds, 4),
    }
    _log.info("answered", extra={"told": told})
