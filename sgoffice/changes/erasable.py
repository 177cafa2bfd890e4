"""What can be erased of a record: its texts and lists, and those of its parts, by JSON pointers.

A model says with `erases_as()` where more or something else than the mark must stand afterwards. What quotes a record
outside its rows (files, spreadsheets, drafts) is erased by functions that apps register with `also_erases()`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from sgoffice.changes.masks import REDACTED, texts_in
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Link, Part, PartialDateField, Record, RegisterRow
from sgoffice.records.triggers import scribes_of

_TEXTS = (models.CharField, models.TextField, models.JSONField, ArrayField)
#: What is shorter is a code, a language, a duration.
_LONG: Final = 60
#: Names of a row and of people who may read it: no content.
_KEPT: Final = frozenset({"reference", "origin", "entered_by", "own_author", "readers", "search", "sort"})


@dataclass(frozen=True)
class Erased:
    """Some columns of a row, each with what stands there afterwards; `texts` are those inside a list to be erased."""

    row: RegisterRow
    columns: Mapping[str, object]
    texts: Sequence[str] = ()


@dataclass(frozen=True)
class Erasure:
    """What is being erased: of which records, and the texts that are looked for in what quotes them."""

    ids: Sequence[UUID]
    texts: Sequence[str]


#: Takes what is erased, and returns the ids of further records that quote it, such as the import that brought it.
Eraser = Callable[[Erasure], Iterable[UUID]]

_erasers: list[Eraser] = []
_instead: dict[type[models.Model], dict[str, object]] = {}
_kept: dict[type[models.Model], frozenset[str]] = {}
_named: dict[type[models.Model], dict[str, tuple[str, ...]]] = {}


def erases_as(
    model: type[models.Model],
    *,
    instead: Mapping[str, object] | None = None,
    kept: Iterable[str] = (),
    named: Mapping[str, tuple[str, ...]] | None = None,
) -> None:
    """Say what stands in columns of a model afterwards, which are never erased, and which go together under a name."""
    _instead[model], _kept[model], _named[model] = dict(instead or {}), frozenset(kept), dict(named or {})


def also_erases(eraser: Eraser) -> Eraser:
    """Register the decorated function as what erases quotations outside the rows of records."""
    _erasers.append(eraser)
    return eraser


def erasers() -> tuple[Eraser, ...]:
    return tuple(_erasers)


def always(model: type[models.Model]) -> frozenset[str]:
    """Return the columns in which something stands afterwards even if nothing stood there: they go together."""
    return frozenset(_instead.get(model, ()))


def text_columns(model: type[models.Model]) -> list[str]:
    """Return the attributes of a row that hold texts in somebody's words, or what was derived from them."""
    kept = _KEPT | _kept.get(model, frozenset())
    return [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, _TEXTS) and not isinstance(field, PartialDateField)
        and not field.primary_key and not _is_chosen(field) and field.name not in kept
    ]  # fmt: skip


def part_models(record: Record) -> list[type[Part]]:
    """Return the kinds of parts that a record has, links aside."""
    owners = {type(record), *type(record).__bases__}
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Part) and model is not Link
        and model._meta.get_field(scribes_of(model)[0].of).related_model in owners
    ]  # fmt: skip


def parts_of(record: Record) -> Iterator[Part]:
    """Yield every part of a record, links aside."""
    for model in part_models(record):
        yield from model._default_manager.filter(**{scribes_of(model)[0].of: record.pk}).order_by("pk")


def erased_by(record: Record, pointers: Iterable[str]) -> list[Erased]:
    """Return what these pointers erase of a record; raises InvalidEntry for one that names no text of it."""
    found, wrong = [], []
    for place, pointer in enumerate(pointers):
        named = _erased(record, pointer)
        found += named
        if not named:
            detail = f"{pointer!r} names no text of this record: write one such as /{_example(record)}, or “/” for all."
            wrong.append((f"/pointers/{place}", detail))
    if wrong:
        raise InvalidEntry(wrong)
    return found


def settled(record: Record, pointers: Iterable[str]) -> list[str]:
    """Return the pointers with parts named by their ids, which stay the same when others come and go."""
    return [_settled(record, pointer) for pointer in pointers]


def _settled(record: Record, pointer: str) -> str:
    name, *rest = _segments(pointer)
    part = _part_named(record, name, rest[0]) if rest else None
    return "/".join(["", name, str(part.pk), *rest[1:]]) if part is not None else pointer


def _erased(record: Record, pointer: str) -> list[Erased]:
    if pointer in ("", "/"):
        return [_whole(row) for row in (record, *parts_of(record))]
    if not pointer.startswith("/"):
        return []
    name, *rest = _segments(pointer)
    if own := _columns_named(type(record), name):
        return _inside(record, own[0], rest) if rest else [_some(record, own)]
    if not rest:
        return [_whole(part) for part in _list_named(record, name)]
    part = _part_named(record, name, rest[0])
    return _of_part(part, rest[1:]) if part is not None else []


def _of_part(part: Part, rest: Sequence[str]) -> list[Erased]:
    """Return one member of a part, or all of it with what stands inside it."""
    if not rest:
        return [_whole(one) for one in (part, *_inner_parts(part))]
    columns = _columns_named(type(part), rest[0])
    return [_some(part, columns)] if columns else []


def _some(row: RegisterRow, columns: Iterable[str]) -> Erased:
    return Erased(row, {one: _after(type(row), one) for one in columns})


def _inside(record: Record, column: str, rest: Sequence[str]) -> list[Erased]:
    """Return the texts at a place inside a list."""
    place: Any = getattr(record, column)
    for step in rest:
        if isinstance(place, dict) and step in place:
            place = place[step]
        elif isinstance(place, list) and step.isdecimal() and int(step) < len(place):
            place = place[int(step)]
        else:
            return []
    texts = [*texts_in(place)]
    return [Erased(record, {}, texts)] if texts else []


def _whole(row: RegisterRow) -> Erased:
    model = type(row)
    offered = [name for name in text_columns(model) if _is_offered(model, name)]
    more = [one for columns in _named.get(model, {}).values() for one in columns]
    names = dict.fromkeys([*offered, *more, *_instead.get(model, {})])
    return Erased(row, {name: _after(model, name) for name in names})


def _columns_named(model: type[models.Model], name: str) -> tuple[str, ...]:
    if together := _named.get(model, {}).get(name):
        return together
    return (name,) if name in text_columns(model) and _is_offered(model, name) else ()


def _is_offered(model: type[models.Model], name: str) -> bool:
    """Tell whether somebody may name a column: not what is derived, nor what has a short form such as a code."""
    return any(
        field.attname == name and field.editable and (field.max_length or _LONG) >= _LONG
        for field in model._meta.concrete_fields
    )


def _after(model: type[models.Model], name: str) -> object:
    """Return what stands in a column afterwards."""
    if name in (instead := _instead.get(model, {})):
        return instead[name]
    field = next(field for field in model._meta.concrete_fields if field.attname == name)
    if isinstance(field, models.JSONField | ArrayField):
        return field.get_default() if not field.null else None
    return REDACTED


def _list_named(record: Record, name: str) -> list[Part]:
    for model in part_models(record):
        field = model._meta.get_field(scribes_of(model)[0].of)
        if isinstance(field, models.ForeignKey) and field.remote_field.related_name == name:
            return list(model._default_manager.filter(**{field.name: record.pk}))
    return []


def _part_named(record: Record, name: str, key: str) -> Part | None:
    """Return the part that a pointer names by its place or its id."""
    rows = _list_named(record, name)
    if key.isdecimal() and int(key) < len(rows):
        return rows[int(key)]
    return next((row for row in rows if str(row.pk) == key), None)


def _inner_parts(part: Part) -> Iterator[Part]:
    """Yield the parts that stand inside another one, such as the titles of a participant."""
    for relation in part._meta.related_objects:
        if issubclass(relation.related_model, Part):
            yield from relation.related_model._default_manager.filter(**{relation.field.name: part.pk})


def _is_chosen(field: Any) -> bool:
    return bool(field.choices or getattr(getattr(field, "base_field", None), "choices", None))


def _segments(pointer: str) -> list[str]:
    return [one.replace("~1", "/").replace("~0", "~") for one in pointer.removeprefix("/").split("/")]


def _example(record: Record) -> str:
    offered = [name for name in text_columns(type(record)) if _is_offered(type(record), name)]
    return next((name for name in ("title", "name", "text", "notes") if name in offered), offered[0])
