"""The pages that lead to the organization's provider and back, to sign in or to link one's account there."""

import logging
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sgoffice.accounts import services
from sgoffice.accounts.models import User
from sgoffice.accounts.sign_in import oidc
from sgoffice.accounts.sign_in.attempts import complete, note_refusal
from sgoffice.accounts.sign_in.sessions import forget_second_factor, note_second_factor
from sgoffice.accounts.sign_in.setup import own_page
from sgoffice.api import guesses
from sgoffice.api.addresses import address_of, network_of
from sgoffice.records.errors import RegisterError

_KEPT = "asked_of_provider"
_BACKEND = "sgoffice.accounts.authentication.StaffBackend"
_NO_ANSWER = "The organization's sign-in does not answer as it should. Try again in a few minutes."
_NO_ROLE = "Your organization gives you no role in this register: ask whoever looks after its accounts."
_log = logging.getLogger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD"])
def go(request: HttpRequest) -> HttpResponse:
    """Lead to the provider."""
    return _lead(request, redirect)


@own_page("POST")
def link(request: HttpRequest, user: User) -> HttpResponse:
    """Lead somebody who is signed in to the provider, to say which account there is theirs."""
    page = "accounts/provider.html"
    return _lead(request, lambda address: render(request, page, {"address": address}), links=str(user.pk))


@never_cache
@require_http_methods(["GET", "HEAD"])
def back(request: HttpRequest) -> HttpResponse:
    """Let in whom the provider sends back, or link the account to who asked for that."""
    if not settings.OIDC_ISSUER:
        raise Http404
    kept = request.session.pop(_KEPT, {})
    links = kept.get("links", "")
    now = timezone.now()
    keys = [guesses.key_of("provider", network_of(address_of(request)), guesses.ADDRESS)]
    try:
        guesses.take(keys, at=now)
        identity = oidc.read_answer(request.GET, kept, _back(request))
    except guesses.MustWait as error:
        return _refused(request, str(error), status=429)
    except oidc.ProviderFault as error:
        _log.warning("Signing in by the provider failed: %s", error)
        return _refused(request, _NO_ANSWER)
    guesses.forgive(keys, at=now)
    try:
        if links and request.user.is_authenticated and links == str(request.user.pk):
            return _link(request, identity)
        user = services.sign_in_by_provider(identity, at=now)
    except RegisterError as error:
        return _refused(request, error.detail)
    return _let_in(request, user, identity) if user is not None else _refused(request, _NO_ROLE)


def _lead(request: HttpRequest, answer: Any, *, links: str = "") -> HttpResponse:
    """Lead to the provider; whose account is to be linked is part of this one question, and ends with it."""
    if not settings.OIDC_ISSUER:
        raise Http404
    request.session.pop(_KEPT, None)
    try:
        address, kept = oidc.begin(_back(request))
    except oidc.ProviderFault as error:
        _log.warning("The provider cannot be asked: %s", error)
        return _refused(request, _NO_ANSWER, status=503)
    request.session[_KEPT] = kept | {"links": links}
    response: HttpResponse = answer(address)
    return response


def _let_in(request: HttpRequest, user: User, identity: services.Identity) -> HttpResponse:
    """Begin a session; the second factor that the provider saw counts where a setting says so."""
    login(request, user, backend=_BACKEND)
    if identity.has_second_factor:
        note_second_factor(request, user, is_providers=True)
    elif services.is_asked_second_factor(user):
        forget_second_factor(request, leads_to=reverse("desk-today"))
        return redirect("second-factor")
    return complete(request, redirect("desk-today"), user)


def _link(request: HttpRequest, identity: services.Identity) -> HttpResponse:
    user: Any = request.user
    update_session_auth_hash(request, services.link_provider_account(user, identity, at=timezone.now()))
    messages.success(request, f"From now on you sign in by {settings.OIDC_NAME}, and no longer with a password.")
    return redirect("desk-me")


def _refused(request: HttpRequest, text: str, *, status: int = 403) -> HttpResponse:
    note_refusal(request, None, status=status)
    return render(request, "accounts/provider.html", {"refused": text}, status=status)


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("provider-back"))
