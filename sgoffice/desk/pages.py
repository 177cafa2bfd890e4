"""What all pages of the desk share: who may open them, their frame, and how a service is called from a form."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from sgoffice.admin.access import actor_of
from sgoffice.admin.refusals import refusal_of
from sgoffice.changes.retries import retry_once
from sgoffice.records.actors import Permission
from sgoffice.records.errors import RegisterError
from sgoffice.records.time_zones import time_zone_names

T = TypeVar("T")
View = Callable[..., HttpResponse]
#: The pages in the frame's navigation: the name of the route, and what people call it.
_PAGES = (("desk-today", "Today", Permission.READ), ("desk-log", "Log a meeting", Permission.WRITE))
#: The pages are written in English; half a translation helps nobody.
_LANGUAGE = "en"
REFUSED = 422


def desk_page(*methods: str, needs: str = Permission.READ) -> Callable[[View], View]:
    """Open a page to signed-in staff with a permission; who is not signed in is led there and back."""

    def decorate(view: View) -> View:
        @wraps(view)
        def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not actor_of(request).may(needs):
                raise PermissionDenied
            with translation.override(_LANGUAGE):
                return view(request, *args, **kwargs)

        return login_required(require_http_methods([*methods])(handle))

    return decorate


def show(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Return a page in the frame, or a part of one."""
    actor = actor_of(request)
    here = request.resolver_match.url_name if request.resolver_match else ""
    pages = [
        {"route": route, "title": title, "is_here": route == here} for route, title, needs in _PAGES if actor.may(needs)
    ]
    frame = {"desk_pages": pages, "desk_reader": actor.label, "may_write": actor.may(Permission.WRITE)}
    return render(request, template, {**frame, **context}, status=status)


def attempt(work: Callable[[], T]) -> tuple[T | None, RegisterError | None]:
    """Call a service in a transaction of its own; return what it returns, or what it or the database refuses."""

    def whole() -> T:
        with transaction.atomic():
            return work()

    try:
        return retry_once(whole), None
    except (RegisterError, DatabaseError) as error:
        refused = refusal_of(error)
        if refused is None:
            raise
        return None, refused


def zone_of_reader(request: HttpRequest) -> ZoneInfo:
    """Return the time zone of who reads the page."""
    zone = getattr(request.user, "time_zone", "")
    return ZoneInfo(zone if zone in time_zone_names() else "UTC")
