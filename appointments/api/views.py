"""/bodies /posts /term-rules /sessions /decisions /mandates /appointments."""

from datetime import date
from typing import Any, ClassVar

import orjson
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from appointments import services
from appointments.api import documents, examples, filters
from appointments.api.holders import HolderSerializer, SuccessionSerializer, holder_answer, succession_answer
from appointments.api.implementation import (
    DecisionReportSerializer,
    SessionReportSerializer,
    decision_reports,
    session_report,
)
from appointments.models import Appointment, Body, Decision, Mandate, Post, Session, TermRule
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.fields import Day
from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.api.preconditions import tagged_answer
from sgoffice.api.serializers import EntrySerializer
from sgoffice.api.viewsets import WritableViewSet
from sgoffice.changes.steps import Step
from sgoffice.records.errors import UnknownRecord
from sgoffice.records.models import Record

ON = OpenApiParameter("on", OpenApiTypes.DATE, description="Day for `is_overdue`; today by default.")
_BY_ID = {"newest": ("-pk",), "oldest": ("pk",)}


class BodyViewSet(WritableViewSet):
    """Bodies that take decisions: ours, the United Nations', partners' councils."""

    model = Body
    serializer_class = documents.BodySerializer
    filterset_class = filters.BodyFilterSet
    examples = examples.BODIES
    key_description = "Its short name or its id."
    sorts = {"name": ("sort", "pk"), **_BY_ID}
    default_sort = "name"
    entry_serializer = correction_serializer = shape_of(services.BodyEntry, Body)
    enter = staticmethod(services.set_up_body)
    correct = staticmethod(services.correct_body)

    def other_lookup(self, key: str) -> dict[str, Any]:
        return {"slug": key}


class PostViewSet(WritableViewSet):
    """Posts, their holders on a day, and their holders in succession."""

    model = Post
    serializer_class = documents.PostSerializer
    filterset_class = filters.PostFilterSet
    examples = examples.POSTS
    key_description = "Its short name or its id."
    entry_serializer = correction_serializer = shape_of(services.PostEntry, Post)
    enter = staticmethod(services.set_up_post)
    correct = staticmethod(services.correct_post)

    def other_lookup(self, key: str) -> dict[str, Any]:
        return {"slug": key}

    @extend_schema(summary="Get the holder of a post on a day", responses=HolderSerializer, filters=False)
    @action(detail=True, methods=["get"])
    def holder(self, request: Request, pk: str) -> Response:
        """Return the holder of the post on a day (`on`, today by default).

        Near an imprecise handover all possible holders are listed and `is_certain` is false. On an exact handover day
        the incoming holder holds the post and `outgoing` lists the one who leaves.
        """
        return Response(holder_answer(self._post(pk), _day(request), self.actor))

    @extend_schema(summary="List the holders of a post in order", responses=SuccessionSerializer, filters=False)
    @action(detail=True, methods=["get"])
    def succession(self, request: Request, pk: str) -> Response:
        """Return the holders of the post in succession, and the periods without a known holder."""
        return Response(succession_answer(self._post(pk), _day(request), self.actor))

    def _post(self, key: str) -> Post:
        record_id, survivor = self.find(key)
        post = Post.objects.filter(pk=survivor or record_id).first()
        if post is None:
            raise UnknownRecord(Post.record_kind, key)
        return post


class TermRuleViewSet(WritableViewSet):
    """Rules of the Constitution for posts, by period."""

    model = TermRule
    serializer_class = documents.TermRuleSerializer
    filterset_class = filters.TermRuleFilterSet
    examples = examples.TERM_RULES
    entry_serializer = correction_serializer = shape_of(services.TermRuleEntry, TermRule)
    enter = staticmethod(services.set_up_term_rule)
    correct = staticmethod(services.correct_term_rule)


class SessionViewSet(WritableViewSet):
    """Sessions of bodies: planned, held, not held."""

    model = Session
    serializer_class = documents.SessionSerializer
    filterset_class = filters.SessionFilterSet
    included_in: ClassVar = {"body": "body"}
    examples = examples.SESSIONS
    entry_serializer = correction_serializer = shape_of(services.SessionEntry, Session)
    enter = staticmethod(services.convene_session)
    correct = staticmethod(services.correct_session)
    tagged = WritableViewSet.tagged | {"implementation"}
    led = WritableViewSet.led | {"implementation"}

    @extend_schema(
        summary="Get the implementation of the decisions of a session",
        responses=SessionReportSerializer,
        filters=False,
        parameters=[ON],
    )
    @action(detail=True, methods=["get"])
    def implementation(self, request: Request, pk: str) -> HttpResponse:
        """Return the implementation of each decision of the session: mandates, units, due dates, evidence."""
        record_id, survivor = self.find(pk)
        if survivor is not None:
            return self.moved(request, survivor)
        return tagged_answer(request, orjson.dumps(session_report(record_id, _day(request), by=self.actor)))

    steps = services.SESSION_STEPS


class DecisionViewSet(WritableViewSet):
    """Decisions of governing bodies."""

    model = Decision
    serializer_class = documents.DecisionSerializer
    filterset_class = filters.DecisionFilterSet
    included_in: ClassVar = {"session": "session"}
    examples = examples.DECISIONS
    entry_serializer = correction_serializer = shape_of(services.DecisionEntry, Decision)
    enter = staticmethod(services.record_decision)
    correct = staticmethod(services.correct_decision)
    tagged = WritableViewSet.tagged | {"implementation"}
    led = WritableViewSet.led | {"implementation"}

    @extend_schema(
        summary="Get the implementation of a decision",
        responses=DecisionReportSerializer,
        filters=False,
        parameters=[ON],
    )
    @action(detail=True, methods=["get"])
    def implementation(self, request: Request, pk: str) -> HttpResponse:
        """Return the implementation of the decision, derived from its mandates."""
        record_id, survivor = self.find(pk)
        if survivor is not None:
            return self.moved(request, survivor)
        [report] = decision_reports(Decision.objects.filter(pk=record_id), _day(request), by=self.actor)
        return tagged_answer(request, orjson.dumps(report))


class MandateViewSet(WritableViewSet):
    """What decisions ask of the Secretariat, and its implementation."""

    model = Mandate
    serializer_class = documents.MandateSerializer
    filterset_class = filters.MandateFilterSet
    included_in: ClassVar = {"decision": "decision"}
    examples = examples.MANDATES
    entry_serializer = correction_serializer = shape_of(services.MandateEntry, Mandate)
    enter = staticmethod(services.add_mandate)
    correct = staticmethod(services.correct_mandate)

    steps = services.MANDATE_STEPS


class AppointmentViewSet(WritableViewSet):
    """Appointments to posts. `POST` records a proposal; with `start` an approver is asked to give the term (202)."""

    model = Appointment
    serializer_class = documents.AppointmentSerializer
    filterset_class = filters.AppointmentFilterSet
    included_in: ClassVar = {kind: kind for kind in ("post", "person")}
    examples = examples.APPOINTMENTS
    entry_serializer = correction_serializer = shape_of(services.AppointmentEntry, Appointment)
    correct = staticmethod(services.correct_appointment)

    steps = services.STEPS
    may_wait = WritableViewSet.may_wait | {"take_appoint", "take_extend", "enter_in_error", "restore"}

    @staticmethod
    def enter(entry: services.AppointmentEntry, *, by: Any) -> Record:
        """Record an appointment, or a proposal while there is no start."""
        return (
            services.propose_appointment(entry, by=by)
            if entry.start is None
            else services.record_appointment(entry, by=by)
        )

    @classmethod
    def step_serializer(cls, step: Step) -> type[EntrySerializer]:
        """Return the serializer of a step's body; an extension's day of appointment is any text of a date."""
        made: type[EntrySerializer] = shape_of(services.ExtensionEntry)
        return made if step.entry is services.ExtensionEntry else super().step_serializer(step)


def _day(request: Request) -> date:
    """Return the day given by `on`, today by default."""
    check_parameters(request.query_params, {"on"})
    given = request.query_params.get("on")
    if given is None:
        return timezone.now().date()
    try:
        return Day().to_internal_value(given)
    except ValidationError:
        raise invalid("on", "Write a day such as 2016-11-21.") from None
