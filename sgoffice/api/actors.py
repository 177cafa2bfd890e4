"""The Actor behind a request."""

from django.http import HttpRequest
from rest_framework.request import Request

from sgoffice.records.actors import ANONYMOUS, Actor


def actor_of(request: Request | HttpRequest) -> Actor:
    """Return the actor of the request; ANONYMOUS without authentication."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ANONYMOUS
    return user.as_actor()
