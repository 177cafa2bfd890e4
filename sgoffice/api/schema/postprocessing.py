"""The last pass over the document: strict 3.1, shared responses and headers, a summary for every operation."""

from collections.abc import Iterator
from typing import Any

from sgoffice.api.filters import MAX_LENGTH
from sgoffice.api.inclusion import INCLUDED
from sgoffice.api.problems import MEDIA_TYPE, TYPES
from sgoffice.api.schema.answers import show_answers
from sgoffice.api.schema.groups import describe_groups
from sgoffice.api.schema.named import describe_named_records
from sgoffice.api.schema.written import mark_read_only

_PROBLEM, _RESPONSES = "Problem", "#/components/responses/"
_BLANK = {"$ref": "#/components/schemas/BlankEnum"}
_HEADERS = {
    "ETag": "The version of this response: send it in `If-None-Match`, or in `If-Match` to change the record.",
    "Content-Location": "The URL of the proposal in this response.",
    "Location": "The URL of the record, or of the proposal that waits for a second person.",
    "Retry-After": "Seconds to wait before the next request.",
    "WWW-Authenticate": "How to authenticate (RFC 6750).",
    "RateLimit": "What is left of the rate (`r`), and the seconds until it is whole again (`t`).",
    "RateLimit-Policy": "The rate: `q` requests in `w` seconds, over a sliding window.",
    "Register-Clock": "`late` when scheduled changes have not been applied for 24 hours; absent otherwise.",
    "X-Request-ID": "The id of this request: yours if you sent one. The history and the log record it.",
}
#: The headers of a problem of that status, besides X-Request-ID.
_HEADERS_OF = {401: ["WWW-Authenticate"], 412: ["ETag"], 429: ["Retry-After"], 503: ["Retry-After"]}


def postprocess(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:  # noqa: FBT001 - drf-spectacular's signature
    """Make the document strict 3.1: responses have all their members, every operation has a summary."""
    _drop_nullable(result)
    components = result["components"]
    if components.get("schemas", {}).pop("BlankEnum", None):
        _say_blank(result)
    mark_read_only(result)
    for name, schema in components.get("schemas", {}).items():
        if schema.get("type") == "object" and "properties" in schema:
            _make_strict(name, schema)
    describe_named_records(result)
    components["headers"] = {
        name: {"description": words, "schema": {"type": "string"}} for name, words in _HEADERS.items()
    }
    operations = [item for path in result["paths"].values() for item in path.values() if "operationId" in item]
    for operation in operations:
        _complete(operation)
    answers = [answer for operation in operations for answer in operation["responses"].values()]
    named = {answer["$ref"].removeprefix(_RESPONSES) for answer in answers if "$ref" in answer}
    components["responses"] = {name: _problem(name) for name in sorted(named)}
    show_answers(result)
    describe_groups(result, generator)
    _leave_out_unused_headers(result)
    return result


def _leave_out_unused_headers(result: dict[str, Any]) -> None:
    headers, used = result["components"]["headers"], set(_references(result))
    for name in [name for name in headers if f"#/components/headers/{name}" not in used]:
        del headers[name]


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        node = list(node.values())
    if isinstance(node, list):
        for below in node:
            yield from _references(below)


def _make_strict(name: str, schema: dict[str, Any]) -> None:
    """Require every member of a response but what is asked for, and allow no others in a request."""
    if name.endswith("Request"):
        schema["additionalProperties"] = False
    elif not name.startswith("Problem") and not name.endswith(("Page", "Line")):
        schema["required"] = sorted(schema["properties"].keys() - {INCLUDED})


def _problem(name: str) -> dict[str, Any]:
    """Return a shared response such as Problem404, with an example of each type of problem of its status."""
    shape, status = name[:-3], int(name[-3:])
    kinds = [kind for kind in TYPES.values() if kind.status == status]
    examples = {
        kind.slug: {
            "value": {
                "type": f"/problems/{kind.slug}",
                "title": kind.title,
                "status": status,
                "detail": "What went wrong with this request.",
                "advice": kind.advice,
                "request_id": "5f0c9a7be1d24c83",
            }
        }
        for kind in kinds
    }
    content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{_PROBLEM}"}, "examples": examples}}
    if shape != _PROBLEM:
        content["application/json"] = {"schema": {"$ref": f"#/components/schemas/{shape}"}}
    names = ["X-Request-ID", *_HEADERS_OF.get(status, ())]
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    return {"description": "; ".join(kind.title for kind in kinds), "headers": headers, "content": content}


def _complete(operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "query":
            _refuse_empty(parameter["schema"])
    description = operation.get("description", "")
    default = operation["operationId"].replace("_", " ").capitalize()
    operation.setdefault("summary", (description.split(".")[0] or default).strip())
    for status, answer in operation["responses"].items():
        if "$ref" not in answer and not answer.get("description"):
            answer["description"] = {"200": "Success", "201": "Created"}.get(status, "Response")


def _refuse_empty(schema: dict[str, Any]) -> None:
    """Say of a text in an address that it is never empty, nor longer than any may be."""
    if schema.get("type") == "string" and not {"enum", "format"} & set(schema):
        schema.setdefault("minLength", 1)
        schema.setdefault("maxLength", MAX_LENGTH)


def _say_blank(node: Any) -> None:
    """Say where it stands that nothing may be chosen: generators of clients stumble over a type of nothing.

    The choice gets a title: without one, openapi-generator names it after its place, which may be the name of a type.
    """
    if isinstance(node, dict):
        if _BLANK in node.get("oneOf", ()):
            [chosen] = [one["$ref"].rsplit("/", 1)[1] for one in node["oneOf"] if one != _BLANK]
            node["oneOf"] = [{"type": "string", "const": ""} if one == _BLANK else one for one in node["oneOf"]]
            node["title"] = f"{chosen}OrBlank"
        node = list(node.values())
    if isinstance(node, list):
        for below in node:
            _say_blank(below)


def _drop_nullable(node: Any) -> None:
    if isinstance(node, dict):
        if node.pop("nullable", False) and isinstance(node.get("type"), str):
            node["type"] = [node["type"], "null"]
        for below in node.values():
            _drop_nullable(below)
    elif isinstance(node, list):
        for below in node:
            _drop_nullable(below)
