"""Convert form values to entries and corrections, by the types of their dataclasses."""

import dataclasses
import typing
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.db import models
from django.db.models import QuerySet

from sgoffice.records.entries import Correction, without_none

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

E = TypeVar("E", bound="DataclassInstance")


def entry_of(entry: type[E], values: Mapping[str, Any]) -> E:
    """Return the entry with these values; unknown names are a bug of the form."""
    hints = typing.get_type_hints(entry)
    return entry(**{name: convert(hints[name], value) for name, value in values.items()})


def correction_of(entry: type[E], values: Mapping[str, Any]) -> Correction[E]:
    """Return the correction of these fields."""
    hints = typing.get_type_hints(entry)
    return Correction(entry, {name: convert(hints[name], value) for name, value in values.items()})


def convert(hint: Any, value: Any) -> Any:
    """Return a value from a form or from JSON as the type that an entry needs."""
    hint, is_optional = without_none(hint)
    if value is None or value == "":
        return None if is_optional else empty_value(hint)
    if dataclasses.is_dataclass(hint):
        return _nested(hint, value)
    origin = typing.get_origin(hint)
    if origin is tuple:
        return tuple(convert(typing.get_args(hint)[0], item) for item in value)
    if origin is not None and issubclass(origin, Mapping):
        return dict(value)
    return _scalar(hint, value)


def _scalar(hint: Any, value: Any) -> Any:
    if hint is str:
        return value.isoformat() if isinstance(value, date) else str(value)
    return hint(value) if isinstance(value, str) else value


def _nested(hint: Any, value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return value
    names = {item.name for item in dataclasses.fields(hint)}
    # only entries of parts that are kept have an id
    return entry_of(hint, {name: item for name, item in value.items() if name in names or name != "id"})


def empty_value(hint: Any) -> Any:
    """Return the empty value of a type that does not allow None."""
    if dataclasses.is_dataclass(hint):
        return None
    origin = typing.get_origin(hint) or hint
    if origin is tuple:
        return ()
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {}
    return {str: "", bool: False}.get(hint)


def plain_value(field: forms.Field | None, value: Any) -> Any:
    """Return a cleaned value as services take it: the key of a record instead of the record."""
    if isinstance(value, QuerySet | list | tuple) and isinstance(field, forms.ModelMultipleChoiceField):
        return [_key(field, item) for item in value]
    return _key(field, value) if isinstance(value, models.Model) else value


def _key(field: Any, row: models.Model) -> Any:
    name = getattr(field, "to_field_name", None)
    return getattr(row, name) if name else row.pk
