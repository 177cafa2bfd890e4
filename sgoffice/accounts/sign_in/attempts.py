"""Attempts to sign in: under what they count, so that guesses wait and owners do not, and the trace of each."""

import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sgoffice.accounts.models import User
from sgoffice.api import guesses
from sgoffice.api.addresses import address_of, network_of
from sgoffice.history import trace
from sgoffice.records.models import TraceItem

#: When a session was signed in, in seconds since 1970.
SIGNED_IN_AT = "signed_in_at"
_DEVICE_COOKIE, _SALT = "known_device", "sgoffice.accounts.known_device"
_KNOWN_FOR = timedelta(days=90)


def keys_of(request: HttpRequest, username: str, known: User | None, *, of: str = "") -> list[guesses.Key]:
    """Return under what an attempt counts: apart where the account is known from the device or the address.

    `of` keeps another kind of secret than passwords apart.
    """
    address = address_of(request)
    if known is not None and _is_known_device(request, known):
        return [guesses.key_of(f"{of}device", request.COOKIES[_DEVICE_COOKIE], guesses.KNOWN)]
    if known is not None and _is_known_address(address, known):
        return [guesses.key_of(f"{of}known", f"{known.pk} {address}", guesses.KNOWN)]
    network = network_of(address)
    return [
        guesses.key_of(f"{of}account", username, guesses.ACCOUNT),
        guesses.key_of(f"{of}address", network, guesses.ADDRESS),
    ]


def note_refusal(request: HttpRequest, known: User | None, *, status: int) -> None:
    """Note a refusal. A name that nobody has is left out: it may be a password in the wrong field."""
    about = {"username": known.username} if known is not None else {}
    _note(request, trace.Act.SIGN_IN_REFUSED, status=status, about=about)


def complete(request: HttpRequest, response: HttpResponse, user: User) -> HttpResponse:
    """Note that somebody signed in; they are known by this address and device from then on."""
    _note(request, trace.Act.SIGN_IN, by=user.as_actor(), status=response.status_code)
    request.session[SIGNED_IN_AT] = int(time.time())
    response.set_cookie(
        _DEVICE_COOKIE, signing.dumps(str(user.pk), salt=_SALT), max_age=_KNOWN_FOR, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


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
