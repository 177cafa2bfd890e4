"""Rates by actor, not by address: an office shares one address."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from sgoffice.api.actors import actor_of


class ActorThrottle(SimpleRateThrottle):
    """Requests a minute of one actor; of one address for those who did not sign in."""

    scope = "actor"

    def get_cache_key(self, request: Request, view: Any) -> str:
        """Return the key under which the requests of this actor are counted."""
        actor = actor_of(request)
        return f"throttle:{actor}" if actor.id else f"throttle:{self.get_ident(request)}"
