"""What somebody sent whose sign-in had ended, or was renewed elsewhere: the page that comes back sends it again."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve

from sgoffice.api.refusals import csrf_failed as problem_of_token
from sgoffice.records.characters import find_forbidden_character

_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
_SECRETS = ("password", "code", "secret", "otp", "passkey", "token", "api_key")
_FORBIDDEN = 403
_PAGES = ("/desk/", "/admin/")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW: who signed in anew meanwhile sends the form again; anything else is a problem."""
    return interrupted(request) or problem_of_token(request, reason)


def keep_what_was_sent(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Show what was sent instead of the way to sign in, where a page of the desk or the admin leads there and back."""

    def handle(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if request.method != "POST" or not request.path.startswith(_PAGES) or request.user.is_authenticated:
            return answer
        target = urlsplit(getattr(answer, "url", ""))
        is_lost = parse_qs(target.query).get("next") == [request.get_full_path()]
        return (interrupted(request) if is_lost else None) or answer

    return handle


def interrupted(request: HttpRequest) -> HttpResponse | None:
    """Return the page with what was sent from a page of the register; None where nothing may be sent again.

    What another site sent is never offered, nor what holds a password; htmx's own requests are just refused.
    """
    if not _is_own_form(request):
        return None
    lines = [(name, value) for name, values in request.POST.lists() for value in values if name != _TOKEN]
    if any(secret in name.lower() for name, _ in lines for secret in _SECRETS):
        return None
    if "HX-Request" in request.headers:
        return HttpResponse(status=_FORBIDDEN)
    context = {"lines": lines, "has_files": bool(request.FILES), "is_signed_in": request.user.is_authenticated}
    answer = render(request, "desk/interrupted.html", context, status=_FORBIDDEN)
    answer["Cache-Control"] = "no-store"
    return answer


def _is_own_form(request: HttpRequest) -> bool:
    """Tell whether a page of this register sent the form, as the browser says."""
    own = f"{request.scheme}://{request.get_host()}"
    is_form = request.method == "POST" and request.path.startswith(_PAGES)
    return is_form and request.META.get("HTTP_ORIGIN") == own


def page_above(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponseBase | None:
    """Return the way to the page whose form this address takes, for a browser that asks for the address itself."""
    if request.method in methods or request.method != "GET" or "text/html" not in request.headers.get("Accept", ""):
        return None
    path = request.path
    while (path := path.rpartition("/")[0]) and not find_forbidden_character(path):
        try:
            found: Any = resolve(path)
        except Resolver404:
            continue
        if "GET" in getattr(found.func, "methods", ()):
            return redirect(path)
    return redirect("desk-today")
