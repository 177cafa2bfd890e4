"""What all pages of the desk share: who may open them, their frame, and how a service is called from a form."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from sgoffice.admin.access import actor_of
from sgoffice.admin.refusals import refusal_of
from sgoffice.changes.retries import retry_once
from sgoffice.desk.interruptions import page_above
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.characters import find_forbidden_character
from sgoffice.records.errors import RegisterError
from sgoffice.records.time_zones import time_zone_names

T = TypeVar("T")
View = Callable[..., HttpResponseBase]
#: The pages in the frame's navigation: the name of the route, and what people call it.
_PAGES = (
    ("desk-today", "Today", Permission.READ),
    ("desk-log", "Log a meeting", Permission.WRITE),
    ("desk-diary", "Diary", Permission.READ),
    ("desk-deadlines", "Coming up", Permission.READ),
    ("desk-reports", "Reports", Permission.READ),
    ("desk-search", "Everything", Permission.READ),
    ("desk-imports", "Spreadsheets", Permission.WRITE),
    ("desk-approvals", "Approvals", Permission.APPROVE),
)
#: Names that are shorter in the navigation, so that it stays on one line.
_SHORT = {"desk-log": "Log"}
REFUSED = 422


def desk_page(*methods: str, needs: str = Permission.READ) -> Callable[[View], View]:
    """Open a page to signed-in staff with a permission; who is not signed in is led there and back.

    `interruptions` keeps what they had sent.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not actor_of(request).may(needs):
                raise PermissionDenied
            if any(find_forbidden_character(str(one)) for one in kwargs.values()):
                raise Http404
            return view(request, *args, **kwargs)

        asked = login_required(require_http_methods([*methods])(handle))

        @wraps(view)
        def handle_or_lead(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return page_above(request, methods) or asked(request, *args, **kwargs)

        handle_or_lead.methods = methods  # type: ignore[attr-defined] # page_above() looks for it
        return handle_or_lead

    return decorate


def pages_for(actor: Actor) -> list[dict[str, str]]:
    """Return the pages of the navigation that somebody may open."""
    return [
        {"route": route, "title": title, "short": _SHORT.get(route, title)}
        for route, title, needs in _PAGES
        if actor.may(needs)
    ]


def show(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Return a page in the frame, or a part of one."""
    actor = actor_of(request)
    here = request.resolver_match.url_name if request.resolver_match else ""
    pages = [{**one, "is_here": one["route"] == here} for one in pages_for(actor)]
    frame = {"desk_pages": pages, "desk_reader": actor.label, "may_write": actor.may(Permission.WRITE)}
    return render(request, template, {**frame, **context}, status=status)


def attempt(work: Callable[[], T]) -> tuple[T | None, RegisterError | None]:
    """Call a service in a transaction of its own; return what it returns, or what it or the database refuses.

    Services speak English whatever the page is in: what they store does not depend on who wrote it.
    """

    def whole() -> T:
        with translation.override(settings.LANGUAGE_CODE), transaction.atomic():
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
