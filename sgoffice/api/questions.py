"""What a request is going to ask of the database, told before anybody is signed in, so that both are one round trip."""

import hashlib
from collections import OrderedDict
from threading import Lock
from typing import Any

from django.http import HttpResponseBase
from rest_framework import views
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from sgoffice.api.actors import actor_of
from sgoffice.database import ahead
from sgoffice.documents import Question
from sgoffice.records.actors import Actor

_MOST_KEPT = 1_000


class ReadingAhead(views.APIView):
    """A view that may know its question before the sign-in. If it was wrong, it asks again."""

    def foreseen(self, request: Request) -> Question | None:
        """Return what the request will ask, or None if that cannot be told yet."""
        return None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer a request."""
        with ahead.of_one_request():
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Sign in with the question beside it, then ask whether the request is allowed at all."""
        is_signed = request.method in SAFE_METHODS and "HTTP_AUTHORIZATION" in request.META
        if is_signed and (question := self.foreseen(request)) is not None:
            ahead.want(*question)
        super().initial(request, *args, **kwargs)
        if is_signed:
            readers.note(request, actor_of(request))


class Readers:
    """Who came with a credential last time, in this process: a guess at who comes now, by which nobody is signed in."""

    def __init__(self) -> None:
        self._actors: OrderedDict[bytes, Actor] = OrderedDict()
        self._alone = Lock()

    def guess(self, request: Request) -> Actor | None:
        """Return who came with the credential of a request last time."""
        return self._actors.get(_key_of(request))

    def note(self, request: Request, actor: Actor) -> None:
        """Note who came with it now."""
        with self._alone:
            self._actors[_key_of(request)] = actor
            if len(self._actors) > _MOST_KEPT:
                self._actors.popitem(last=False)


def _key_of(request: Request) -> bytes:
    return hashlib.sha256(request.META["HTTP_AUTHORIZATION"].encode(errors="replace")).digest()


readers = Readers()
