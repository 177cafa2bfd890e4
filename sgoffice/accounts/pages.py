"""The pages on which a member of staff chooses a password: with a link that works once, or signed in."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sgoffice.accounts import services
from sgoffice.accounts.models import User
from sgoffice.accounts.rules import LONGEST, SHORTEST
from sgoffice.api import guesses
from sgoffice.api.addresses import address_of
from sgoffice.history import trace
from sgoffice.records.errors import InvalidEntry, RegisterError

_PAGE = "accounts/password.html"
_YEAR = 366 * 24 * 3600  # seconds


class PasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label="New password",
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "minlength": SHORTEST}),
        help_text=f"At least {SHORTEST} characters: three or four words that have nothing to do with each other. "
        "Your own name, words of this office, dates and common passwords are refused.",
    )
    again = forms.CharField(
        label="The same again",
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> None:
        """Refuse two that differ."""
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password and again and password != again:
            self.add_error("again", "The two are not the same.")

    def refuse(self, error: RegisterError) -> None:
        """Show what the service refuses, at its field if it names one."""
        if not isinstance(error, InvalidEntry):
            self.add_error(None, error.detail)
            return
        for pointer, detail in error.errors:
            self.add_error(pointer.strip("/"), detail)


class OwnPasswordForm(PasswordForm):
    """The current password, and a new one twice."""

    current = forms.CharField(
        label="Current password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("current", "password", "again")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: HttpRequest, secret: str) -> HttpResponse:
    """Let the owner of a link choose a password, once."""
    owner = services.owner_of_password_link(secret, at=timezone.now())
    if owner is None:
        return _page(request, None, status=404)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        try:
            services.choose_password(secret, form.cleaned_data["password"], at=timezone.now())
        except RegisterError as error:
            form.refuse(error)
        else:
            messages.success(request, "Your password is set. Sign in with it.")
            return redirect("admin:login")
    return _page(request, form, owner=owner)


@never_cache
@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Let a member of staff change their own password; other sign-ins than this one end.

    Guesses at the current one wait, so that a sign-in left open is no way to find it out.
    """
    form = OwnPasswordForm(request.POST or None)
    user: Any = request.user
    waits = 0
    if form.is_valid():
        try:
            changed = _change(request, user, form.cleaned_data)
        except guesses.MustWait as error:
            waits = error.seconds
            form.add_error("current", str(error))
        except RegisterError as error:
            form.refuse(error)
        else:
            update_session_auth_hash(request, changed)
            messages.success(request, "Your password is changed. All other sign-ins have ended.")
            return redirect("admin:index")
    response = _page(request, form, owner=user, status=429 if waits else 200)
    if waits:
        response["Retry-After"] = str(waits)
    return response


@require_http_methods(["POST"])
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language of the pages: with the member of staff, or with the browser of who is not signed in."""
    language, leads_to = request.POST.get("language", ""), request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(leads_to, allowed_hosts=None):
        leads_to = reverse("desk-today")
    response = redirect(leads_to)
    if language not in dict(settings.LANGUAGES):
        return response
    user: Any = request.user
    if user.is_authenticated:
        services.choose_language(user, language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _change(request: HttpRequest, user: Any, values: dict[str, str]) -> User:
    """Change the password; a wrong current one counts as a guess and leaves a trace. Raises MustWait."""
    now = timezone.now()
    keys = [guesses.key_of("current", str(user.pk), guesses.KNOWN)]
    guesses.take(keys, at=now)
    try:
        changed = services.change_password(user, current=values["current"], password=values["password"], at=now)
    except InvalidEntry as error:
        if any(pointer == "/current" for pointer, _ in error.errors):
            trace.record(
                trace.Act.SIGN_IN_REFUSED,
                door=trace.Door.ADMIN,
                by=user.as_actor(),
                address=address_of(request),
                method=request.method or "",
                path=request.path,
                status=200,
                about={"username": user.username},
            )
        else:
            guesses.forgive(keys, at=now)
        raise
    guesses.forgive(keys, at=now)
    return changed


def _page(request: HttpRequest, form: forms.Form | None, *, owner: Any = None, status: int = 200) -> HttpResponse:
    return render(request, _PAGE, {"form": form, "owner": owner}, status=status)
