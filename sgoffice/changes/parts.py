"""Lists of parts of an open record: kept until the record is stored, then written as differences."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import models

from sgoffice.records.entries import set_field
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Part, Record
from sgoffice.records.triggers import Scribe

Rows = Sequence[Mapping[str, object]]
_PENDING = "_pending_parts"


def set_pending(record: Record, model: type[Part], rows: Rows) -> None:
    """Keep a list until the record is stored; a later list of the same kind replaces it."""
    record.__dict__.setdefault(_PENDING, {})[model] = list(rows)


def save_pending(record: Record, *, is_new: bool) -> None:
    """Write the pending lists in the order in which they were set; a new record has no parts yet."""
    for model, rows in record.__dict__.pop(_PENDING, {}).items():
        _save(record, model, rows, is_new=is_new)


def owner_field(model: type[Part]) -> str:
    """Return the name of the foreign key from a part to its record."""
    return next(trigger.of for trigger in getattr(model._meta, "triggers", ()) if isinstance(trigger, Scribe))


def _save(record: Record, model: type[Part], rows: Rows, *, is_new: bool) -> None:
    stored = () if is_new else model.objects.filter(**{owner_field(model): record.pk})
    existing = {part.pk: part for part in stored}
    wanted, changed = _build_parts(record, model, rows, existing)
    if removed := existing.keys() - {part.pk for part in wanted}:
        model.objects.filter(pk__in=removed).delete()
    for part in changed:
        if part.pk in existing:
            part.save()
    model.objects.bulk_create([part for part in wanted if part.pk not in existing])
    # lists that were prefetched before this change are out of date
    getattr(record, "_prefetched_objects_cache", {}).clear()


def _build_parts(
    record: Record, model: type[Part], rows: Rows, existing: Mapping[UUID, Part]
) -> tuple[list[Part], list[Part]]:
    """Return the parts of the new list in order, and those of them that differ from what is stored."""
    owner = owner_field(model)
    built: list[Part] = []
    changed: list[Part] = []
    problems: list[tuple[str, str]] = []
    for position, row in enumerate(rows):
        values = dict(row)
        part = _existing_or_new(model, values, existing)
        pointer = f"/{_list_name(model, owner)}/{position}"
        if part is None:
            problems.append((f"{pointer}/id", "The record has no such row."))
            continue
        if any(part is other for other in built):
            problems.append((f"{pointer}/id", "Another row has this id: leave it out for a new row."))
            continue
        before = _stored_values(part)
        problems += _set_fields(part, values, pointer)
        setattr(part, f"{owner}_id", record.pk)
        part.position = position
        if _stored_values(part) != before:
            changed.append(part)
        built.append(part)
    if problems:
        raise InvalidEntry(problems)
    return built, changed


def _existing_or_new(model: type[Part], values: dict[str, object], existing: Mapping[UUID, Part]) -> Part | None:
    part_id, new_id = values.pop("id", None), values.pop("new_id", None)
    if part_id is not None:
        return existing.get(part_id) if isinstance(part_id, UUID) else None
    return model(id=UUID(str(new_id))) if new_id else model()


def _stored_values(part: Part) -> dict[str, object]:
    return {field.attname: getattr(part, field.attname) for field in part._meta.concrete_fields}


def _list_name(model: type[Part], owner: str) -> str:
    """Return the name of the list in the document of the record."""
    field = model._meta.get_field(owner)
    return (isinstance(field, models.ForeignKey) and field.remote_field.related_name) or f"{model._meta.model_name}s"


def _set_fields(part: Part, values: Mapping[str, object], pointer: str) -> list[tuple[str, str]]:
    problems = []
    for name, value in values.items():
        try:
            set_field(part, name, value)
        except ValueError as error:
            problems.append((f"{pointer}/{name}", str(error)))
    return problems
