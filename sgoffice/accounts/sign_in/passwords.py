"""The page on which staff sign in with a password: it slows guesses down, and leaves a trace of each attempt."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from unfold.forms import AuthenticationForm

from sgoffice.accounts import services
from sgoffice.accounts.models import User
from sgoffice.accounts.sign_in.attempts import complete, keys_of, note_refusal
from sgoffice.accounts.sign_in.sessions import forget_second_factor, half_signed_in
from sgoffice.api import guesses


class SignInForm(AuthenticationForm):
    """User name and password; after too many wrong ones nothing is looked at before a wait is over."""

    #: How long to wait, in seconds; 0 if the attempt was looked at.
    waits = 0

    def clean(self) -> Any:
        """Count the attempt first; only then look at the password."""
        username = self.cleaned_data.get("username") or ""
        request: HttpRequest = self.request
        known, now = User.objects.filter(username=username).first(), timezone.now()
        keys = keys_of(request, username, known)
        try:
            guesses.take(keys, at=now)
        except guesses.MustWait as error:
            self.waits = error.seconds
            note_refusal(request, known, status=429)
            raise forms.ValidationError(str(error), code="wait") from None
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            note_refusal(request, known, status=200)
            raise
        guesses.forgive(keys, at=now)
        return cleaned


@never_cache
@csrf_protect
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the admin's page; from whom a second factor is asked, they are not signed in before it."""
    before = request.user.pk
    if request.method != "POST" and half_signed_in(request) is not None:
        return redirect("second-factor")
    response = admin.site.login(request, {"provider": settings.OIDC_NAME if settings.OIDC_ISSUER else ""})
    form = getattr(response, "context_data", {}).get("form")
    if waits := getattr(form, "waits", 0):
        response.status_code = 429
        response["Retry-After"] = str(waits)
    user: Any = request.user
    if request.method != "POST" or user.pk == before or not user.is_authenticated:
        return response
    if services.is_asked_second_factor(user):
        forget_second_factor(request, leads_to=response.get("Location", ""))
        return redirect("second-factor")
    return complete(request, response, user)
