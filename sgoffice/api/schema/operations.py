"""AutoSchema: what one operation takes and answers."""

from typing import Any

from drf_spectacular.openapi import AutoSchema as BaseAutoSchema

from sgoffice.api.inclusion import INCLUDED, Inclusion, inclusions_of
from sgoffice.api.problems import TYPES
from sgoffice.api.schema import parameters
from sgoffice.api.schema.components import ProblemSerializer, page_of
from sgoffice.documents import recipes

#: The actions that every kind of record has; the nouns are the model's `verbose_name` and `verbose_name_plural`.
_SUMMARIES = {
    "list": "List {nouns}",
    "create": "Create {a_noun}",
    "retrieve": "Get {a_noun}",
    "partial_update": "Update {a_noun}",
    "enter_in_error": "Mark {a_noun} as entered in error",
    "restore": "Restore {a_noun}",
    "redact": "Propose to erase texts of {a_noun}",
    "merge_preview": "Preview a merge of two {nouns}",
    "keep_apart": "Keep another {noun} apart from this one",
    "merge": "Merge another {noun} into this one",
    "unmerge": "Undo a merge of two {nouns}",
    "history": "Get the history of {a_noun}",
    "links": "List the links of {a_noun}",
}
_CREATED, _ACCEPTED = "201", "202"


class AutoSchema(BaseAutoSchema):
    """Adds our headers, our parameters, examples, and every problem that an operation can answer with."""

    view: Any

    def get_summary(self) -> str | None:
        template = _SUMMARIES.get(self.view_action()) if self.is_of_records() else None
        if template is None:
            return super().get_summary()
        options = self.view.model._meta
        noun = str(options.verbose_name)
        article = "an" if noun[0] in "aeiou" else "a"
        return template.format(noun=noun, a_noun=f"{article} {noun}", nouns=options.verbose_name_plural)

    def get_override_parameters(self) -> list[Any]:
        """Return the headers and page parameters of our conventions."""
        found = list(super().get_override_parameters())
        if self.is_record_list():
            found += parameters.of_page(self.view.sorts, self.view.default_sort)
            found += [*parameters.OF_PACKAGES, parameters.NARROWED] if self.is_exported() else []
        if self.is_change():
            found.append(parameters.IF_MATCH)
        if self.method == "POST" and self.is_of_records():
            found.append(parameters.IDEMPOTENCY_KEY)
        if self.view_action() == "partial_update":
            found.append(parameters.REASON)
        if self.is_of_records() and self.view_action() in self.view.remembered:
            found.append(parameters.AS_KNOWN_AT)
        if self.inclusions():
            found.append(parameters.of_inclusions(self.inclusions()))
        if self.has_etag():
            found.append(parameters.IF_NONE_MATCH)
        return found

    def inclusions(self) -> dict[str, Inclusion]:
        """Return the lists that may stand in the record that is read."""
        if not self.is_of_records() or self.view_action() != "retrieve" or not hasattr(self.view, "included_in"):
            return {}
        return inclusions_of(self.view.model.record_kind)

    def get_operation_id(self) -> str:
        """Return the noun and what is done, as in engagements_list; a transition's address says it already."""
        if not self.is_of_records():
            return super().get_operation_id()
        words = [word.replace("-", "_") for word in self._tokenize_path()]
        done = {"partial_update": "update"}.get(self.view_action(), self.view_action())
        return "_".join(words + ([done] if done in {"list", "create", "retrieve", "update"} else []))

    def view_action(self) -> str:
        """Return the view's action, or nothing for a plain view."""
        return getattr(self.view, "action", None) or ""

    def is_of_records(self) -> bool:
        """Tell whether this is about records of a kind."""
        return hasattr(self.view, "sorts")

    def is_record_list(self) -> bool:
        """Tell whether this is a page of records."""
        return self.is_of_records() and self.view_action() == "list"

    def is_exported(self) -> bool:
        """Tell whether this is a list that can be had as a file."""
        return self.is_record_list() and hasattr(self.view, "is_list")

    def is_change(self) -> bool:
        """Tell whether this changes an existing record."""
        return self.is_of_records() and self.method in {"POST", "PATCH"} and "{" in self.path

    def has_etag(self) -> bool:
        """Tell whether a reader who has the answer already is told so."""
        if getattr(self.view, "has_etag", False):
            return True
        return self.method == "GET" and self.is_of_records() and self.view_action() in self.view.tagged

    def is_redirected(self) -> bool:
        """Tell whether the address of a merged record leads to its survivor."""
        if getattr(self.view, "is_redirected", False):
            return True
        return self.is_change() or (self.is_of_records() and self.view_action() in self.view.led)

    def may_wait(self) -> bool:
        """Tell whether a part of this may wait for a second person."""
        if not self.is_of_records() or self.view_action() not in getattr(self.view, "may_wait", ()):
            return False
        return self.view.model.is_marked or self.view_action() not in {"create", "partial_update"}

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False

    def get_response_serializers(self) -> Any:
        """Return the document of the kind, in a page for lists."""
        if self.is_record_list():
            page = page_of(self.view.get_serializer_class())
            if not self.is_exported():
                return page
            return parameters.as_packages(page)
        if not self.may_wait():
            if self.is_of_records() and self.view_action() == "create":
                return {201: self.view.get_serializer_class()}
            return super().get_response_serializers()
        status = 201 if self.view_action() == "create" else 200
        return {status: self.view.get_serializer_class(), 202: recipes()["approval"].shape}

    def get_request_serializer(self) -> Any:
        """Return the entry that a write takes."""
        if self.view_action() == "create" and hasattr(self.view, "entry_serializer"):
            return self.view.entry_serializer
        if self.view_action() == "partial_update":
            return self.view.correction_serializer(partial=True)
        return super().get_request_serializer()

    def get_filter_backends(self) -> list[Any]:
        """Return nothing: `_get_filter_parameters` describes a list's own filter set."""
        return []

    def _get_filter_parameters(self) -> list[Any]:
        if not self.is_record_list():
            return []
        return [parameters.of_filter(name, item) for name, item in self.view.filterset_class.get_filters().items()]

    def _resolve_path_parameters(self, variables: Any) -> Any:
        known: Any = super()
        found = known._resolve_path_parameters(variables)
        usual = (
            "Its id or its reference." if getattr(self.view, "model", None) and self.view.model.is_marked else "Its id."
        )
        for parameter in found if self.is_of_records() else ():
            parameter["schema"] = {"type": "string", "maxLength": 64}
            parameter["description"] = self.view.key_description or usual
        return found

    def _get_request_body(self, direction: Any = "request") -> Any:
        known: Any = super()
        body = known._get_request_body(direction)
        examples = self._examples()
        for name, media_type in body["content"].items() if body and examples else ():
            if name.endswith("json"):
                media_type["examples"] = examples
        return body

    def _examples(self) -> dict[str, Any]:
        done = self.view_action() or str(self.method).lower()
        found = {}
        steps = self.view.step_examples() if hasattr(self.view, "step_examples") else {}
        known = {**getattr(self.view, "usual_examples", {}), **steps, **getattr(self.view, "examples", {})}
        for name, value in known.items():
            action, _, words = name.partition(": ")
            if action == done:
                found[words.replace(" ", "_") or action.removeprefix("take_")] = {"value": value} | (
                    {"summary": words} if words else {}
                )
        return found

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        self.resolve_serializer(ProblemSerializer, direction)
        if self.inclusions():
            self._add_included()
        for status, answer in bodies.items():
            answer["headers"] = answer.get("headers", {}) | self._headers(status)
        if self.has_etag():
            bodies["304"] = {
                "description": "Not modified: you already have this version.",
                "headers": self._headers("304"),
            }
        if self.is_redirected():
            headers = {"Location": {"$ref": "#/components/headers/Location"}} | self._headers("308")
            bodies["308"] = {"description": "It was merged into the record at `Location`.", "headers": headers}
        for code in sorted(self._problems()):
            bodies.setdefault(str(code), {"$ref": f"#/components/responses/{self._name_of_problems()}{code}"})
        return bodies

    def _add_included(self) -> None:
        """Say which lists the document holds where they are asked for."""
        listed = {}
        for word, inclusion in self.inclusions().items():
            item = self.resolve_serializer(inclusion.viewset.serializer_class, "response").ref
            rest = {"type": ["string", "null"], "description": "The address of the rest."}
            members = {"results": {"type": "array", "items": item}, "next": rest}
            listed[word] = {"type": "object", "properties": members, "required": list(members)}
        document = self.resolve_serializer(self.view.get_serializer_class(), "response")
        document.schema["properties"][INCLUDED] = {
            "type": "object",
            "properties": listed,
            "description": "The lists that `include` names; absent without it.",
        }

    def _name_of_problems(self) -> str:
        """Return how the shared responses of errors are called: those of OAuth have a shape of their own."""
        own = getattr(self.view, "errors", None)
        return self.resolve_serializer(own, "response").name if own else "Problem"

    def _headers(self, status: str) -> dict[str, Any]:
        names = ["X-Request-ID"]
        if status != "308" and (self.has_etag() or (self.is_of_records() and self.method != "GET")):
            names.append("ETag")
        if status in {_CREATED, _ACCEPTED} and self.is_of_records():
            names.append("Location")
        if status == _ACCEPTED:
            names.append("Content-Location")
        names += getattr(self.view, "own_headers", ())
        return {name: {"$ref": f"#/components/headers/{name}"} for name in names}

    def _problems(self) -> set[int]:
        found = {400, 401, 403, 406, 429, 500, 503}
        if "{" in self.path:
            found.add(404)
        if self.method in {"POST", "PATCH"}:
            found |= {409, 413, 415}
        if self.method == "POST" and self.is_of_records():
            found.add(422)
        if self.is_change():
            found |= {412, 428}
        if getattr(self.view, "takes_cursor", False):
            found.add(410)
        if getattr(self.view, "may_be_refused", False):
            found.add(409)
        return found & {kind.status for kind in TYPES.values()}
