"""/engagements: the diary and the log."""

from typing import ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from engagements import services
from engagements.api import documents, examples, filters
from engagements.api import serializers as shapes
from engagements.api.open_items import OpenItemsSerializer, open_items_answer
from engagements.models import Engagement
from engagements.querysets import NEWEST, OLDEST
from sgoffice.api.merges import MergingViewSet
from sgoffice.api.serializers import EntrySerializer
from sgoffice.changes.door import Expected
from sgoffice.changes.steps import Step
from sgoffice.records.actors import Actor
from sgoffice.records.entries import Correction


class EngagementViewSet(MergingViewSet):
    """Engagements of the office: requested, planned, held or not, with whom, and their outcome."""

    model = Engagement
    serializer_class = documents.EngagementSerializer
    filterset_class = filters.EngagementFilterSet
    included_in: ClassVar = {
        "engagement": "part_of",
        "agreement": "agreement",
        "person": "participant",
        "organization": "organization",
        "session": "occasion",
        "topic": "topic",
    }
    examples = examples.ENGAGEMENTS
    sorts: ClassVar = {
        "newest": NEWEST,
        "oldest": OLDEST,
    }
    #: True for the open items only.
    has_etag: ClassVar[bool] = False
    is_redirected: ClassVar[bool] = False
    entry_serializer = shapes.EngagementEntrySerializer
    correction_serializer = shapes.EngagementCorrectionSerializer

    @staticmethod
    def enter(entry: services.EngagementEntry, *, by: Actor) -> Engagement:
        return services.log_engagement(entry, by=by, at=timezone.now())

    @staticmethod
    def correct(
        record_id: UUID,
        correction: Correction[services.EngagementEntry],
        *,
        by: Actor,
        expected: Expected,
        reason: str = "",
    ) -> Engagement:
        now = timezone.now()
        return services.correct_engagement(record_id, correction, by=by, expected=expected, at=now, reason=reason)

    steps = services.STEPS

    @classmethod
    def step_serializer(cls, step: Step) -> type[EntrySerializer]:
        """Return the serializer of a step's body."""
        return shapes.STEP_SERIALIZERS.get(step.entry) or super().step_serializer(step)

    @extend_schema(
        summary="List open action items with the counterparts of an engagement",
        responses=OpenItemsSerializer,
        filters=False,
    )
    @action(detail=True, methods=["get"], url_path="open-items", has_etag=True, is_redirected=True)
    def open_items(self, request: Request, pk: str) -> HttpResponse:
        """List the open action items with any of its counterparts, from all engagements, that you may see.

        Add items to raise to its list with `PATCH` and `items`; `hold` then requires an answer to each of them.
        """
        record_id, survivor = self.find(pk)
        if survivor is not None:
            return self.moved(request, survivor)
        return open_items_answer(request, record_id, actor=self.actor)
