"""What travels in an archive: records with their parts and links, staff, files; and rows as JSON, both ways."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, TypeVar

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields.ranges import RangeField
from django.db import models

from sgoffice import documents
from sgoffice.changes.parts import owner_field
from sgoffice.records.models import Entry, Part, Record

M = TypeVar("M", bound=models.Model)
#: What is told of a member of staff: nothing that anybody signs in with.
STAFF: Final = (
    "id", "username", "first_name", "last_name", "email", "role", "display_name", "language", "time_zone", "is_active",
    "is_example",
)  # fmt: skip


class UnknownColumn(Exception):
    """A row has a column that this version does not know."""


@cache
def kinds() -> tuple[type[Record], ...]:
    """Return the kinds of records that travel; those that name records of any kind come last."""
    found = [
        model
        for model in apps.get_models()
        if issubclass(model, Record) and model.travels and model.record_kind in documents.recipes()
    ]
    return tuple(sorted(found, key=_names_any))


@cache
def parts_of(model: type[Record]) -> tuple[type[Part], ...]:
    """Return the models of the parts of a kind, links among them, in the order in which they rest on each other."""
    return tuple(part for part in _parts() if _owner(part) in {model, Entry})


def staff() -> type[Any]:
    return get_user_model()


def row_of(row: models.Model, *only: str) -> dict[str, Any]:
    """Return a row as JSON, by the names of its fields; with names, only these."""
    return {field.name: _plain(field, row) for field in row._meta.concrete_fields if not only or field.name in only}


def made_of(model: type[M], row: Mapping[str, Any]) -> M:
    """Return a row as the model, not stored yet; a column that it lacks has its default.

    Raises UnknownColumn, and ValidationError or ValueError for a value that cannot be one of its column.
    """
    fields: dict[str, Any] = {field.name: field for field in model._meta.concrete_fields}
    for name in row:
        if name not in fields:
            raise UnknownColumn(f"{model._meta.label} has no column {name}")
    return model(**{fields[name].attname: _value(fields[name], value) for name, value in row.items()})


def _names_any(model: type[Record]) -> bool:
    """Tell whether records of a kind name records of any kind, themselves or in their parts."""
    return any(
        field.remote_field.model is Entry
        for one in (model, *(part for part in parts_of(model) if _owner(part) is model))
        for field in one._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
    )


def _parts() -> Iterator[type[Part]]:
    yield from (model for model in apps.get_models() if issubclass(model, Part))


def _owner(part: type[Part]) -> Any:
    return part._meta.get_field(owner_field(part)).remote_field.model  # type: ignore[union-attr] # a foreign key


def _plain(field: Any, row: models.Model) -> Any:
    if isinstance(field, RangeField):
        return json.loads(field.value_to_string(row) or "null")
    return field.value_from_object(row)


def _value(field: Any, value: Any) -> Any:
    return field.to_python(json.dumps(value) if value is not None and isinstance(field, RangeField) else value)
