"""Staff in the admin; the services of accounts do the writing."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldBooleanWidget

from sgoffice.accounts import services
from sgoffice.accounts.models import AccessToken, CalendarLink, User
from sgoffice.admin.access import ActorAccess, actor_of
from sgoffice.admin.forms import with_attributes
from sgoffice.admin.proposals import tell_of_proposals
from sgoffice.admin.refusals import refusal_texts
from sgoffice.changes.second_person import noting_proposals
from sgoffice.records.actors import Permission
from sgoffice.records.errors import RegisterError

admin.site.unregister(Group)
_REFUSAL = "register_refusal"
_SET_ONCE = ("display_name", "email", "language", "time_zone")


class StaffForm(forms.ModelForm):
    """A member of staff. What the services refuse is shown on its field."""

    ends_password = forms.BooleanField(
        label="End the password",
        required=False,
        widget=UnfoldBooleanWidget,
        help_text="All sign-ins end. `manage.py password_link` on the server prints an address to choose another at.",
    )
    resets_second_factor = forms.BooleanField(
        label="Reset the second factor",
        required=False,
        widget=UnfoldBooleanWidget,
        help_text="For who has lost theirs. An approver decides; then all sign-ins end, and they set up another.",
    )
    refusal: ClassVar[RegisterError | None] = None

    class Meta:
        model = User
        fields: ClassVar = ["username", "role", "is_active", *_SET_ONCE]

    def _post_clean(self) -> None:
        """Show a refusal on its field, or above the form; the instance is not changed."""
        for pointer, detail in refusal_texts(self.refusal) if self.refusal else ():
            name = pointer.strip("/")
            self.add_error(name if name in self.fields else None, detail)


@admin.register(User)
class StaffAdmin(ActorAccess, ModelAdmin):
    """Members of staff. Nobody is deleted: those who leave are deactivated."""

    reads_with = writes_with = Permission.ADMINISTER
    form = StaffForm
    list_display = (
        "username",
        "display_name",
        "role",
        "email",
        "is_active",
        "second_factor_since",
        "claimed",
        "last_login",
    )
    list_select_related = ("provider_account",)
    list_filter = ("role", "is_active")
    search_fields = ("username", "display_name", "email")
    ordering = ("username",)
    actions = None

    @admin.display(description="Claimed by the organization")
    def claimed(self, user: User) -> str:
        """Return the role that the provider claims and two people give: an administrator proposes it, or does not."""
        account = getattr(user, "provider_account", None)
        return account.get_claimed_role_display() if account is not None else ""

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Whether the actor may see staff; everybody who may write can choose from the list."""
        match = request.resolver_match
        if match is not None and match.url_name == "autocomplete":
            return actor_of(request).may(Permission.WRITE)
        return super().has_view_permission(request, obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = ["username", "display_name", "email", "role", "language", "time_zone"]
        return names if obj is None else [*names, "is_active", "ends_password", "resets_second_factor"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if obj is None else ("username", *_SET_ONCE)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Return the form for this request, with what was refused in a first pass."""
        form = super().get_form(request, obj, change, **kwargs)
        return with_attributes(form, refusal=getattr(request, _REFUSAL, None))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the form; after a refusal nothing is written and the form shows it."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except RegisterError as error:
            setattr(request, _REFUSAL, error)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_form(self, request: HttpRequest, form: StaffForm, change: object) -> User:
        """Return the user unchanged: the services write."""
        return form.instance

    def save_model(self, request: HttpRequest, obj: User, form: StaffForm, change: object) -> None:
        """Call the services, and say what waits for a second person."""
        with noting_proposals() as proposed:
            self._save(request, obj, form, change=bool(change))
        tell_of_proposals(request, proposed)

    def _save(self, request: HttpRequest, obj: User, form: StaffForm, *, change: bool) -> None:
        by, values, now = actor_of(request), form.cleaned_data, timezone.now()
        if not change:
            given = {name: values[name] for name in ("username", "role", *_SET_ONCE) if values.get(name)}
            made = services.invite_staff(services.StaffEntry(**given), by=by)
            obj.pk, obj._state.adding = made.pk, False
            return
        if "role" in form.changed_data:
            services.assign_role(obj.pk, values["role"], by=by, at=now)
        if "is_active" in form.changed_data:
            services.set_active(obj.pk, is_active=values["is_active"], by=by, at=now)
        if values.get("ends_password"):
            services.end_password(obj.pk, by=by, at=now)
        if values.get("resets_second_factor"):
            services.reset_second_factor(obj.pk, by=by, at=now)

    def save_related(self, request: HttpRequest, form: object, formsets: object, change: object) -> None:
        """Do nothing: the form has no rows."""

    def log_addition(self, request: HttpRequest, obj: object, message: object) -> None:
        """Do nothing: Django's log of changes is not used."""

    def log_change(self, request: HttpRequest, obj: object, message: object) -> None:
        """Do nothing: Django's log of changes is not used."""


class CredentialAdmin(ActorAccess, ModelAdmin):
    """What others sign in by: administrators see what there is, never the secret, and end it."""

    reads_with = writes_with = Permission.ADMINISTER
    search_fields = ("user__username", "user__display_name", "name")
    list_filter = ("revoked_at",)
    list_select_related = ("user",)
    ordering = ("-created_at",)
    actions = ("revoke",)

    @admin.action(description="Revoke the chosen ones", permissions=["change"])
    def revoke(self, request: HttpRequest, rows: Any) -> None:
        """Revoke each; the next request with it is refused."""
        for row in rows:
            services.revoke_credential(row.pk, by=actor_of(request), at=timezone.now())
        self.message_user(request, f"{len(rows)} revoked.")

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.list_display

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.list_display

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        """Show it; only the list's action changes anything."""
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        return super().changeform_view(request, *args, **options)


@admin.register(AccessToken)
class AccessTokenAdmin(CredentialAdmin):
    list_display = ("name", "user", "scope", "created_at", "expires_at", "last_used_at", "revoked_at")


@admin.register(CalendarLink)
class CalendarLinkAdmin(CredentialAdmin):
    list_display = ("name", "user", "created_at", "expires_at", "last_used_at", "revoked_at")
