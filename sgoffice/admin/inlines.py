"""Inline rows for parts of a record, such as participants, parties and acts; the service gets them with the record."""

import typing
from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.admin import AdminSite
from django.contrib.admin.utils import flatten
from django.db import models
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField
from django.http import HttpRequest
from unfold.admin import StackedInline

from sgoffice.admin.access import ActorAccess, actor_of
from sgoffice.admin.forms import ActorForm, with_attributes
from sgoffice.admin.inputs import LabelledSelect, input_for, with_new_link
from sgoffice.admin.values import entry_of


class PartFormSet(BaseInlineFormSet):
    """The rows of one list; the service works out which are new, changed or removed."""

    def save(self, commit: bool = True) -> list[Any]:  # noqa: FBT001, FBT002 - Django's signature
        """Save nothing: the service does."""
        return []

    def entries(self, entry: type[Any]) -> tuple[Any, ...]:
        """Return the rows in order as entries for the service, without those marked for removal."""
        found = []
        for form in typing.cast("list[PartForm]", self.forms):
            values = getattr(form, "cleaned_data", None)
            if not values or values.get("DELETE") or not (form.has_changed() or form.instance.pk in self._kept()):
                continue
            found.append(entry_of(entry, form.entry_values() | self._identity(form)))
        return tuple(found)

    def _kept(self) -> set[UUID]:
        return {form.instance.pk for form in self.initial_forms}

    def _identity(self, form: "PartForm") -> dict[str, UUID]:
        return {"id": form.instance.pk} if form.instance.pk in self._kept() else {}

    def validate_unique(self) -> None:
        """Do nothing: the service checks and explains it."""


class PartForm(ActorForm):
    def entry_values(self) -> dict[str, Any]:
        """Return the values of the row by the names of its entry; a subclass may combine several fields."""
        keys = {name for name, field in self.fields.items() if isinstance(field, InlineForeignKeyField)}
        return self.plain_values(name for name in self.fields if name not in {"id", "DELETE", *keys})


class PartInline(ActorAccess, StackedInline):
    """Rows of one kind of part. A subclass sets model, entry, the `name` of the list in the entry, and columns."""

    entry: ClassVar[type[Any]]
    name: ClassVar[str]
    form = PartForm
    formset = PartFormSet
    extra = 0
    ordering = ("position",)
    tab = False
    show_change_link = False
    #: Further foreign keys to join and lists to prefetch for the rows.
    related: ClassVar[Sequence[str]] = ()
    prefetched: ClassVar[Sequence[str]] = ()

    def __init__(self, parent_model: type[models.Model], admin_site: AdminSite) -> None:
        super().__init__(parent_model, admin_site)
        self.autocomplete_fields = [name for name in self._columns() if _is_offered(self.model, name, admin_site)]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Whether rows can be removed from the list; the record and its history stay."""
        return self.has_change_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> Any:
        keys = [name for name in self._columns() if _foreign(self.model, name) is not None]
        return super().get_queryset(request).select_related(*keys, *self.related).prefetch_related(*self.prefetched)

    def _columns(self) -> list[str]:
        return flatten(self.fields or ())

    def form_for(self, request: HttpRequest, **terms: object) -> type[PartForm]:
        return with_attributes(self.form, actor=actor_of(request), **terms)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kwargs.setdefault("form", self.form_for(request))
        declared = self.form.base_fields
        kwargs["fields"] = [name for name in self._columns() if name not in declared and _has_column(self.model, name)]
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        own = input_for(db_field, typing.get_type_hints(self.entry).get(db_field.name))
        return own or with_new_link(super().formfield_for_dbfield(db_field, request, **kwargs))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name in self.autocomplete_fields:
            field.widget = LabelledSelect(db_field, self.admin_site)
        return field


def _foreign(model: type[models.Model], name: object) -> models.ForeignKey | None:
    field = next((field for field in model._meta.fields if field.name == name), None)
    return field if isinstance(field, models.ForeignKey) else None


def _has_column(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.fields)


def _is_offered(model: type[models.Model], name: str, site: AdminSite) -> bool:
    key = _foreign(model, name)
    return key is not None and key.related_model in site._registry
