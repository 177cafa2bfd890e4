"""What is refused before a view is asked, or by Django itself: the same problem details as everywhere."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from sgoffice.api.headers import Handler
from sgoffice.api.problems import MEDIA_TYPE, handler, problem
from sgoffice.exports.spools import NoRoom
from sgoffice.exports.turns import TooManyExports

#: Where the server notes the slug of the problem that it refused a request with, before Django came to see it.
REFUSAL = "sgoffice.refusal"
_REFUSALS = {
    "too-slow": "The body did not arrive in time.",
    "unavailable": "Too many large bodies are being received.",
}
_RETRY_AFTER = "10"  # seconds


def readable_addresses(get_response: Handler) -> Handler:
    """Refuse addresses with a NUL (400): no text of the register has one, and the database takes none."""

    def handle(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or "\0" in query or "%00" in query:
            return problem("malformed", "The address holds the character U+0000: leave it out.")
        return get_response(request)

    return handle


class KnownMethods:
    """Refuses methods that an address does not have (405), whoever asks and whatever record it is about.

    Otherwise a caller without a token would get 401, a viewer 403, and only an officer 405.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        slug = request.META.get(REFUSAL)
        if slug:
            return problem(slug, _REFUSALS[slug], headers={"Retry-After": _RETRY_AFTER})
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and response.get("Content-Type") != MEDIA_TYPE:
            return _not_allowed(request, response.get("Allow", ""))
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer 405 if the class behind the view has no such method."""
        allowed = _methods_of(view)
        if allowed is None or request.method in allowed:
            return None
        return _not_allowed(request, ", ".join(sorted(allowed)))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer what no page outside the API explains: a file for which there is no room or no turn."""
        return handler(error, {}) if isinstance(error, NoRoom | TooManyExports) else None


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW."""
    detail = "The form carries no valid CSRF token. Load the page again and repeat, with cookies allowed."
    return problem("not-permitted", detail)


def _methods_of(view: Any) -> set[str] | None:
    """Return the methods of a view that is a class, without OPTIONS, which the API document replaces."""
    kind = getattr(view, "cls", None) or getattr(view, "view_class", None)
    if kind is None:
        return None
    options = getattr(view, "initkwargs", None) or getattr(view, "view_initkwargs", None) or {}
    names = options.get("http_method_names", kind.http_method_names)
    actions = getattr(view, "actions", None)
    known = {name for name in names if (name in actions if actions else hasattr(kind, name))}
    if "get" in known and "head" in names:
        known.add("head")
    return {name.upper() for name in known} - {"OPTIONS"}


def _not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    return problem("method-not-allowed", f'Method "{request.method}" not allowed.', headers={"Allow": allowed})
