"""/engagements: the diary and the log, with an endpoint for each step."""

from typing import Any, ClassVar
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
from sgoffice.api.viewsets import transition
from sgoffice.changes.door import Expected
from sgoffice.records.actors import Actor
from sgoffice.records.entries import Correction


class EngagementViewSet(MergingViewSet):
    """Engagements of the office: requested, planned, held or not, with whom, and their outcome."""

    model = Engagement
    serializer_class = documents.EngagementSerializer
    filterset_class = filters.EngagementFilterSet
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

    @transition(shapes.ScheduleSerializer)
    def accept(self, entry: Any, *, record_id: UUID, by: Actor, expected: Expected) -> Engagement:
        """Put a request into the diary, perhaps with its date."""
        return services.accept_engagement(record_id, entry, by=by, expected=expected, at=timezone.now())

    @transition(shapes.EngagementStepSerializer)
    def decline(self, entry: Any, *, record_id: UUID, by: Actor, expected: Expected) -> Engagement:
        """Decline a request."""
        return services.decline_engagement(record_id, entry, by=by, expected=expected, at=timezone.now())

    @transition(shapes.DelegationSerializer)
    def delegate(self, entry: Any, *, record_id: UUID, by: Actor, expected: Expected) -> Engagement:
        """Hand a request to somebody else."""
        return services.delegate_engagement(record_id, entry, by=by, expected=expected, at=timezone.now())

    @transition(shapes.ScheduleSerializer)
    def confirm(self, entry: Any, *, record_id: UUID, by: Actor, expected: Expected) -> Engagement:
        """Confirm an engagement on its day, or take a cancellation back, with a reason."""
        return services.confirm_engagement(record_id, entry, by=by, expected=expected, at=timezone.now())

    @transition(shapes.HoldingSerializer)
    def hold(self, entry: Any, *, record_id: UUID, by: Actor, expected: Expected) -> Engagement:
        """Say that it was held, and what came of it; or, with a reason, that it was held after all."""
        return services.hold_engagement(record_id, entry, by=by, expected=expected, at=timezone.now())

    @transition(shapes.EngagementStepSerializer, url_path="not-held")
    def mark_not_held(self, entry: Any, *, record_id: UUID, by: Actor, expected: Expected) -> Engagement:
        """Say that it did not take place on its day; what was logged as held needs a reason."""
        return services.mark_not_held(record_id, entry, by=by, expected=expected, at=timezone.now())

    @transition(shapes.PostponementSerializer)
    def postpone(self, entry: Any, *, record_id: UUID, by: Actor, expected: Expected) -> Engagement:
        """Put it off, perhaps to another engagement that is in the log."""
        return services.postpone_engagement(record_id, entry, by=by, expected=expected, at=timezone.now())

    @transition(shapes.EngagementStepSerializer)
    def cancel(self, entry: Any, *, record_id: UUID, by: Actor, expected: Expected) -> Engagement:
        """Cancel it."""
        return services.cancel_engagement(record_id, entry, by=by, expected=expected, at=timezone.now())
