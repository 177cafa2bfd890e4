"""Rows of parts below the form of a record: participants, parties, acts. They go to the service with the record."""

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
from sgoffice.admin.inputs import LabelledSelect, input_for
from sgoffice.admin.values import entry_of


class PartFormSet(BaseInlineFormSet):
    """The rows of one list; which are new, kept or gone is for the service."""

    def save(self, commit: bool = True) -> list[Any]:  # noqa: FBT001, FBT002 - Django's signature
        """Save nothing."""
        return []

    def entries(self, entry: type[Any]) -> tuple[Any, ...]:
        """Return the rows in order as entries of the service; what is ticked for removal is left out."""
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
        """Leave it to the service, which explains it."""


class PartForm(ActorForm):
    """One row."""

    def entry_values(self) -> dict[str, Any]:
        """Return the values of the row by the names of its entry; a subclass may put several fields together."""
        keys = {name for name, field in self.fields.items() if isinstance(field, InlineForeignKeyField)}
        return self.plain_values(name for name in self.fields if name not in {"id", "DELETE", *keys})


class PartInline(ActorAccess, StackedInline):
    """Rows of one kind of part. A subclass names model, entry, the entry's field in the record, and the columns."""

    entry: ClassVar[type[Any]]
    name: ClassVar[str]
    form = PartForm
    formset = PartFormSet
    extra = 0
    ordering = ("position",)
    tab = False
    show_change_link = False
    #: What the rows' forms show besides: foreign keys that are joined, lists that are read with them.
    related: ClassVar[Sequence[str]] = ()
    prefetched: ClassVar[Sequence[str]] = ()

    def __init__(self, parent_model: type[models.Model], admin_site: AdminSite) -> None:
        super().__init__(parent_model, admin_site)
        self.autocomplete_fields = [name for name in self._columns() if _is_offered(self.model, name, admin_site)]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Tell whether rows can be taken off the list: the record stays, and its history."""
        return self.has_change_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the rows with what they refer to."""
        keys = [name for name in self._columns() if _foreign(self.model, name) is not None]
        return super().get_queryset(request).select_related(*keys, *self.related).prefetch_related(*self.prefetched)

    def _columns(self) -> list[str]:
        return flatten(self.fields or ())

    def form_for(self, request: HttpRequest, **terms: object) -> type[PartForm]:
        """Return the form class of one request."""
        return with_attributes(self.form, actor=actor_of(request), **terms)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Return the formset of this request."""
        kwargs.setdefault("form", self.form_for(request))
        declared = self.form.base_fields
        kwargs["fields"] = [name for name in self._columns() if name not in declared and _has_column(self.model, name)]
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return our own input where the theme has none that fits."""
        own = input_for(db_field, typing.get_type_hints(self.entry).get(db_field.name))
        return own or super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return a choice by typing that knows the name of what it shows."""
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
