"""The pages on which somebody sets up, names and removes their second factors, and makes recovery codes."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sgoffice.accounts import services
from sgoffice.accounts.models import User
from sgoffice.accounts.sign_in.attempts import complete
from sgoffice.accounts.sign_in.second_factor import answer_of, origin_of
from sgoffice.accounts.sign_in.sessions import half_signed_in, is_fresh, lead_to, note_second_factor
from sgoffice.records.characters import without_forbidden
from sgoffice.records.errors import InvalidEntry, RegisterError, UnknownRecord

_SECRET, _STATE = "new_app", "new_passkey"
_NOT_MADE = "The passkey was not made. Try again, or use an app."
Page = Callable[..., HttpResponse]


def own_page(*methods: str) -> Callable[[Page], Page]:
    """Open a page to whoever has just shown who they are: all of it, or a password where nothing else is set up yet."""

    def decorate(page: Page) -> Page:
        @wraps(page)
        def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            owing = half_signed_in(request)
            user: Any = owing or request.user
            if not user.is_authenticated:
                return redirect("admin:login")
            if owing is not None and owing.second_factor_since is not None:
                return redirect("second-factor")
            if not is_fresh(request) and owing is None:
                lead_to(request, request.path if request.method == "GET" else "/desk/me")
                if user.second_factor_since is not None:
                    return redirect("second-factor")
                return render(request, "accounts/sign_in_again.html", {"owner": user})
            return page(request, user, *args, **kwargs)

        return never_cache(sensitive_post_parameters()(require_http_methods([*methods])(handle)))

    return decorate


@own_page("GET", "HEAD")
def second_factors(request: HttpRequest, user: User) -> HttpResponse:
    """Offer an app and a passkey."""
    return _page(request, user)


@own_page("POST")
def set_up_app(request: HttpRequest, user: User) -> HttpResponse:
    """Set up the app whose code was typed."""
    secret = services.unseal(request.session.get(_SECRET, "").encode())
    if secret is None:
        return redirect("second-factors")
    name, code = _name(request, "Authenticator app"), request.POST.get("code", "")[:100]
    now = timezone.now()
    return _set_up(request, user, lambda: services.add_app(user, name=name, secret=secret, code=code, at=now))


@own_page("POST")
def set_up_passkey(request: HttpRequest, user: User) -> HttpResponse:
    """Set up the passkey that the browser made."""
    state, answer = request.session.pop(_STATE, None), answer_of(request)
    material = services.read_passkey(state, answer, origin_of(request)) if state and answer else None
    if material is None:
        return _page(request, user, fault=_NOT_MADE, status=422)
    name, now = _name(request, "Passkey"), timezone.now()
    return _set_up(request, user, lambda: services.add_passkey(user, name=name, material=material, at=now))


@own_page("POST")
def remove(request: HttpRequest, user: User, factor: UUID) -> HttpResponse:
    """Remove a second factor of one's own."""
    try:
        services.remove_second_factor(factor, of=user, at=timezone.now())
    except UnknownRecord:
        raise Http404 from None
    except RegisterError as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, "The second factor is removed.")
    return redirect("desk-me")


@own_page("POST")
def recovery_codes(request: HttpRequest, user: User) -> HttpResponse:
    """Make new recovery codes, and show them this once."""
    try:
        codes = services.make_recovery_codes(user, at=timezone.now())
    except RegisterError as error:
        return _page(request, user, fault=error.detail, status=422)
    return render(request, "accounts/recovery_codes.html", {"owner": user, "codes": codes})


def _set_up(request: HttpRequest, user: User, add: Callable[[], list[str]]) -> HttpResponse:
    try:
        codes = add()
    except RegisterError as error:
        told = error.errors[0][1] if isinstance(error, InvalidEntry) else error.detail
        return _page(request, user, fault=told, status=422)
    request.session.pop(_SECRET, None)
    was_owing = half_signed_in(request) is not None
    user.refresh_from_db()
    request.user = user
    update_session_auth_hash(request, user)
    address = note_second_factor(request, user)
    if not codes:
        messages.success(request, "The second factor is set up.")
        return redirect("desk-me")
    context = {"owner": user, "codes": codes, "is_first": True, "leads_to": address}
    response = render(request, "accounts/recovery_codes.html", context)
    return complete(request, response, user) if was_owing else response


def _name(request: HttpRequest, otherwise: str) -> str:
    return without_forbidden(request.POST.get("name", "")).strip() or otherwise


def _page(request: HttpRequest, user: User, *, fault: str = "", status: int = 200) -> HttpResponse:
    """Show the page; the secret of the app stays the same until it is set up, sealed in the session."""
    secret = services.unseal(request.session.get(_SECRET, "").encode()) or services.new_app_secret()
    request.session[_SECRET] = services.seal(secret).decode()
    origin = origin_of(request)
    begun = services.begin_passkey(user, origin) if origin.may_have_passkeys else None
    if begun is not None:
        request.session[_STATE] = begun[1]
    picture = segno.make(services.app_address(user, secret), error="m", micro=False)
    context = {
        "owner": user,
        "fault": fault,
        "picture": mark_safe(picture.svg_inline(scale=4, border=4, light="#fff", svgclass="qr", lineclass=None)),  # noqa: S308 - drawn by us
        "key": services.key_to_type(secret),
        "asked": json.dumps(begun[0]["publicKey"]) if begun else "",
        "is_required": services.lacks_second_factor(user),
    }
    return render(request, "accounts/second_factors.html", context, status=status)
