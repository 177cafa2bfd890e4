"""Staff in the admin: invited, given a role and a password, sent away; by the services of accounts."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminPasswordWidget

from sgoffice.accounts import services
from sgoffice.accounts.models import User
from sgoffice.admin.access import ActorAccess, actor_of
from sgoffice.records.actors import Permission
from sgoffice.records.errors import InvalidEntry, RegisterError, RuleViolation

admin.site.unregister(Group)
_KEPT = ("display_name", "email", "language", "time_zone")


class StaffForm(forms.ModelForm):
    """A member of staff; what the services refuse is shown at its field."""

    password = forms.CharField(
        required=False,
        strip=False,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Leave it empty to keep the one there is.",
    )
    refusal: ClassVar[RegisterError | None] = None

    class Meta:
        model = User
        fields: ClassVar = ["username", "role", "is_active", *_KEPT]

    def _post_clean(self) -> None:
        if self.refusal is None:
            return
        if isinstance(self.refusal, InvalidEntry):
            for pointer, detail in self.refusal.errors:
                name = pointer.strip("/")
                self.add_error(name if name in self.fields else None, detail)
        else:
            pointer = self.refusal.pointer.strip("/") if isinstance(self.refusal, RuleViolation) else ""
            self.add_error(pointer if pointer in self.fields else None, self.refusal.detail)


@admin.register(User)
class StaffAdmin(ActorAccess, ModelAdmin):
    """Members of staff; nobody is deleted, who leaves is sent away."""

    reads_with = writes_with = Permission.ADMINISTER
    form = StaffForm
    list_display = ("username", "display_name", "role", "email", "is_active", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("username", "display_name", "email")
    ordering = ("username",)
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Tell whether the actor may see staff; a list to choose from is open to whoever writes."""
        match = request.resolver_match
        if match is not None and match.url_name == "autocomplete":
            return actor_of(request).may(Permission.WRITE)
        return super().has_view_permission(request, obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields; a name of sign-in stays as it was given."""
        names = ["username", "display_name", "email", "role", "password", "language", "time_zone"]
        return names if obj is None else [*names, "is_active"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return what is not changed once it is there."""
        return () if obj is None else ("username", *_KEPT)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Return the form, with what was refused on a first pass."""
        form = super().get_form(request, obj, change, **kwargs)
        return type(form)(form.__name__, (form,), {"refusal": getattr(request, "register_refusal", None)})

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Show the form; what a service refuses undoes all of it and is shown on the form."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except RegisterError as error:
            request.register_refusal = error  # type: ignore[attr-defined] # for the template's sake
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_form(self, request: Any, form: Any, change: Any) -> Any:
        """Return the user as stored: the services write."""
        return form.instance

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Call the services for what was changed."""
        by, values = actor_of(request), form.cleaned_data
        if not change:
            given = {name: values[name] for name in ("username", "role", *_KEPT) if values.get(name)}
            made = services.invite_staff(services.StaffEntry(**given, password=values["password"]), by=by)
            obj.pk, obj._state.adding = made.pk, False
            return
        if "role" in form.changed_data:
            services.assign_role(obj.pk, values["role"], by=by)
        if "is_active" in form.changed_data:
            services.set_active(obj.pk, is_active=values["is_active"], by=by)
        if values.get("password"):
            services.set_password(obj.pk, values["password"], by=by)

    def save_related(self, request: Any, form: Any, formsets: Any, change: Any) -> None:
        """Do nothing: a member of staff has no rows."""

    def log_addition(self, request: Any, obj: Any, message: Any) -> None:
        """Do nothing: the services and the server's log say it."""

    def log_change(self, request: Any, obj: Any, message: Any) -> None:
        """Do nothing: the services and the server's log say it."""
