"""What a session says of the second factor, and the gate: a session that still owes one is nobody's.

One place for every door: desk, admin and API see somebody anonymous, whatever they ask.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from sgoffice.accounts import services
from sgoffice.accounts.models import User
from sgoffice.accounts.sign_in.attempts import SIGNED_IN_AT

Handler = Callable[[HttpRequest], HttpResponse]
_PASSED, _LEADS_TO = "second_factor", "second_factor_leads_to"
#: How long after showing who they are people may change what they sign in with.
_FRESH = 15 * 60  # seconds


def owes_second_factor(get_response: Handler) -> Handler:
    """Let a session be nobody's as long as it owes a second factor."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(_somebody_or_nobody, request, request.user))  # type: ignore[assignment] # as Django's own
        return get_response(request)

    return handle


def half_signed_in(request: HttpRequest) -> User | None:
    """Return who gave the right password in this session and owes a second factor."""
    if request.user.is_authenticated:
        return None
    return getattr(request, "half_signed_in", None)


def note_second_factor(request: HttpRequest, user: User, *, is_providers: bool = False) -> str:
    """Let a session pass the gate, also by a second factor that the provider saw; return where it was to lead to."""
    request.session.cycle_key()
    request.session[_PASSED] = {"of": str(user.pk), "at": int(time.time()), "is_providers": is_providers}
    return str(request.session.pop(_LEADS_TO, ""))


def forget_second_factor(request: HttpRequest, *, leads_to: str) -> None:
    """Let a session that has just begun with a password owe a second factor."""
    request.session.pop(_PASSED, None)
    request.session[_LEADS_TO] = leads_to


def lead_to(request: HttpRequest, address: str) -> None:
    """Say where a session goes on once the second factor was shown again."""
    request.session[_LEADS_TO] = address


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether somebody showed who they are in the last quarter of an hour."""
    shown_at = [request.session.get(SIGNED_IN_AT, 0), request.session.get(_PASSED, {}).get("at", 0)]
    return time.time() - max(shown_at) < _FRESH


def _somebody_or_nobody(request: HttpRequest, user: Any) -> Any:
    if not user.is_authenticated or not services.is_asked_second_factor(user):
        return user
    passed = request.session.get(_PASSED, {})
    shows_one = user.second_factor_since is not None or passed.get("is_providers", False)
    if shows_one and passed.get("of") == str(user.pk):
        return user
    request.half_signed_in = user  # type: ignore[attr-defined] # read by half_signed_in() alone
    return AnonymousUser()
