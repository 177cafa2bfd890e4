"""What clients may send: serializers made from the services' entries."""

from typing import Any

from rest_framework import serializers

from engagements import services
from engagements.models import ActionItem, Attachment, Capacity, Engagement, Paper, Participant
from engagements.vocabulary import Answer, Attendance
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.fields import Choice, Day, Flag, Language, PartialDay, Reference, Text
from sgoffice.api.serializers import EntrySerializer
from sgoffice.api.uploads import File
from sgoffice.records.models import Marking

_PARTS: dict[type[Any], Any] = {
    services.ParticipantEntry: Participant,
    services.CapacityEntry: Capacity,
    services.PaperText: Paper,
    services.AttachedFile: Attachment,
    services.Promise: ActionItem,
}
_LANGUAGE = "Language (ISO 639), such as en."


class OccasionEntrySerializer(shape_of(services.OccasionEntry)):  # type: ignore[misc] # a base that is made
    """A named event on whose margins it takes place."""

    name = Text(max_length=300, help_text="Name, such as 91st General Assembly.")
    dates = PartialDay(required=False, allow_null=True, help_text="Dates of the event (EDTF).")


class ItemAnswerSerializer(shape_of(services.ItemAnswer)):  # type: ignore[misc] # a base that is made
    """What became of an action item on the list."""

    item = Reference(help_text="The action item.")
    answer = Choice(choices=Answer.choices, help_text="done, carried, dropped (with a reason) or not_raised.")
    reason = Text(max_length=2000, required=False, allow_blank=True, help_text="Reason.")
    due_on = Day(required=False, allow_null=True, help_text="New due date of an item that is carried.")


class EngagementEntrySerializer(shape_of(services.EngagementEntry, Engagement, parts=_PARTS)):  # type: ignore[misc] # a base that is made
    """An engagement with all that belongs to it, in one call."""

    occasion = OccasionEntrySerializer(
        required=False, allow_null=True, help_text="Event on whose margins it takes place."
    )
    session = Reference(required=False, allow_null=True, help_text="The session that is the occasion.")
    topics = serializers.ListField(child=Reference(), required=False, max_length=50, help_text="Its topics.")
    items = serializers.ListField(
        child=Reference(), required=False, max_length=200, help_text="The action items to raise: its list."
    )
    answers: ItemAnswerSerializer | None = ItemAnswerSerializer(
        many=True, required=False, help_text="For an engagement that was held: an answer to each item on its list."
    )
    allow_duplicate: Flag | None = Flag(
        required=False,
        help_text="Log it although the log has a similar engagement; in a correction: end the warning of one.",
    )
    responsible = Reference(required=False, allow_null=True, help_text="The member of staff in charge.")
    part_of = Reference(required=False, allow_null=True, help_text="The visit that it is part of.")
    follows = Reference(required=False, allow_null=True, help_text="The earlier engagement that it follows.")
    under = serializers.ListField(
        child=Reference(), required=False, max_length=50, help_text="The agreements under which it takes place."
    )
    decisions = serializers.ListField(
        child=Reference(), required=False, max_length=50, help_text="The decisions that it concerns."
    )


class EngagementCorrectionSerializer(EngagementEntrySerializer):
    """The members to change; status, papers, attachments and action items have endpoints of their own."""

    status = None
    status_reason = None
    papers = None
    attachments = None
    action_items = None
    answers = None


class PaperEntrySerializer(shape_of(services.PaperEntry, Paper)):  # type: ignore[misc] # a base that is made
    """A paper to add to an engagement."""

    language = Language(max_length=3, required=False, help_text=_LANGUAGE)


class PaperCorrectionSerializer(PaperEntrySerializer):
    """The members to change; a paper stays with its engagement."""

    engagement = None


class AttachmentEntrySerializer(shape_of(services.AttachmentEntry, Attachment)):  # type: ignore[misc] # a base that is made
    """An attachment to add to an engagement or an agreement: give exactly one of the two."""

    language = Language(max_length=3, required=False, allow_blank=True, help_text=_LANGUAGE)


class FileSerializer(EntrySerializer):
    """A form with the file itself; its media type and SHA-256 are computed."""

    entry = services.AttachmentEntry

    file = File(help_text="PDF, PNG, JPEG, plain text or an office document, of at most 10 MB.")
    sha256 = Text(
        max_length=64,
        required=False,
        allow_blank=True,
        help_text="SHA-256 of the file in hexadecimal, to detect a damaged upload.",
    )

    def plain(self, validated: dict[str, Any]) -> dict[str, Any]:
        """Return the values of the entry, with the bytes of the file."""
        sent = validated["file"]
        file = services.Upload(name=sent.name or "", content=sent.read(), media_type=sent.content_type or "")
        return super().plain(validated) | {"file": file}


class UploadSerializer(FileSerializer):
    """An attachment with its file, as a form; it belongs to an engagement or an agreement."""

    engagement = Reference(required=False, help_text="The engagement that it belongs to.")
    agreement = Reference(required=False, help_text="Or the agreement that it is a text of.")
    title = Text(max_length=500, required=False, help_text="Title; by default the name of the file.")
    language = Language(max_length=3, required=False, allow_blank=True, help_text=_LANGUAGE)
    marking = Choice(choices=Marking.choices, required=False, help_text="Who may see it; internal by default.")

    def plain(self, validated: dict[str, Any]) -> dict[str, Any]:
        """Return the values of the entry; the name of the file is the default title."""
        values = super().plain(validated)
        return {"title": values["file"].name[:500]} | values


class ReplacementSerializer(FileSerializer):
    """A file to replace that of an attachment."""

    reason = Text(max_length=2000, required=False, help_text="Reason, recorded in the history.")


class AttachmentCorrectionSerializer(AttachmentEntrySerializer):
    """The members to change; an attachment stays with its record."""

    engagement = None
    agreement = None


class ActionItemEntrySerializer(shape_of(services.ActionItemEntry, ActionItem)):  # type: ignore[misc] # a base that is made
    """What is owed from an engagement, a mandate or an agreement: give exactly one of the three."""


class ActionItemCorrectionSerializer(ActionItemEntrySerializer):
    """The members to change; an action item stays with its record, and its status changes by its steps."""

    engagement = None
    mandate = None
    agreement = None


class EngagementStepSerializer(EntrySerializer):
    """A step, and why it is taken."""

    entry = services.StepEntry

    reason = Text(max_length=2000, required=False, allow_blank=True, help_text="Why; shown, and kept in the history.")


class ScheduleSerializer(shape_of(services.ScheduleEntry, Engagement)):  # type: ignore[misc] # a base that is made
    """A step that may set the date."""


class DelegationSerializer(shape_of(services.DelegationEntry, Engagement)):  # type: ignore[misc] # a base that is made
    """Somebody else takes it."""


class HoldingSerializer(shape_of(services.HoldingEntry, Engagement)):  # type: ignore[misc] # a base that is made
    """It was held: what came of it, and whether the principal was there."""

    answers = ItemAnswerSerializer(many=True, required=False, help_text="An answer for each item on its list.")
    principal_attendance = Choice(
        choices=Attendance.choices, required=False, allow_blank=True, help_text="Whether the principal was there."
    )


class PostponementSerializer(shape_of(services.PostponementEntry)):  # type: ignore[misc] # a base that is made
    """It was postponed."""

    to = Reference(required=False, allow_null=True, help_text="The engagement that takes its place, if there is one.")


class AssignmentSerializer(shape_of(services.AssignmentEntry)):  # type: ignore[misc] # a base that is made
    """The new owner."""


class RescheduleSerializer(shape_of(services.RescheduleEntry, ActionItem)):  # type: ignore[misc] # a base that is made
    """The new due date."""


class CompletionSerializer(shape_of(services.CompletionEntry, ActionItem)):  # type: ignore[misc] # a base that is made
    """When it was done, and the evidence."""

    evidence = serializers.ListField(
        child=Text(max_length=2000), max_length=50, help_text="The evidence: documents, addresses, references."
    )


class CarrySerializer(shape_of(services.CarryEntry, ActionItem)):  # type: ignore[misc] # a base that is made
    """The later engagement to which it is carried."""


#: Bodies of steps that say more than the entry and its columns do.
STEP_SERIALIZERS: dict[type[Any], Any] = {
    made.entry: made
    for made in (
        EngagementStepSerializer, ScheduleSerializer, DelegationSerializer, HoldingSerializer, PostponementSerializer,
        AssignmentSerializer, RescheduleSerializer, CompletionSerializer, CarrySerializer,
    )
}  # fmt: skip
