"""/papers, /attachments and /action-items."""

from typing import Any, ClassVar
from uuid import UUID

from engagements import services
from engagements.api import documents, examples, filters
from engagements.api import serializers as shapes
from engagements.api.files import FileViews
from engagements.models import ActionItem, Attachment, Paper
from sgoffice.api.viewsets import WritableViewSet, transition
from sgoffice.changes.door import Expected
from sgoffice.records.actors import Actor


class PaperViewSet(WritableViewSet):
    """Papers of engagements: agenda, talking points, readout, summary record ..."""

    model = Paper
    serializer_class = documents.PaperSerializer
    filterset_class = filters.PaperFilterSet
    examples = examples.PAPERS
    entry_serializer = shapes.PaperEntrySerializer
    correction_serializer = shapes.PaperCorrectionSerializer
    enter = staticmethod(services.add_paper)
    correct = staticmethod(services.correct_paper)


class AttachmentViewSet(FileViews, WritableViewSet):
    """Attachments of engagements, each with an address or the file itself."""

    model = Attachment
    serializer_class = documents.AttachmentSerializer
    filterset_class = filters.AttachmentFilterSet
    examples = examples.ATTACHMENTS
    entry_serializer = shapes.AttachmentEntrySerializer
    correction_serializer = shapes.AttachmentCorrectionSerializer
    enter = staticmethod(services.add_attachment)
    correct = staticmethod(services.correct_attachment)


class ActionItemViewSet(WritableViewSet):
    """Action items: what is owed from engagements, mandates and agreements, by whom and by when."""

    model = ActionItem
    serializer_class = documents.ActionItemSerializer
    filterset_class = filters.ActionItemFilterSet
    examples = examples.ACTION_ITEMS
    sorts: ClassVar = {
        "due": ("sort_due", "pk"),
        "-due": ("-sort_due", "-pk"),
        "newest": ("-pk",),
        "oldest": ("pk",),
    }
    default_sort = "due"
    entry_serializer = shapes.ActionItemEntrySerializer
    correction_serializer = shapes.ActionItemCorrectionSerializer
    enter = staticmethod(services.add_action_item)
    correct = staticmethod(services.correct_action_item)

    @transition(shapes.AssignmentSerializer)
    def assign(self, entry: Any, *, record_id: UUID, by: Actor, expected: Expected) -> ActionItem:
        """Say who sees to it from now on."""
        return services.assign_action_item(record_id, entry, by=by, expected=expected)

    @transition(shapes.RescheduleSerializer)
    def reschedule(self, entry: Any, *, record_id: UUID, by: Actor, expected: Expected) -> ActionItem:
        """Say until when it is due from now on."""
        return services.reschedule_action_item(record_id, entry, by=by, expected=expected)

    @transition(shapes.EngagementStepSerializer)
    def start(self, entry: Any, *, record_id: UUID, by: Actor, expected: Expected) -> ActionItem:
        """Say that somebody is at work on it."""
        return services.start_action_item(record_id, entry, by=by, expected=expected)

    @transition(shapes.CompletionSerializer)
    def complete(self, entry: Any, *, record_id: UUID, by: Actor, expected: Expected) -> ActionItem:
        """Say that it was done, when, and what shows it."""
        return services.complete_action_item(record_id, entry, by=by, expected=expected)

    @transition(shapes.EngagementStepSerializer)
    def drop(self, entry: Any, *, record_id: UUID, by: Actor, expected: Expected) -> ActionItem:
        """Say that it will not be done, and why."""
        return services.drop_action_item(record_id, entry, by=by, expected=expected)

    @transition(shapes.EngagementStepSerializer)
    def reopen(self, entry: Any, *, record_id: UUID, by: Actor, expected: Expected) -> ActionItem:
        """Take back that it was done or dropped."""
        return services.reopen_action_item(record_id, entry, by=by, expected=expected)

    @transition(shapes.CarrySerializer)
    def carry_forward(self, entry: Any, *, record_id: UUID, by: Actor, expected: Expected) -> ActionItem:
        """Carry it forward to another engagement; the response is the new item, linked to this one."""
        return services.carry_action_item(record_id, entry, by=by, expected=expected)
