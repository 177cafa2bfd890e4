"""The pages on which a member of staff chooses a password: with a link that works once, or signed in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sgoffice.accounts import services
from sgoffice.accounts.rules import LONGEST, SHORTEST
from sgoffice.records.errors import InvalidEntry, RegisterError

_PAGE = "accounts/password.html"


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
    """Let a member of staff change their own password; other sign-ins than this one end."""
    form = OwnPasswordForm(request.POST or None)
    user: Any = request.user
    if form.is_valid():
        values = form.cleaned_data
        try:
            changed = services.change_password(
                user, current=values["current"], password=values["password"], at=timezone.now()
            )
        except RegisterError as error:
            form.refuse(error)
        else:
            update_session_auth_hash(request, changed)
            messages.success(request, "Your password is changed. All other sign-ins have ended.")
            return redirect("admin:index")
    return _page(request, form, owner=user)


def _page(request: HttpRequest, form: forms.Form | None, *, owner: Any = None, status: int = 200) -> HttpResponse:
    return render(request, _PAGE, {"form": form, "owner": owner}, status=status)
