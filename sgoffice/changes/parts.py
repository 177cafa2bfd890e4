"""The lists of parts of an open record: kept until the record is stored, then written as differences."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sgoffice.records.entries import set_field
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Part, Record
from sgoffice.records.triggers import Scribe

Rows = Sequence[Mapping[str, Any]]
_PENDING = "_pending_parts"


def set_pending(record: Record, model: type[Part], rows: Rows) -> None:
    """Keep a list until the record is stored; a later list of the same kind takes its place."""
    record.__dict__.setdefault(_PENDING, {})[model] = list(rows)


def save_pending(record: Record) -> None:
    """Write the lists that were set, in the order in which they were set."""
    for model, rows in record.__dict__.pop(_PENDING, {}).items():
        _save(record, model, rows)


def owner_field(model: type[Part]) -> str:
    """Return the name of the foreign key that ties a part to its record."""
    options: Any = model._meta
    return next(trigger.of for trigger in options.triggers if isinstance(trigger, Scribe))


def _save(record: Record, model: type[Part], rows: Rows) -> None:
    owner = owner_field(model)
    kept = {part.pk: part for part in model._default_manager.filter(**{owner: record.pk})}
    wanted = _built(record, model, rows, kept)
    gone = kept.keys() - {part.pk for part in wanted}
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    new = []
    for part in wanted:
        if part.pk not in kept:
            new.append(part)
        elif part._differs:
            part.save()
    model._default_manager.bulk_create(new)
    # what was read before this change is read again: a list that was fetched is no longer true
    getattr(record, "_prefetched_objects_cache", {}).clear()


def _built(record: Record, model: type[Part], rows: Rows, kept: Mapping[UUID, Part]) -> list[Any]:
    owner = owner_field(model)
    options: Any = model._meta
    built: list[Any] = []
    problems: list[tuple[str, str]] = []
    for position, row in enumerate(rows):
        values = dict(row)
        part = _part(model, values, kept)
        pointer = f"/{_plural(model, owner)}/{position}"
        if part is None:
            problems.append((f"{pointer}/id", "The record has no such row."))
            continue
        if any(part is other for other in built):
            problems.append((f"{pointer}/id", "Another row has this id: leave it out for a new row."))
            continue
        before = {field.attname: getattr(part, field.attname) for field in model._meta.concrete_fields}
        problems += _fill(part, values, pointer)
        setattr(part, options.get_field(owner).attname, record.pk)
        part.position = position
        after = {field.attname: getattr(part, field.attname) for field in model._meta.concrete_fields}
        part._differs = before != after
        built.append(part)
    if problems:
        raise InvalidEntry(problems)
    return built


def _part(model: type[Part], values: dict[str, Any], kept: Mapping[UUID, Part]) -> Any:
    part_id, new_id = values.pop("id", None), values.pop("new_id", None)
    if part_id is not None:
        return kept.get(part_id)
    return model(id=new_id) if new_id else model()


def _plural(model: type[Part], owner: str) -> str:
    """Return the name of the list as readers know it: what the record calls its parts."""
    field: Any = model._meta.get_field(owner)
    return field.remote_field.related_name or f"{model._meta.model_name}s"


def _fill(part: Part, values: Mapping[str, Any], pointer: str) -> list[tuple[str, str]]:
    problems = []
    for name, value in values.items():
        try:
            set_field(part, name, value)
        except ValueError as error:
            problems.append((f"{pointer}/{name}", str(error)))
    return problems
