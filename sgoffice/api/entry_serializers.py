"""From a service's entry to the serializer that accepts it: one place says what may be entered, the dataclass.

Types, whether a value is needed and whether it may be null come from the dataclass; lengths, vocabularies and help
texts from the model whose fields carry the same names, or from the metadata of a member without a column: `as_in` names
the part that has it.
"""

import dataclasses
import typing
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models
from rest_framework import serializers

from sgoffice.api import fields
from sgoffice.api.serializers import EntrySerializer, MarkedRecordEntrySerializer, RecordEntrySerializer
from sgoffice.records.entries import ByName, MarkedRecordEntry, RecordEntry, without_none
from sgoffice.records.models import PartialDateField
from sgoffice.records.references import kind_named

_SIMPLE: dict[Any, Any] = {
    UUID: fields.Identifier,
    int: fields.Integer,
    bool: fields.Flag,
    datetime: fields.Instant,
    date: fields.Day,
}
_MAX_ITEMS = 500
_MAX_TEXT = 20_000
#: Not for callers: where an imported record came from, what history alone may break; and bytes, which JSON cannot say.
_INTERNAL = {"origin", "deviation", "file"}


Parts = Mapping[type[Any], type[models.Model]]
_made: dict[type[Any], tuple[Any, Any]] = {}


def shape_of(entry: type[Any], model: type[models.Model] | None = None, *, parts: Parts | None = None) -> Any:
    """Return the serializer class of an entry, one for each; `parts` tells the models of the entries nested in it."""
    if entry not in _made:
        _made[entry] = (model, _make(entry, model, dict(parts or {})))
    known, shape = _made[entry]
    if known is not model:
        raise ValueError(f"{entry.__name__} has a shape already, from {known}")
    return shape


def _make(entry: type[Any], model: type[models.Model] | None, parts: Parts) -> Any:
    base: type[EntrySerializer] = EntrySerializer
    if issubclass(entry, MarkedRecordEntry):
        base = MarkedRecordEntrySerializer
    elif issubclass(entry, RecordEntry):
        base = RecordEntrySerializer
    hints = typing.get_type_hints(entry)
    inherited = base().fields
    members: dict[str, Any] = {"entry": entry, "__doc__": entry.__doc__, "__module__": entry.__module__}
    for item in dataclasses.fields(entry):
        if item.name in _INTERNAL or item.name in inherited:
            continue
        is_named = bool(kind_named(item.name, entry))
        within = item.metadata.get("as_in")
        column = _column(parts.get(within) if within else model, item.name)
        members[item.name] = _field(hints[item.name], column, parts, item, is_named=is_named)
    return type(f"{entry.__name__}Serializer", (base,), members)


def _column(model: type[models.Model] | None, name: str) -> Any:
    if model is None:
        return None
    return next((column for column in model._meta.get_fields() if column.name == name), None)


def _field(hint: Any, column: Any, parts: Parts, item: "dataclasses.Field[Any]", *, is_named: bool) -> Any:
    may_be_new = ByName in typing.get_args(hint)
    hint, is_nullable = without_none(hint)
    options = _options(column, item, is_nullable=is_nullable)
    if may_be_new:
        return fields.IdOrName(**options)
    origin = typing.get_origin(hint)
    if origin is tuple:
        return _list(typing.get_args(hint)[0], parts, options, is_named=is_named)
    if origin is not None and issubclass(origin, Mapping):
        return fields.ByLanguage(**options)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return shape_of(hint, parts.get(hint), parts=parts)(**options)
    if hint is str:
        # what stands for a value that is left out may be sent too, or a value could never be cleared
        is_date = item.metadata.get("is_date", False)
        return _text(column, options | {"allow_blank": item.default == ""}, is_date=is_date)
    return fields.Reference(**options) if is_named and hint is UUID else _scalar(hint, column, options)


def _options(column: Any, item: "dataclasses.Field[Any]", *, is_nullable: bool) -> dict[str, Any]:
    is_needed = item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
    options: dict[str, Any] = {"required": is_needed}
    if is_nullable:
        options["allow_null"] = True
    if about := str(getattr(column, "help_text", None) or item.metadata.get("help_text", "")):
        options["help_text"] = about
    return options


def _list(item: Any, parts: Parts, options: dict[str, Any], *, is_named: bool) -> Any:
    if isinstance(item, type) and dataclasses.is_dataclass(item):
        return shape_of(item, parts.get(item), parts=parts)(many=True, max_length=_MAX_ITEMS, **options)
    of_ids = fields.Reference if is_named else fields.Identifier
    child: Any = of_ids() if item is UUID else fields.Text(max_length=_MAX_TEXT)
    return serializers.ListField(child=child, max_length=_MAX_ITEMS, **options)


def _scalar(hint: Any, column: Any, options: dict[str, Any]) -> Any:
    if hint is int and column is not None:
        # what the column holds: a positive one refuses what is below zero
        kind = column.get_internal_type()
        least, most = connection.ops.integer_field_range(kind)
        return fields.Integer(min_value=0 if kind.startswith("Positive") else least, max_value=most, **options)
    return _SIMPLE[hint](**options)


def _text(column: Any, options: dict[str, Any], *, is_date: bool) -> Any:
    if isinstance(column, models.ForeignKey):
        return fields.CountryCode(**options)
    if is_date or isinstance(column, PartialDateField):
        return fields.PartialDay(**options)
    if column is not None and getattr(column, "choices", None):
        return fields.Choice(choices=column.choices, **options)
    if column is not None and column.name == "time_zone":
        return fields.TimeZone(**options)
    if isinstance(column, models.SlugField):
        return fields.Slug(max_length=column.max_length, **options)
    length: int = getattr(column, "max_length", None) or _MAX_TEXT
    return fields.Text(max_length=length, **options)
