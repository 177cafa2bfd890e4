"""Rates by actor, not by IP address: an office shares one address. Anonymous requests count by address.

Each process counts for itself and settles with the database, where the counts of all processes are added up: once a
second, or sooner when it has used up its share of what was left. So the limit holds over all of them within a few
percent, and a request costs no statement.
"""

import math
import threading
import time
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import connection
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from sgoffice.api.actors import actor_of
from sgoffice.api.addresses import address_of, network_of
from sgoffice.settings.environment import read_environment

_MOST_KEYS = 10_000
_SETTLED_EVERY = 1.0  # seconds
#: Of the limit: less than this is not worth a statement.
_SMALLEST_SHARE = 0.01


@dataclass(frozen=True)
class RateState:
    """What is left of the rate of whoever sent a request."""

    limit: int
    left: int
    window: int
    reset: int

    def headers(self) -> dict[str, str]:
        """Return the fields of the IETF draft on rate limits (draft-ietf-httpapi-ratelimit-headers-10)."""
        return {
            "RateLimit-Policy": f'"actor";q={self.limit};w={self.window}',
            "RateLimit": f'"actor";r={self.left};t={self.reset}',
        }


@dataclass
class _Count:
    """What is known of one key in one minute: what all processes settled, and what this one has not settled yet."""

    minute: int
    settled: int = 0
    last_minute: int = 0
    own: int = 0
    settled_at: float = 0.0


class ActorThrottle(SimpleRateThrottle):
    """Requests per minute by actor, or by IP address for anonymous requests.

    Counted over a sliding window: the count of this minute, and the share of the previous minute that is still in the
    window. REST framework's own throttle stores the time of every request and rewrites the list.
    """

    scope = "actor"
    num_requests: int
    duration: int
    _counts: ClassVar[dict[str, _Count]] = {}
    _alone = threading.Lock()

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request; return whether it is within the rate."""
        key, now = self.get_cache_key(request, view), time.time()
        with self._alone:
            count = self._count_of(key, int(now // self.duration))
            is_due = self._is_due(count, now)
        if is_due:
            self._settle(key, count, now)
        with self._alone:
            elapsed = now % self.duration / self.duration
            used = count.settled + count.own + count.last_minute * (1 - elapsed)
            is_allowed = used < self.num_requests
            count.own += is_allowed
        left = max(0, math.floor(self.num_requests - used - is_allowed))
        rate = RateState(self.num_requests, left, self.duration, int(self.wait()))
        asked: Any = getattr(request, "_request", request)  # the middleware that writes the headers has Django's
        asked.rate_state = rate
        return is_allowed

    def wait(self) -> float:
        """Return the seconds until the next window."""
        return math.ceil(self.duration - time.time() % self.duration)

    def get_cache_key(self, request: Request, view: Any) -> str:
        actor = actor_of(request)
        return str(actor) if actor.id else f"address:{network_of(address_of(request))}"

    def _count_of(self, key: str, minute: int) -> _Count:
        known = self._counts.get(key)
        if known is not None and known.minute == minute:
            return known
        if len(self._counts) > _MOST_KEYS:
            for old in [name for name, count in self._counts.items() if count.minute < minute]:
                del self._counts[old]
        last = known.settled + known.own if known is not None and known.minute == minute - 1 else 0
        self._counts[key] = _Count(minute, last_minute=last)
        return self._counts[key]

    def _is_due(self, count: _Count, now: float) -> bool:
        """Tell whether the own count is worth a statement, and a second has passed or the share is used up."""
        smallest = max(1, int(self.num_requests * _SMALLEST_SHARE))
        left = self.num_requests - count.settled - count.last_minute
        share = max(smallest, left // _PROCESSES // 2)
        return count.own >= share or (count.own >= smallest and now - count.settled_at >= _SETTLED_EVERY)

    def _settle(self, key: str, count: _Count, now: float) -> None:
        with self._alone:
            own, count.own, count.settled_at = count.own, 0, now
            count.settled += own
        with connection.cursor() as cursor:
            cursor.execute(_SETTLE, {"key": key, "minute": count.minute, "own": own})
            total, last = cursor.fetchone()
        with self._alone:
            count.settled, count.last_minute = max(total, count.settled), max(last, count.last_minute)


_PROCESSES = read_environment().sgoffice_workers
_SETTLE = """
    WITH old AS (DELETE FROM api_rate WHERE key = %(key)s AND minute < %(minute)s - 1)
    INSERT INTO api_rate AS r (key, minute, count) VALUES (%(key)s, %(minute)s, %(own)s)
    ON CONFLICT (key, minute) DO UPDATE SET count = r.count + EXCLUDED.count
    RETURNING count, coalesce(
        (SELECT l.count FROM api_rate l WHERE l.key = %(key)s AND l.minute = %(minute)s - 1), 0)
"""
