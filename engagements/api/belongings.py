"""/papers, /attachments and /action-items."""

from typing import ClassVar

from engagements import services
from engagements.api import documents, examples, filters
from engagements.api import serializers as shapes
from engagements.api.files import FileViews
from engagements.models import ActionItem, Attachment, Paper
from sgoffice.api.serializers import EntrySerializer
from sgoffice.api.viewsets import WritableViewSet
from sgoffice.changes.steps import Step


class PaperViewSet(WritableViewSet):
    """Papers of engagements: agenda, talking points, readout, summary record ..."""

    model = Paper
    serializer_class = documents.PaperSerializer
    filterset_class = filters.PaperFilterSet
    included_in: ClassVar = {"engagement": "engagement"}
    examples = examples.PAPERS
    entry_serializer = shapes.PaperEntrySerializer
    correction_serializer = shapes.PaperCorrectionSerializer
    enter = staticmethod(services.add_paper)
    correct = staticmethod(services.correct_paper)


class AttachmentViewSet(FileViews, WritableViewSet):
    """Attachments of engagements and texts of agreements, each with an address or the file itself."""

    model = Attachment
    serializer_class = documents.AttachmentSerializer
    filterset_class = filters.AttachmentFilterSet
    included_in: ClassVar = {"engagement": "engagement", "agreement": "agreement"}
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
    included_in: ClassVar = {kind: kind for kind in ("engagement", "agreement", "mandate")}
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
    steps = services.ACTION_ITEM_STEPS

    @classmethod
    def step_serializer(cls, step: Step) -> type[EntrySerializer]:
        """Return the serializer of a step's body."""
        return shapes.STEP_SERIALIZERS.get(step.entry) or super().step_serializer(step)
