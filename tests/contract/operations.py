"""The operations of the API document as tests walk them: asked one by one, their answers held against the document."""

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

PROBLEM = "application/problem+json"
NOBODY = str(UUID("01900000-0000-7000-8000-000000000000"))
_DOCUMENT = "urn:document"
A_FORM = (
    b'--form\r\nContent-Disposition: form-data; name="file"; filename="readout.txt"\r\n\r\nThey agreed.\r\n--form--\r\n'
)
#: Addresses of several kinds at once, each with one that it finds.
_SEARCHES = {"directory": "people", "duplicates": "people", "search": "engagements"}
_COUNTERPARTS = {"person": "people", "organization": "organizations", "country": "countries"}


@cache
def document() -> dict[str, Any]:
    """The document as the running program makes it; test_openapi.py holds the committed one against it."""
    made = SchemaGenerator().get_schema(request=None, public=True)
    return json.loads(json.dumps(made, default=str))


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    told: dict[str, Any] = field(compare=False, hash=False)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def id(self) -> str:
        return self.told["operationId"]

    @property
    def kind(self) -> str:
        """The plural noun of the records that the address is about."""
        noun, *below = self.path.split("/")[3:]
        if noun in _SEARCHES:
            return _SEARCHES[noun]
        return _COUNTERPARTS[below[0]] if noun == "counterparts" else noun

    @property
    def has_key(self) -> bool:
        return "{" in self.path

    @property
    def reads(self) -> bool:
        return self.method == "GET"

    @property
    def media_types(self) -> set[str]:
        return set(self.told.get("requestBody", {}).get("content", ()))

    @property
    def takes_body(self) -> bool:
        return "application/json" in self.media_types

    @property
    def takes_form(self) -> bool:
        """It takes a form with a file, and no JSON."""
        return self.media_types == {"multipart/form-data"}

    @property
    def changes(self) -> bool:
        """It changes a record that exists, so it needs If-Match."""
        return any(item["name"] == "If-Match" for item in self.parameters("header"))

    @property
    def is_list(self) -> bool:
        """It is the list of one kind, not a search through several."""
        return self.id.endswith("_list") and any(item["name"] == "cursor" for item in self.parameters())

    def parameters(self, place: str = "query") -> list[dict[str, Any]]:
        return [item for item in self.told.get("parameters", ()) if item["in"] == place]

    @property
    def body_schema(self) -> dict[str, Any]:
        """The schema of the body, with its own name resolved."""
        return resolved(self.told["requestBody"]["content"]["application/json"]["schema"])

    def examples(self) -> list[tuple[str, Any]]:
        shown = self.told["requestBody"]["content"]["application/json"].get("examples", {})
        return [(name, example["value"]) for name, example in shown.items()]

    def address(self, key: Any = "") -> str:
        return re.sub(r"\{\w+\}", str(key), self.path)


@cache
def operations() -> tuple[Operation, ...]:
    return tuple(
        Operation(method.upper(), path, told)
        for path, item in document()["paths"].items()
        for method, told in item.items()
    )


def operation(wanted: str) -> Operation:
    return next(item for item in operations() if item.id == wanted)


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        found: Any = document()
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        schema = found
    return schema


def ask(client: Any, item: Operation, key: Any = "", body: Any = None, *, query: str = "", **headers: str) -> Any:
    """Send one request; a body that is no bytes is sent as JSON, a parameter or file that is needed is there."""
    needed = [told for told in item.parameters() if told.get("required") and told["name"] not in parse_qs(query)]
    fitting = [f"{told['name']}={key if told['schema'].get('format') == 'uuid' else 'an'}" for told in needed]
    query = "&".join([*([query] if query else []), *fitting])
    more: dict[str, Any] = {"headers": headers}
    if item.method in {"POST", "PATCH"}:
        more["data"] = body if isinstance(body, bytes) else json.dumps({} if body is None else body)
        more["content_type"] = headers.pop("Content-Type", "application/json")
        if item.takes_form and body is None:
            more |= {"data": A_FORM, "content_type": "multipart/form-data; boundary=form"}
    return client.generic(item.method, item.address(key) + (f"?{query}" if query else ""), **more)


def faults(item: Operation, answer: Any) -> list[str]:
    """Return in what an answer differs from what the document promises of it."""
    status, found = str(answer.status_code), []
    if answer.status_code >= 500:
        found.append(f"{status}: {answer.content[:200]!r}")
    if "X-Request-ID" not in answer:
        found.append("no X-Request-ID")
    if status not in item.told["responses"]:
        return [*found, f"{status} is not documented: {answer.content[:200]!r}"]
    promised = resolved(item.told["responses"][status])
    found += [f"{status} without {name}" for name in promised.get("headers", ()) if name not in answer]
    if "content" not in promised:
        return found if not answer.content else [*found, f"{status} with a body"]
    media_type = answer.get("Content-Type", "").partition(";")[0]
    if media_type not in promised["content"]:
        return [*found, f"{status} as {media_type}"]
    if not media_type.endswith("json"):
        return found
    body = json.loads(answer.content)
    wrong = _validator(promised["content"][media_type]["schema"]["$ref"]).iter_errors(body)
    found += [f"{status} {error.json_path}: {error.message[:200]}" for error in wrong]
    return [*found, *(_unlike_its_status(answer, body) if answer.status_code >= 400 else ())]


def _unlike_its_status(answer: Any, body: dict[str, Any]) -> Iterator[str]:
    if body["status"] != answer.status_code:
        yield f"{answer.status_code} calls itself {body['status']}"
    if body["request_id"] != answer["X-Request-ID"]:
        yield "the problem names another request"
    if body["type"] == "/problems/rule-violated" and not body["rule"]:
        yield "no rule explains the refusal"


@cache
def _validator(reference: str) -> Any:
    return validator_in(_registry(), reference)


@cache
def _registry() -> Any:
    return registry_of(document())


def registry_of(whole: dict[str, Any]) -> Any:
    """Return the shapes of a document, none of which allows a member that it does not name."""
    strict = copy.deepcopy(whole)
    _close(strict["components"]["schemas"])
    return Registry().with_resource(_DOCUMENT, Resource.from_contents(strict, default_specification=DRAFT202012))


def validator_in(registry: Any, reference: str) -> Any:
    checker = FormatChecker(["date", "date-time", "uuid"])
    return Draft202012Validator({"$ref": _DOCUMENT + reference}, registry=registry, format_checker=checker)


def _close(node: Any) -> None:
    """Allow no member that the document does not name."""
    if isinstance(node, dict):
        if "properties" in node and node.get("type") == "object":
            node.setdefault("additionalProperties", False)
        node = list(node.values())
    if isinstance(node, list):
        for below in node:
            _close(below)
