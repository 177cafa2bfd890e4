"""The page on which somebody shows a second factor: a code, a passkey, or a recovery code. Guesses wait."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sgoffice.accounts import services
from sgoffice.accounts.models import User
from sgoffice.accounts.sign_in.attempts import complete, keys_of, note_refusal
from sgoffice.accounts.sign_in.sessions import half_signed_in, note_second_factor
from sgoffice.api import guesses

_STATE = "passkey_asked"
#: With how few recovery codes left people are reminded.
_FEW = 3
_LONGEST_ANSWER = 20_000  # characters of what a browser signs
_WRONG = "This is not right, or was used before. Wait for the next code of the app, or take a recovery code."


def origin_of(request: HttpRequest) -> services.Origin:
    """Return where the browser is, as it will say itself."""
    address = request.build_absolute_uri("/")[:-1]
    return services.Origin(address, urlsplit(address).hostname or "")


def answer_of(request: HttpRequest) -> Any:
    """Return what the browser signed with a passkey; None if nothing, or nothing that can be read."""
    text = request.POST.get("passkey", "")
    try:
        return json.loads(text) if 0 < len(text) <= _LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        return None


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask whoever owes a second factor, or is to show it again, for one."""
    user: Any = half_signed_in(request) or request.user
    if not user.is_authenticated:
        return redirect("admin:login")
    if user.second_factor_since is None:
        return redirect("second-factors")
    if request.method != "POST":
        return _page(request, user)
    now = timezone.now()
    keys = keys_of(request, user.username, user, of="second-")
    try:
        guesses.take(keys, at=now)
    except guesses.MustWait as error:
        note_refusal(request, user, status=429)
        response = _page(request, user, fault=str(error), status=429)
        response["Retry-After"] = str(error.seconds)
        return response
    if not _is_right(request, user):
        note_refusal(request, user, status=200)
        return _page(request, user, fault=_WRONG)
    guesses.forgive(keys, at=now)
    return _let_in(request, user)


def _is_right(request: HttpRequest, user: User) -> bool:
    state, now = request.session.pop(_STATE, None), timezone.now()
    if request.POST.get("passkey"):
        answer = answer_of(request)
        return bool(state and answer) and services.use_passkey(user, state, answer, origin_of(request), at=now)
    return services.use_code(user, request.POST.get("code", "")[:100], at=now)


def _let_in(request: HttpRequest, user: User) -> HttpResponse:
    address = note_second_factor(request, user)
    is_local = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    left = user.recovery_codes.filter(ended_at=None).count()
    if left <= _FEW:
        messages.warning(request, f"You have {left} recovery codes left: make new ones on your page.")
    return complete(request, redirect(address if is_local else "admin:index"), user)


def _page(request: HttpRequest, user: User, *, fault: str = "", status: int = 200) -> HttpResponse:
    origin = origin_of(request)
    begun = services.begin_passkey_use(user, origin) if origin.may_have_passkeys else None
    if begun is not None:
        request.session[_STATE] = begun[1]
    context = {"owner": user, "fault": fault, "asked": json.dumps(begun[0]["publicKey"]) if begun else ""}
    return render(request, "accounts/second_factor.html", context, status=status)
