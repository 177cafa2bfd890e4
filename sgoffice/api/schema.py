"""The OpenAPI document: what drf-spectacular cannot know of our conventions (OpenAPI 3.1)."""

from typing import Any

from drf_spectacular.openapi import AutoSchema as BaseAutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from sgoffice.api.pagination import MAX_LIMIT
from sgoffice.api.problems import MEDIA_TYPE, TYPES


class ProblemErrorSerializer(serializers.Serializer):
    """One value that cannot be accepted."""

    pointer = serializers.CharField(help_text="JSON pointer into the body, or the name of the query parameter.")
    detail = serializers.CharField(help_text="What is wrong and what to do.")


class ProblemSerializer(serializers.Serializer):
    """A problem detail (RFC 9457)."""

    type = serializers.CharField(help_text="The address of the page about this kind of problem.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What happened to this very request.")
    advice = serializers.CharField(help_text="What to do next.")
    request_id = serializers.CharField()
    errors: Any = ProblemErrorSerializer(many=True, required=False)
    rule = serializers.CharField(required=False, help_text="The rule that was violated.")
    basis = serializers.CharField(required=False, help_text="The article or clause behind the rule.")
    version = serializers.IntegerField(required=False, help_text="The version that the record has now.")


_IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The `ETag` of the record as you read it."
)
_IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="The `ETag` that you have: 304 when it still holds."
)
_IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Your name for this request: repeating it does nothing twice.",
)
_LIST = [
    OpenApiParameter("limit", int, description=f"Records on a page, 1 to {MAX_LIMIT}."),
    OpenApiParameter("cursor", str, description="Where the page starts: take it from `next` or `previous`."),
    OpenApiParameter("count", str, enum=["capped"], description="Count what passes the filters, up to 1,000."),
]


class AutoSchema(BaseAutoSchema):
    """Adds our headers, our parameters and every problem that an operation can answer with."""

    view: Any

    def get_override_parameters(self) -> list[Any]:
        """Return the headers and page parameters of our conventions."""
        found = list(super().get_override_parameters())
        if self.is_record_list():
            sorts = OpenApiParameter("sort", str, enum=list(self.view.sorts), description="The order of the list.")
            found += [*_LIST, sorts]
        if self.is_change():
            found.append(_IF_MATCH)
        if self.method == "POST":
            found.append(_IDEMPOTENCY_KEY)
        if self.method == "GET" and self.view_action() in {"retrieve", "links"}:
            found.append(_IF_NONE_MATCH)
        return found

    def get_operation_id(self) -> str:
        """Return the noun and what is done, as in engagements_list; a transition's address says it already."""
        if not hasattr(self.view, "sorts"):
            return super().get_operation_id()
        words = [word.replace("-", "_") for word in self._tokenize_path()]
        done = {"partial_update": "update"}.get(self.view_action(), self.view_action())
        return "_".join(words + ([done] if done in {"list", "create", "retrieve", "update"} else []))

    def view_action(self) -> str:
        """Return the view's action, or nothing for a plain view."""
        return getattr(self.view, "action", None) or ""

    def is_record_list(self) -> bool:
        """Tell whether this is a page of records."""
        return self.view_action() == "list" and hasattr(self.view, "sorts")

    def is_change(self) -> bool:
        """Tell whether this changes an existing record."""
        return hasattr(self.view, "sorts") and self.method in {"POST", "PATCH"} and "{" in self.path

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False

    def get_response_serializers(self) -> Any:
        """Return the document of the kind, in a page for lists."""
        if self.is_record_list():
            return page_of(self.view.get_serializer_class())
        if hasattr(self.view, "sorts") and self.view_action() == "create":
            return {201: self.view.get_serializer_class()}
        return super().get_response_serializers()

    def get_request_serializer(self) -> Any:
        """Return the entry that a write takes."""
        if self.view_action() == "create" and hasattr(self.view, "entry_serializer"):
            return self.view.entry_serializer
        if self.view_action() == "partial_update":
            return self.view.correction_serializer(partial=True)
        return super().get_request_serializer()

    def get_filter_backends(self) -> list[Any]:
        """Return nothing: `_filters` describes a list's own filter set."""
        return []

    def _get_filter_parameters(self) -> list[Any]:
        if not self.is_record_list():
            return []
        return [_described(name, item) for name, item in self.view.filterset_class.get_filters().items()]

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        for status in sorted(self._problems()):
            slugs = [kind for kind in TYPES.values() if kind.status == status]
            title = "; ".join(kind.title for kind in slugs)
            answer = OpenApiResponse(ProblemSerializer, description=title)
            known: Any = self
            code = str(status)
            described = known._get_response_for_code(answer, code, media_types=[MEDIA_TYPE], direction=direction)
            bodies.setdefault(code, described)
        return bodies

    def _problems(self) -> set[int]:
        found = {400, 401, 403, 406, 429, 500, 503}
        if "{" in self.path:
            found.add(404)
        if self.method in {"POST", "PATCH", "DELETE"}:
            found |= {409, 413, 415, 422}
        if self.is_change():
            found |= {412, 428}
        return found


def _described(name: str, item: Any) -> dict[str, Any]:
    choices = [key for key, _ in item.extra.get("choices", ())]
    schema: dict[str, Any] = {"type": "string"}
    if choices:
        schema = {"type": "array", "items": {"type": "string", "enum": choices}}
    return {"name": name, "in": "query", "schema": schema, "description": str(item.label or "")} | (
        {"explode": True, "style": "form"} if choices else {}
    )


_pages: dict[str, type[serializers.Serializer]] = {}


def page_of(shape: Any) -> type[serializers.Serializer]:
    """Return the shape of a page of such documents."""
    name = shape.__name__.removesuffix("Serializer") + "PageSerializer"
    if name not in _pages:
        members = {
            "results": shape(many=True),
            "next": serializers.CharField(allow_null=True, help_text="The address of the next page."),
            "previous": serializers.CharField(allow_null=True, help_text="The address of the page before."),
            "count": serializers.IntegerField(required=False, help_text="With `count=capped`: how many, up to 1,000."),
            "is_capped": serializers.BooleanField(required=False, help_text="There are more than `count`."),
            "__doc__": "A page of records.",
        }
        _pages[name] = type(name, (serializers.Serializer,), members)
    return _pages[name]


def postprocess(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:  # noqa: FBT001
    """Make the document strict 3.1: every member of an answer is there, every operation has a summary."""
    _drop_nullable(result)
    schemas = result.get("components", {}).get("schemas", {})
    for name, schema in schemas.items():
        is_answer = not name.endswith("Request") and not name.startswith("Problem") and not name.endswith("Page")
        if is_answer and schema.get("type") == "object" and "properties" in schema:
            schema["required"] = sorted(schema["properties"])
    for operations in result["paths"].values():
        for operation in operations.values():
            if isinstance(operation, dict) and "operationId" in operation:
                _complete(operation)
    return result


def _complete(operation: dict[str, Any]) -> None:
    description = operation.get("description", "")
    default = operation["operationId"].replace("_", " ").capitalize()
    operation.setdefault("summary", (description.split(".")[0] or default).strip()[:120])
    for status, answer in operation["responses"].items():
        if not answer.get("description"):
            answer["description"] = {"200": "Done", "201": "Entered", "204": "Done"}.get(status, "Answer")
        if status in {"200", "201"} and "If-Match" in str(operation.get("parameters")):
            tag = {"schema": {"type": "string"}, "description": "Send it back in If-Match."}
            answer.setdefault("headers", {})["ETag"] = tag


def _drop_nullable(node: Any) -> None:
    if isinstance(node, dict):
        if node.pop("nullable", False) and isinstance(node.get("type"), str):
            node["type"] = [node["type"], "null"]
        for below in node.values():
            _drop_nullable(below)
    elif isinstance(node, list):
        for below in node:
            _drop_nullable(below)
