"""The form input of a column, by the kind of the column and its type in the entry."""

import dataclasses
import typing
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.text import capfirst
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminSelect2MultipleWidget

from sgoffice.admin.form_fields import LanguagesField, PartialDateInput, TextListField
from sgoffice.admin.row_fields import RowsField, columns_of
from sgoffice.admin.time_fields import time_input_for
from sgoffice.records.actors import Actor
from sgoffice.records.entries import without_none
from sgoffice.records.models import PartialDateField


class LabelledSelect(AutocompleteSelect):
    """An autocomplete that takes labels from the form instead of querying for them."""

    labels: Mapping[str, str] = {}

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        chosen = [str(item) for item in value if item not in (None, "")]
        if not chosen or any(item not in self.labels for item in chosen):
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", selected=False, index=0)]
        options += [self.create_option(name, item, self.labels[item], selected=True, index=1) for item in chosen]
        return [(None, options, 0)]


def with_new_link(field: Any) -> Any:
    """Return a field whose choice offers one link beside it: to enter what is missing, reached by keyboard.

    The theme's menu of three links weighs 3 kB for each choice and is opened by mouse alone.
    """
    if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
        field.widget.template_name = "office_admin/related.html"
    return field


class ReadersField(forms.ModelMultipleChoiceField):
    """Members of staff who may read a restricted record, as ids."""

    def clean(self, value: object) -> Any:
        """Return the ids as text, sorted."""
        return sorted(str(user.pk) for user in super().clean(value))


def input_for(column: models.Field, hint: Any) -> forms.Field | None:
    """Return our own input for a column, or None for the input of the theme."""
    common: dict[str, Any] = {"label": capfirst(column.verbose_name), "help_text": column.help_text, "required": False}
    if isinstance(column, PartialDateField):
        return PartialDateInput(**common)
    if own := time_input_for(column, common):
        return own
    if column.name == "readers":
        staff = get_user_model()._default_manager.filter(is_active=True).order_by("username")
        return ReadersField(staff, widget=UnfoldAdminSelect2MultipleWidget(), **common)
    if isinstance(column, ArrayField) and column.base_field.choices:
        widget = UnfoldAdminCheckboxSelectMultipleWidget()
        return forms.MultipleChoiceField(choices=column.base_field.choices, widget=widget, **common)
    if not isinstance(column, models.JSONField | ArrayField) or hint is None:
        return None
    return _structured_input(without_none(hint)[0], common)


def _structured_input(hint: Any, common: dict[str, Any]) -> forms.Field | None:
    origin = typing.get_origin(hint)
    if origin is tuple:
        item = typing.get_args(hint)[0]
        if dataclasses.is_dataclass(item) and isinstance(item, type):
            # the columns show what the help text describes
            return RowsField(columns_of(item), **common | {"help_text": ""})
        return TextListField(**common | {"help_text": f"{common['help_text']} One per line."})
    if origin is not None and issubclass(origin, Mapping) and typing.get_args(hint) == (str, str):
        return LanguagesField(**common)
    return None


def limit_to_visible(field: forms.ModelChoiceField, actor: Actor) -> None:
    """Offer, take and name only what the actor may see."""
    rows: Any = field.queryset
    if hasattr(rows, "visible_to"):
        field.queryset = rows.visible_to(actor)


def record_choice(
    model: type[models.Model], name: str, site: AdminSite, *, is_many: bool = False, **options: Any
) -> forms.ModelChoiceField:
    """Return an autocomplete for the foreign key `name` of a model, for use in a separate form."""
    key: Any = model._meta.get_field(name)
    options.setdefault("label", capfirst(key.verbose_name))
    options.setdefault("help_text", key.help_text)
    options.setdefault("required", False)
    rows = key.related_model._default_manager.all()
    if is_many:
        return forms.ModelMultipleChoiceField(rows, widget=AutocompleteSelectMultiple(key, site), **options)
    to_field = key.target_field.attname
    return forms.ModelChoiceField(rows, widget=LabelledSelect(key, site), to_field_name=to_field, **options)
