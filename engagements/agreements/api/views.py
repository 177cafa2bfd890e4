"""/agreements: pages, the status on a day, the chain of related agreements."""

from typing import Any, ClassVar

import orjson
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from engagements.agreements import services
from engagements.agreements.api import documents, examples, filters
from engagements.agreements.api import serializers as shapes
from engagements.agreements.api.chains import ChainSerializer, chain_answer
from engagements.agreements.api.status import StatusOnDaySerializer, status_answer
from engagements.agreements.models import Agreement
from sgoffice.api import preconditions
from sgoffice.api.as_known_at import AS_KNOWN_AT, instant_known
from sgoffice.api.filters import check_parameters
from sgoffice.api.merges import MergingViewSet
from sgoffice.api.pagination import invalid
from sgoffice.api.serializers import EntrySerializer
from sgoffice.api.viewsets import RecordViewSet
from sgoffice.changes.steps import Step
from sgoffice.records.partial_dates import PartialDate


class AgreementViewSet(MergingViewSet):
    """Cooperation agreements: what was agreed with whom, by which acts, and whether it is in force."""

    model = Agreement
    serializer_class = documents.AgreementSerializer
    filterset_class = filters.AgreementFilterSet
    included_in: ClassVar = {kind: kind for kind in ("organization", "topic")}
    examples = examples.AGREEMENTS
    sorts: ClassVar = {
        "-signed": ("-sort_day", "-pk"),
        "signed": ("sort_day", "pk"),
        "title": ("sort", "pk"),
        "newest": ("-pk",),
        "oldest": ("pk",),
    }
    default_sort = "-signed"
    entry_serializer = correction_serializer = shapes.AgreementEntrySerializer
    enter = staticmethod(services.open_agreement)
    correct = staticmethod(services.correct_agreement)
    steps = services.STEPS
    tagged = RecordViewSet.tagged | {"status", "chain"}
    led = RecordViewSet.led | {"status", "chain"}
    remembered = RecordViewSet.remembered | {"status"}

    @classmethod
    def step_serializer(cls, step: Step) -> type[EntrySerializer]:
        """Return the serializer of a step's body: parties are named by their keys."""
        return shapes.step_serializer(step.entry)

    @extend_schema(
        summary="Get the status of an agreement on a day",
        responses=StatusOnDaySerializer,
        filters=False,
        parameters=[OpenApiParameter("on", str, description="The day (2019-06-30); today by default.")],
    )
    @action(detail=True, methods=["get"])
    def status(self, request: Request, pk: str) -> HttpResponse:
        """Return the status of the agreement on a day, its basis, the sentence why, and the acts that prove it.

        `deadlines` says what to do next. With `as_known_at` the answer is what the office knew at that instant.
        """
        body, survivor = self.document(request, pk, {"on"})
        if survivor is not None:
            return self.moved(request, survivor)
        at = instant_known(request) if AS_KNOWN_AT in request.query_params else None
        answer = status_answer(orjson.loads(body), _day(request), at)
        return preconditions.tagged_answer(request, orjson.dumps(answer))

    @extend_schema(
        summary="List the agreements related to an agreement",
        responses=ChainSerializer,
        filters=False,
        parameters=[OpenApiParameter("on", str, description="The day of the statuses; today by default.")],
    )
    @action(detail=True, methods=["get"])
    def chain(self, request: Request, pk: str) -> HttpResponse:
        """Return all agreements that are related to this one, directly or through others, in order.

        Each with its status, its relations with the articles concerned, and the successors of its parties.
        """
        record_id, survivor = self.find(pk)
        if survivor is not None:
            return self.moved(request, survivor)
        check_parameters(request.query_params, {"on"})
        answer = chain_answer(record_id, _day(request), by=self.actor)
        return preconditions.tagged_answer(request, orjson.dumps(answer))


def _day(request: Request) -> Any:
    given = request.query_params.get("on")
    if given is None:
        return timezone.localdate()
    try:
        parsed = PartialDate.parse(given)
    except ValueError as error:
        raise invalid("on", str(error)) from None
    if not parsed.is_exact:
        raise invalid("on", "Write a day such as 2016-11-21.")
    return parsed.earliest
