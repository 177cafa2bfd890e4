"""RecordViewSet: the one base class of every endpoint of records."""

from collections.abc import Callable, Collection, Iterable, Mapping
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

import orjson
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from sgoffice import documents
from sgoffice.api import idempotency, preconditions
from sgoffice.api.as_known_at import AS_KNOWN_AT, document_known, instant_known
from sgoffice.api.entry_kinds import EntryKind, register_kind
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.exports import RecordListing
from sgoffice.api.filters import check_parameters
from sgoffice.api.history import HistoryPageSerializer, LinksSerializer, history_answer, links_answer
from sgoffice.api.inclusion import with_included, words_asked
from sgoffice.api.parsers import MergePatchParser, StrictJSONParser
from sgoffice.api.reasons import reason_of
from sgoffice.api.redactions import redact
from sgoffice.api.redirections import moved
from sgoffice.api.serializers import EntrySerializer, ReasonSerializer, reader_of
from sgoffice.api.step_routes import action_of, step_route
from sgoffice.changes import corrections
from sgoffice.changes.door import Expected
from sgoffice.changes.steps import Step
from sgoffice.records.actors import Actor
from sgoffice.records.entries import to_json
from sgoffice.records.errors import UnknownRecord
from sgoffice.records.identifiers import uuid_in
from sgoffice.records.models import Record


class RecordViewSet(RecordListing, viewsets.GenericViewSet):
    """Lists, pages, history and links of one kind of record, and the manners of every write.

    A subclass names `model`, `filterset_class`, `sorts` (each value of `sort` with an ordering over columns that are
    never null, the last one unique) and, for writing, `entry_serializer`, `correction_serializer`, and the
    services `enter` and `correct` (as staticmethod).
    """

    model: ClassVar[type[Record]]
    filterset_class: ClassVar[type[Any]]
    sorts: ClassVar[dict[str, tuple[str, ...]]] = {"oldest": ("pk",), "newest": ("-pk",)}
    default_sort: ClassVar[str] = "newest"
    entry_serializer: ClassVar[type[EntrySerializer]]
    correction_serializer: ClassVar[type[EntrySerializer]]
    #: Bodies that the API document shows, by action; a second one of an action as "create: in words".
    examples: ClassVar[Mapping[str, Any]] = {}
    #: What an address takes in place of `{id}`; nothing stands for the id, and the reference of a marked record.
    key_description: ClassVar[str] = ""
    #: The reads whose answer has an ETag, those that lead from a merged record to its survivor, and those that also
    #: tell what was known at an instant.
    tagged: ClassVar[frozenset[str]] = frozenset({"retrieve", "links"})
    led: ClassVar[frozenset[str]] = frozenset({"retrieve"})
    remembered: ClassVar[frozenset[str]] = frozenset({"retrieve"})
    http_method_names = ["get", "head", "post", "patch"]
    lookup_value_regex = "[0-9a-zA-Z_.-]{1,64}"

    def get_parsers(self) -> list[Any]:
        """Return who reads bodies: JSON, and for PATCH merge patches under their own name."""
        is_patch = getattr(self.request, "method", "") == "PATCH"
        return [StrictJSONParser(), MergePatchParser()] if is_patch else [StrictJSONParser()]

    def get_queryset(self) -> Any:
        """Return what the actor may see, records in error and merged ones included."""
        return self.rows_for(self.actor)

    def rows_for(self, actor: Actor) -> Any:
        """Return what an actor may see."""
        rows: Any = self.model._default_manager.all()
        return rows.visible_to(actor)

    def foreseen(self, request: Request) -> documents.Question | None:
        """Return what a record or a page of the list asks, if that can be told from the address."""
        if self.action == "retrieve" and not request.META.get("QUERY_STRING") and (known := uuid_in(self.kwargs["pk"])):
            return documents.question_for_document(self.model, known)
        return super().foreseen(request)

    def find(self, key: str) -> tuple[UUID, UUID | None]:
        """Return id and survivor of the record that the address names; raises UnknownRecord."""
        known = uuid_in(key)
        lookup = {"pk": known} if known else self.other_lookup(key)
        found = self.get_queryset().filter(**lookup).values_list("pk", "merged_into_id").first() if lookup else None
        if found is None:
            raise UnknownRecord(self.model.record_kind, key)
        return found

    def other_lookup(self, key: str) -> dict[str, Any]:
        """Return how a key that is no id is looked up; a subclass may know a reference or a code."""
        return {"reference": key} if self.model.is_marked else {}

    def retrieve(self, request: Request, pk: str) -> HttpResponse:
        """Return a record. A merged record redirects (308) to the record it was merged into."""
        if AS_KNOWN_AT in request.query_params:
            body, survivor = self.document(request, pk)
            return self.moved(request, survivor) if survivor else preconditions.tagged_answer(request, body)
        found = self.found(pk)
        words = words_asked(request.query_params, self.model.record_kind)
        if found.merged_into is not None:
            return self.moved(request, found.merged_into)
        if found.stored is None:
            raise UnknownRecord(self.model.record_kind, pk)
        if words:
            body = with_included(request, found.stored.body, self.model, found.record_id, words)
            return preconditions.tagged_answer(request, body)
        return preconditions.document_answer(request, found.stored)

    def document(self, request: Request, key: str, parameters: Collection[str] = ()) -> tuple[bytes, UUID | None]:
        """Return a record's document, and the record that took its place; both of then with `as_known_at`.

        `parameters` are those that the request may have besides. Raises UnknownRecord, ValidationError (400).
        """
        record_id, survivor = self.find(key)
        check_parameters(request.query_params, {AS_KNOWN_AT, *parameters})
        if AS_KNOWN_AT in request.query_params:
            body = document_known(self.actor, self.model, record_id, instant_known(request))
            known = orjson.loads(body)["merged_into"]
            return body, UUID(known) if known else None
        stored = documents.fetch_document(self.model, record_id)
        if stored is None:
            raise UnknownRecord(self.model.record_kind, key)
        return stored.body, survivor

    def found(self, key: str) -> documents.FoundDocument:
        """Return the record that the address names, with its document."""
        known = uuid_in(key)
        if known is None:
            record_id, survivor = self.find(key)
            return documents.FoundDocument(record_id, survivor, documents.fetch_document(self.model, record_id))
        found = documents.find_document(self.actor, self.model, known)
        if found is None:
            raise UnknownRecord(self.model.record_kind, key)
        return found

    def moved(self, request: Request, survivor: UUID) -> HttpResponse:
        """Return the redirection to the survivor of a merge."""
        return moved(request, survivor)

    @extend_schema(responses=HistoryPageSerializer, filters=False)
    @action(detail=True, methods=["get"])
    def history(self, request: Request, pk: str) -> HttpResponse:
        """Return every change of the record, newest first: who, when, why, and each field before and after."""
        record_id, _ = self.find(pk)
        return history_answer(request, record_id)

    @extend_schema(responses=LinksSerializer, filters=False)
    @action(detail=True, methods=["get"])
    def links(self, request: Request, pk: str) -> HttpResponse:
        """Return the linked records, in both directions, as far as you may see them."""
        record_id, _ = self.find(pk)
        return links_answer(request, self.actor, record_id)


class SteppedViewSet(RecordViewSet):
    """A kind of record that changes over HTTP by its steps."""

    #: The steps of this kind of record: each gets its route.
    steps: ClassVar[Iterable[Step]] = ()
    #: The actions of which a part may wait for a second person, who is asked by a 202 (docs/access.md).
    may_wait: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for step in cls.__dict__.get("steps", ()):
            setattr(cls, action_of(step), step_route(step, cls.step_serializer(step)))

    @classmethod
    def step_serializer(cls, step: Step) -> type[EntrySerializer]:
        """Return the serializer of a step's body; a subclass may have one that says more than the entry does."""
        made: type[EntrySerializer] = shape_of(step.entry, step.columns)
        return made

    @classmethod
    def step_examples(cls) -> dict[str, Any]:
        """Return the examples of the steps by action."""
        return {action_of(step): step.example for step in cls.steps}

    def change(
        self,
        request: Request,
        key: str,
        shape: type[serializers.Serializer],
        work: Callable[[UUID, Any, Expected], Record],
        *,
        partial: bool = False,
    ) -> HttpResponse:
        """Carry out a change of an existing record: found first (404), then If-Match (428), then the body (400)."""
        record_id, survivor = self.find(key)
        if survivor is not None:
            return self.moved(request, survivor)
        expected = preconditions.expected_version(request)
        serializer = read_body(shape, request, partial=partial)
        return self.write(request, lambda: work(record_id, serializer, expected), status=200)

    def write(self, request: Request, work: Callable[[], Record], *, status: int) -> HttpResponse:
        """Carry out a write once and answer with the document that it left: the record's, or 202 with a proposal's."""
        outcome = idempotency.carry_out(request, self.model, work, status=status)
        answer = HttpResponse(_body_of(outcome), status=outcome.status, content_type="application/json")
        answer["ETag"] = outcome.document.etag
        if outcome.status == HTTPStatus.CREATED:
            answer["Location"] = request.build_absolute_uri(f"{request.path}/{outcome.record_id}")
        if outcome.status == HTTPStatus.ACCEPTED:
            proposal = request.build_absolute_uri(reverse("approval-detail", args=[outcome.record_id]))
            answer["Location"] = answer["Content-Location"] = proposal
        if outcome.is_replay:
            answer["Idempotency-Replayed"] = "true"
        return answer


class WritableViewSet(SteppedViewSet):
    """A kind of record that can be entered and corrected over HTTP."""

    #: The services that enter a record of this kind and that correct one.
    enter: ClassVar[Callable[..., Record]]
    correct: ClassVar[Callable[..., Record]]
    usual_examples: ClassVar[Mapping[str, Any]] = {
        "enter_in_error": {"reason": "It was entered twice."},
        "redact": {"pointers": ["/"], "reason": "The person asked for it."},
        "restore": {"reason": "It was the other one that was entered twice."},
    }

    may_wait = frozenset({"create", "partial_update", "redact"})
    redact: ClassVar[Any] = redact

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "enter" in vars(cls):
            steps = {view.url_path: view.step for view in vars(cls).values() if hasattr(view, "step")}
            correct = getattr(cls, "correct", None)  # a release, for one, is given anew
            register_kind(EntryKind(cls.model, cls.entry_serializer, cls.enter, correct, steps))

    def create(self, request: Request) -> HttpResponse:
        """Create a record and return it."""
        serializer = read_body(self.entry_serializer, request)
        return self.write(request, lambda: type(self).enter(serializer.to_entry(), by=self.actor), status=201)

    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        """Apply a JSON merge patch (RFC 7396): absent members stay as they are, a list of parts is replaced whole."""

        def work(record_id: UUID, serializer: Any, expected: Expected) -> Record:
            return type(self).correct(
                record_id, serializer.to_correction(), by=self.actor, expected=expected, reason=reason_of(request)
            )

        return self.change(request, pk, self.correction_serializer, work, partial=True)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"], url_path="enter-in-error")
    def enter_in_error(self, request: Request, pk: str) -> HttpResponse:
        """Hide the record from lists and counts, with a reason. The record itself and its history stay readable."""
        return self._with_reason(request, pk, corrections.enter_in_error)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str) -> HttpResponse:
        """Show a record that was marked as entered in error in lists and counts again."""
        return self._with_reason(request, pk, corrections.restore)

    def _with_reason(self, request: Request, pk: str, service: Callable[..., Record]) -> HttpResponse:
        def work(record_id: UUID, serializer: Any, expected: Expected) -> Record:
            reason = serializer.validated_data["reason"]
            return service(self.model, record_id, by=self.actor, expected=expected, reason=reason)

        return self.change(request, pk, ReasonSerializer, work)


def read_body(shape: type[Any], request: Request, *, partial: bool = False) -> Any:
    """Return the serializer of a body whose shape is right; raises ValidationError or ParseError (400)."""
    check_parameters(request.query_params, ())
    data = request.data  # read by its parser, which knows its limit
    if not request.body:
        raise ParseError("The body is missing. Send a JSON object, {} if there is nothing to say.")
    # a form may bring a file, which is not kept until the next one comes
    serializer = reader_of(shape, data, partial=partial) if type(data) is dict else shape(data=data, partial=partial)
    serializer.is_valid(raise_exception=True)
    return serializer


def _body_of(outcome: idempotency.Outcome) -> bytes:
    """Return the document that a write left, and how the references and names in the request were understood.

    That is told to the caller alone, and not kept: not every reader of the record may read those that are named.
    """
    body = outcome.document.body
    if not outcome.understood or outcome.status == HTTPStatus.ACCEPTED:
        return body
    shown = orjson.loads(body)
    told = [to_json(one) for one in outcome.understood]
    return orjson.dumps(shown | {"understood": [*shown.get("understood", ()), *told]})
