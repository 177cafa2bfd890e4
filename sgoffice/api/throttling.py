"""Rates by actor, not by IP address: an office shares one address."""

import math
import threading
import time
from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from sgoffice.api.actors import actor_of

_MOST_KEYS = 10_000


class ActorThrottle(SimpleRateThrottle):
    """Requests per minute by actor, or by IP address for anonymous requests.

    Counted in this process over a sliding window: the count of this minute, and the share of the previous minute that
    is still in the window. REST framework's own throttle stores the time of every request and rewrites the list.
    """

    scope = "actor"
    num_requests: int
    duration: int
    _counts: dict[str, tuple[int, int, int]] = {}
    _alone = threading.Lock()

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request; return whether it is within the rate."""
        key, now = self.get_cache_key(request, view), time.monotonic()
        window = int(now // self.duration)
        with self._alone:
            known, current, last = self._counts.get(key, (window, 0, 0))
            if known != window:
                current, last = 0, current if known == window - 1 else 0
            is_allowed = current + last * (1 - now % self.duration / self.duration) < self.num_requests
            if len(self._counts) > _MOST_KEYS:
                self._counts.clear()
            self._counts[key] = (window, current + is_allowed, last)
        return is_allowed

    def wait(self) -> float:
        """Return the seconds until the next window."""
        return math.ceil(self.duration - time.monotonic() % self.duration)

    def get_cache_key(self, request: Request, view: Any) -> str:
        actor = actor_of(request)
        return f"throttle:{actor}" if actor.id else f"throttle:{self.get_ident(request)}"
