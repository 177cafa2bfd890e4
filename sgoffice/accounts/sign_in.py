"""The page on which staff sign in with a password: it slows guesses down, and leaves a trace of each attempt."""

import time
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from unfold.forms import AuthenticationForm

from sgoffice.accounts.models import User
from sgoffice.api import guesses
from sgoffice.api.addresses import address_of, network_of
from sgoffice.history import trace
from sgoffice.records.models import TraceItem

#: When a session was signed in, in seconds since 1970.
SIGNED_IN_AT = "signed_in_at"
_DEVICE_COOKIE, _SALT = "known_device", "sgoffice.accounts.known_device"
_KNOWN_FOR = timedelta(days=90)


class SignInForm(AuthenticationForm):
    """User name and password; after too many wrong ones nothing is looked at before a wait is over."""

    #: How long to wait, in seconds; 0 if the attempt was looked at.
    waits = 0

    def clean(self) -> Any:
        """Count the attempt first; only then look at the password."""
        username = self.cleaned_data.get("username") or ""
        request: HttpRequest = self.request
        known, now = User.objects.filter(username=username).first(), timezone.now()
        keys = _keys(request, username, known)
        try:
            guesses.take(keys, at=now)
        except guesses.MustWait as error:
            self.waits = error.seconds
            self._refuse(known, status=429)
            raise forms.ValidationError(str(error), code="wait") from None
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            self._refuse(known, status=200)
            raise
        guesses.forgive(keys, at=now)
        return cleaned

    def _refuse(self, known: User | None, *, status: int) -> None:
        """Note a refusal. A name that nobody has is left out: it may be a password in the wrong field."""
        about = {"username": known.username} if known is not None else {}
        _note(self.request, trace.Act.SIGN_IN_REFUSED, status=status, about=about)


@never_cache
@csrf_protect
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the admin's page; whoever signs in is noted, and known by this address and device from then on."""
    was_in = request.user.is_authenticated
    response = admin.site.login(request)
    form = getattr(response, "context_data", {}).get("form")
    if waits := getattr(form, "waits", 0):
        response.status_code = 429
        response["Retry-After"] = str(waits)
    user: Any = request.user
    if request.method == "POST" and user.is_authenticated and not was_in:
        _note(request, trace.Act.SIGN_IN, by=user.as_actor(), status=response.status_code)
        request.session[SIGNED_IN_AT] = int(time.time())
        response.set_cookie(
            _DEVICE_COOKIE, signing.dumps(str(user.pk), salt=_SALT), max_age=_KNOWN_FOR, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response


def _keys(request: HttpRequest, username: str, known: User | None) -> list[guesses.Key]:
    """Return under what an attempt counts: apart where the account is known from the device or the address."""
    address = address_of(request)
    if known is not None and _is_known_device(request, known):
        return [guesses.key_of("device", request.COOKIES[_DEVICE_COOKIE], guesses.KNOWN)]
    if known is not None and _is_known_address(address, known):
        return [guesses.key_of("known", f"{known.pk} {address}", guesses.KNOWN)]
    network = network_of(address)
    return [
        guesses.key_of("account", username, guesses.ACCOUNT), guesses.key_of("address", network, guesses.ADDRESS),
    ]  # fmt: skip


def _is_known_device(request: HttpRequest, user: User) -> bool:
    try:
        owner = signing.loads(request.COOKIES.get(_DEVICE_COOKIE, ""), salt=_SALT, max_age=_KNOWN_FOR)
    except signing.BadSignature:
        return False
    return bool(owner == str(user.pk))


def _is_known_address(address: str, user: User) -> bool:
    since = timezone.now() - _KNOWN_FOR
    signed_in = TraceItem.objects.filter(act=trace.Act.SIGN_IN, actor=str(user.as_actor()), address=address)
    return signed_in.filter(at__gte=since).exists()


def _note(request: HttpRequest, act: trace.Act, **more: Any) -> None:
    door, address = trace.Door.ADMIN, address_of(request)
    trace.record(act, door=door, address=address, method=request.method or "", path=request.path, **more)
