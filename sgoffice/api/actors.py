"""The Actor behind a request."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, empty
from rest_framework.request import Request

from sgoffice.records.actors import ANONYMOUS, Actor


def actor_of(request: Request | HttpRequest) -> Actor:
    """Return the actor of the request; ANONYMOUS without authentication."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ANONYMOUS
    return user.as_actor()


def known_actor_of(request: HttpRequest) -> str:
    """Return kind and id of who calls, never a name; nothing if nobody had to know. The database is not asked."""
    user = getattr(request, "user", None)
    if user is None or (isinstance(user, SimpleLazyObject) and user.__dict__.get("_wrapped") is empty):
        return ""
    actor = actor_of(request)
    return actor.kind if actor == ANONYMOUS else str(actor)
