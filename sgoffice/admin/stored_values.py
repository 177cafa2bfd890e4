"""Stored values in words: names of records in place of their ids, labels in place of codes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from django.apps import apps
from django.db import models

from sgoffice import documents, history
from sgoffice.admin.formatting import label_of
from sgoffice.languages.words import partial_date_in_words
from sgoffice.records.actors import Actor
from sgoffice.records.models import Entry, Part, PartialDateField

_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
#: A code of a vocabulary, or where in a record something stands; n/a and and/or are words of people.
_CODE = re.compile(r"[a-z]+(?:_[a-z]+)+|/[a-z]+(?:[_/][a-z]+)+")
#: What an id is called that belongs to no record, or to one that has no page.
_UNNAMED = "not named here"


def names_in(items: Sequence[history.HistoryItem], actor: Actor) -> dict[str, str]:
    """Return by id how the records are called that changes refer to, as far as the actor may see them."""
    wanted = {UUID(one) for item in items for pair in item.changes.values() for one in _ids(pair)}
    kinds = dict(Entry.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", "kind")) if wanted else {}
    bodies = documents.fetch_bodies(kinds) if kinds else {}
    recipes = documents.recipes()
    named = {str(key): recipes[kinds[key]].searched.label_of(orjson.loads(body)) for key, body in bodies.items()}
    return {**_parts_in(items), **named}


def _parts_in(items: Sequence[history.HistoryItem]) -> dict[str, str]:
    """Return by id how the parts of the same record are called that other parts refer to: a party that acts."""
    found: dict[type[Part], set[str]] = {}
    for item in items:
        for column, pair in item.changes.items():
            model = _parts(item.table).get(column)
            if model is not None:
                found.setdefault(model, set()).update(one for one in pair if one)
    return {
        str(one.pk): str(one) for model, keys in found.items() for one in model._default_manager.filter(pk__in=keys)
    }


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if _ID.fullmatch(value):
            yield value
    elif isinstance(value, Mapping):
        yield from (key for one in value.values() for key in _ids(one))
    elif isinstance(value, list | tuple):
        yield from (key for one in value for key in _ids(one))


def name_of(column: str) -> str:
    """Return what a column is called: that of a reference by what it refers to."""
    return label_of(column.removesuffix("_id"))


def in_words(value: Any, names: Mapping[str, str], *, table: str, column: str) -> Any:
    """Return a stored value with names and labels in it; text that people wrote stays as it is."""
    if isinstance(value, Mapping):
        return {key: in_words(one, names, table=table, column=column) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [in_words(one, names, table=table, column=column) for one in value]
    if not isinstance(value, str):
        return value
    if _ID.fullmatch(value):
        return names.get(value, _UNNAMED)
    if column in _dates(table):
        return partial_date_in_words(value)
    labels = _labels(table).get(column, {})
    return labels.get(value) or (label_of(value) if _CODE.fullmatch(value) else value)


def is_derived(table: str, column: str) -> bool:
    """Tell whether a column only repeats another one: the first and the last day of an imprecise date."""
    return column.removesuffix("_earliest").removesuffix("_latest") in _dates(table) - {column}


def _fields(table: str) -> list[Any]:
    return [
        field for model in apps.get_models() if model._meta.db_table == table for field in model._meta.concrete_fields
    ]


@cache
def _dates(table: str) -> frozenset[str]:
    """Return the columns of a table that are days or imprecise dates."""
    kinds = (models.DateField, PartialDateField)
    fields = (one for one in _fields(table) if isinstance(one, kinds) and not isinstance(one, models.DateTimeField))
    return frozenset(str(one.column) for one in fields)


@cache
def _parts(table: str) -> dict[str, type[Part]]:
    """Return the columns of a table that refer to a part of a record, and to which."""
    links = ((str(one.column), one.related_model) for one in _fields(table) if one.is_relation)
    return {column: model for column, model in links if isinstance(model, type) and issubclass(model, Part)}


@cache
def _labels(table: str) -> dict[str, dict[str, str]]:
    """Return by column the labels of the vocabularies of a table."""
    fields = [field for field in _fields(table) if field.flatchoices]
    return {str(field.column): {str(code): str(label) for code, label in field.flatchoices} for field in fields}
