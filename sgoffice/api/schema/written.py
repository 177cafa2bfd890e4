"""Which members of a record are read only: those that neither its entry nor its correction takes."""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
_JSON = "application/json"
_COMPONENTS = "#/components/schemas/"


def mark_read_only(document: Schema) -> None:
    """Mark what clients leave out when they send back what they read; REST framework marks all that is nested."""
    schemas = document["components"].get("schemas", {})
    written: dict[str, set[str]] = {}
    for operations in document["paths"].values():
        for method in {"post", "patch"} & operations.keys():
            for shown, taken in _pair(operations[method]):
                _note(schemas, shown, taken, written)
    for name, members in written.items():
        for member, schema in schemas[name]["properties"].items():
            schema.pop("readOnly", None)
            if member not in members:
                schema["readOnly"] = True


def _pair(operation: Schema) -> Iterator[tuple[Schema, Schema]]:
    """Yield the record that an operation enters or corrects as it is shown, with the body that it takes."""
    status = "201" if operation["operationId"].endswith("_create") else "200"
    if not operation["operationId"].endswith(("_create", "_update")):
        return
    shown = operation["responses"].get(status, {}).get("content", {}).get(_JSON)
    taken = operation.get("requestBody", {}).get("content", {}).get(_JSON)
    if shown and taken:
        yield shown["schema"], taken["schema"]


def _note(schemas: Schema, shown: Schema, taken: Schema, written: dict[str, set[str]]) -> None:
    """Note the members that are taken, of an object and of the objects in it; a reference is taken by its key."""
    name, inner = _object(schemas, shown), _object(schemas, taken)
    if name is None or inner is None:
        return
    found = schemas[inner]["properties"]
    written.setdefault(name, set()).update(found)
    for member, schema in schemas[name]["properties"].items():
        if member in found:
            _note(schemas, schema, found[member], written)


def _object(schemas: Schema, schema: Schema) -> str | None:
    """Return the name of the one component with members that a schema stands for, alone or in a list."""
    schema = schema.get("items", schema)
    choices = [schema, *(item for key in ("allOf", "oneOf", "anyOf") for item in schema.get(key, ()))]
    names = [item["$ref"].removeprefix(_COMPONENTS) for item in choices if "$ref" in item]
    return next((name for name in names if "properties" in schemas[name]), None)
