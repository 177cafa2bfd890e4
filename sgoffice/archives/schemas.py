"""JSON Schemas of the lines of an archive: documents as the API's own document has them, rows as the models do."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import orjson
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.ranges import RangeField
from django.db import models

from sgoffice import documents
from sgoffice.archives import contents
from sgoffice.records.models import HistoryEntry, HistoryPayload, Record

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_COMPONENTS: Final = "#/components/schemas/"
_FORMATS: Final = {models.DateTimeField: "date-time", models.DateField: "date", models.UUIDField: "uuid"}
_TYPES: Final = {
    models.BooleanField: "boolean", models.IntegerField: "integer", models.CharField: "string",
    models.TextField: "string", models.GenericIPAddressField: "string",
}  # fmt: skip
#: The columns of the history that a line tells of, beside its place in the chain.
HISTORY: Final = ("id", "at", "actor", "verb", "reason", "request_id", "operation", "table_name", "record_id", "row_id")


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of the lines of each file, by what the file is called."""
    found = {f"records/{model.record_kind}": of_record(model) for model in contents.kinds()}
    return found | {"staff": _closed(_properties(contents.staff(), contents.STAFF)), "history": _of_history()}


def of_record(model: type[Record]) -> dict[str, Any]:
    """Return the schema of a record's line: its document, its row, and the rows of its parts."""
    name = documents.recipes()[model.record_kind].shape.__name__.removesuffix("Serializer")
    parts = {part._meta.label_lower: {"type": "array", "items": _row(part)} for part in contents.parts_of(model)}
    line = _closed({"document": {"$ref": f"#/$defs/{name}"}, "row": _row(model), "parts": _closed(parts)})
    defined = {one: _leading_here(_components()[one]) for one in sorted(_needed(name))}
    return {"$schema": _DIALECT, "title": f"A line of records/{model.record_kind}.jsonl", **line, "$defs": defined}


def _of_history() -> dict[str, Any]:
    told = _properties(HistoryEntry, HISTORY) | _properties(HistoryPayload, ("old", "new"))
    told |= {"position": {"type": ["integer", "null"]}, "digest": {"type": "string"}}
    return {"$schema": _DIALECT, "title": "A line of history.jsonl", **_closed(told)}


def _row(model: type[models.Model]) -> dict[str, Any]:
    return _closed(_properties(model))


def _properties(model: type[models.Model], names: tuple[str, ...] = ()) -> dict[str, Any]:
    fields = model._meta.concrete_fields
    return {field.name: _of_field(field) for field in fields if not names or field.name in names}


def _closed(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _of_field(field: Any) -> dict[str, Any]:
    """Return the schema of a column; what is JSON in the database may be any."""
    found = _of_value(field.target_field if field.is_relation else field)
    if field.null and "type" in found:
        found["type"] = [found["type"], "null"]
    if text := str(field.help_text):
        found["description"] = text
    return found


def _of_value(field: Any) -> dict[str, Any]:
    if isinstance(field, ArrayField):
        return {"type": "array", "items": _of_value(field.base_field)}
    if isinstance(field, RangeField):
        return {"type": "object"}
    for kind, written in _FORMATS.items():
        if isinstance(field, kind):
            return {"type": "string", "format": written}
    return next(({"type": name} for kind, name in _TYPES.items() if isinstance(field, kind)), {})


@cache
def _components() -> dict[str, Any]:
    from sgoffice.api.schema.served import api_document  # what describes the API loads much; archives are rare

    return orjson.loads(api_document(for_partners=False).body)["components"]["schemas"]


def _needed(name: str) -> set[str]:
    """Return the names of a component and of all that it refers to."""
    found, waiting = set[str](), [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += _named_in(_components()[one])
    return found


def _named_in(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(place := value.get("$ref"), str):
            yield place.removeprefix(_COMPONENTS)
        for below in value.values():
            yield from _named_in(below)
    elif isinstance(value, list):
        for below in value:
            yield from _named_in(below)


def _leading_here(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            name: below.replace(_COMPONENTS, "#/$defs/") if name == "$ref" else _leading_here(below)
            for name, below in value.items()
            if name not in {"example", "examples"}
        }
    return [_leading_here(below) for below in value] if isinstance(value, list) else value
