"""What the document says of records that are named: what may stand for one, and that the answer tells who was meant."""

from collections.abc import Iterator
from typing import Any

from sgoffice.api.fields import NAMED_RECORD

Schema = dict[str, Any]
_COMPONENTS = "#/components/schemas/"
_FORMS = "Its id, its reference or its name."
_UNDERSTOOD = {
    "type": "array",
    "items": {"$ref": f"{_COMPONENTS}UnderstoodName"},
    "readOnly": True,
    "description": "In the answer to a write that names records: which record each name was taken for. It is not kept.",
}


def describe_named_records(document: Schema) -> None:
    """Say of each member and parameter that names a record what it takes, and of each such write what it answers."""
    schemas = document["components"].get("schemas", {})
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    named = [node for node in _nodes(list(schemas.values()), {}) if _is_named(node)]
    named += [one for item in operations for one in item.get("parameters", ()) if _is_named(one.get("schema"))]
    for one in named:
        one["description"] = f"{one.get('description', '')} {_FORMS}".strip()
    writes = [item for item in operations if any(map(_is_named, _nodes(item.get("requestBody"), schemas)))]
    for name in sorted({name for item in writes for name in _answers(item)}):
        if "version" in schemas[name]["properties"]:
            schemas[name]["properties"].setdefault("understood", dict(_UNDERSTOOD))


def _is_named(schema: Any) -> bool:
    return isinstance(schema, dict) and schema.get("format") == NAMED_RECORD["format"]


def _nodes(node: Any, schemas: Schema, seen: frozenset[str] = frozenset()) -> Iterator[Schema]:
    """Yield the schemas within one; where `schemas` are given, those that it refers to too."""
    if isinstance(node, list):
        for below in node:
            yield from _nodes(below, schemas, seen)
    if not isinstance(node, dict):
        return
    yield node
    name = str(node.get("$ref", "")).removeprefix(_COMPONENTS)
    if name in schemas and name not in seen:
        yield from _nodes(schemas[name], schemas, seen | {name})
    for below in node.values():
        yield from _nodes(below, schemas, seen)


def _answers(operation: Schema) -> Iterator[str]:
    for status in ("200", "201"):
        for kind in operation["responses"].get(status, {}).get("content", {}).values():
            if reference := kind.get("schema", {}).get("$ref"):
                yield reference.removeprefix(_COMPONENTS)
