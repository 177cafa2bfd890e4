"""What may be entered over HTTP: shapes made from the services' entries."""

from typing import Any

from rest_framework import serializers

from engagements import services
from engagements.models import ActionItem, Attachment, Capacity, Engagement, Paper, Participant
from engagements.vocabulary import Answer, Attendance
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.fields import Choice, Day, Flag, Identifier, Language, PartialDay, Text
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
_LANGUAGE = "Its language (ISO 639), such as en."


class OccasionEntrySerializer(shape_of(services.OccasionEntry)):  # type: ignore[misc] # a base that is made
    """A named event in whose margin it takes place."""

    name = Text(max_length=300, help_text="What it is called, such as 91st General Assembly.")
    dates = PartialDay(required=False, allow_null=True, help_text="Its own dates (EDTF).")


class ItemAnswerSerializer(shape_of(services.ItemAnswer)):  # type: ignore[misc] # a base that is made
    """What became of an action item on the list."""

    item = Identifier(help_text="The action item.")
    answer = Choice(choices=Answer.choices, help_text="done, carried, dropped (with a reason) or not_raised.")
    reason = Text(max_length=2000, required=False, allow_blank=True, help_text="Why.")
    due_on = Day(required=False, allow_null=True, help_text="For what is carried: until when from now on.")


class EngagementEntrySerializer(shape_of(services.EngagementEntry, Engagement, parts=_PARTS)):  # type: ignore[misc] # a base that is made
    """An engagement with all that belongs to it, in one call."""

    occasion = OccasionEntrySerializer(required=False, allow_null=True, help_text="In whose margin it takes place.")
    session = Identifier(required=False, allow_null=True, help_text="The session that is the occasion: linked.")
    topics = serializers.ListField(
        child=Identifier(), required=False, max_length=50, help_text="Ids of the topics that it is about."
    )
    items = serializers.ListField(
        child=Identifier(), required=False, max_length=200, help_text="Action items that are to be raised: its list."
    )
    answers: ItemAnswerSerializer | None = ItemAnswerSerializer(
        many=True, required=False, help_text="For what is held: an answer for each item."
    )
    allow_duplicate: Flag | None = Flag(
        required=False, help_text="It is another one than those that the log has of that day."
    )
    responsible = Identifier(required=False, allow_null=True, help_text="The member of staff who sees to it.")
    part_of = Identifier(required=False, allow_null=True, help_text="The visit that it belongs to: linked.")
    follows = Identifier(required=False, allow_null=True, help_text="The earlier engagement that it follows: linked.")
    under = serializers.ListField(
        child=Identifier(), required=False, max_length=50, help_text="The agreements under which it is: linked."
    )
    decisions = serializers.ListField(
        child=Identifier(), required=False, max_length=50, help_text="The decisions that it concerns: linked."
    )


class EngagementCorrectionSerializer(EngagementEntrySerializer):
    """What differs; status, papers, attachments and action items are changed at addresses of their own."""

    status = None
    status_reason = None
    papers = None
    attachments = None
    action_items = None
    answers = None
    allow_duplicate = None


class PaperEntrySerializer(shape_of(services.PaperEntry, Paper)):  # type: ignore[misc] # a base that is made
    """A paper that is added to an engagement."""

    language = Language(max_length=3, required=False, help_text=_LANGUAGE)


class PaperCorrectionSerializer(PaperEntrySerializer):
    """What differs; a paper stays with its engagement."""

    engagement = None


class AttachmentEntrySerializer(shape_of(services.AttachmentEntry, Attachment)):  # type: ignore[misc] # a base that is made
    """An attachment that is added to an engagement."""

    language = Language(max_length=3, required=False, allow_blank=True, help_text=_LANGUAGE)


class FileSerializer(EntrySerializer):
    """A form with the file itself; its media type and SHA-256 are worked out here."""

    entry = services.AttachmentEntry

    file = File(help_text="The file: PDF, PNG, JPEG, plain text, or a document of an office program; at most 10 MB.")
    sha256 = Text(
        max_length=64,
        required=False,
        allow_blank=True,
        help_text="Its SHA-256 in hexadecimal, to be sure that it comes whole.",
    )

    def plain(self, validated: dict[str, Any]) -> dict[str, Any]:
        """Return what the entry takes, the file as its bytes."""
        sent = validated["file"]
        file = services.Upload(name=sent.name or "", content=sent.read(), media_type=sent.content_type or "")
        return super().plain(validated) | {"file": file}


class UploadSerializer(FileSerializer):
    """An attachment with the file itself, as a form."""

    engagement = Identifier(help_text="The engagement that it belongs to.")
    title = Text(max_length=500, required=False, help_text="Its title; the name of the file unless said.")
    language = Language(max_length=3, required=False, allow_blank=True, help_text=_LANGUAGE)
    marking = Choice(choices=Marking.choices, required=False, help_text="Who may see it; internal unless said.")

    def plain(self, validated: dict[str, Any]) -> dict[str, Any]:
        """Return what the entry takes; a file without a title is called as it is named."""
        values = super().plain(validated)
        return {"title": values["file"].name[:500]} | values


class ReplacementSerializer(FileSerializer):
    """Another file in the place of the one that an attachment has."""

    reason = Text(max_length=2000, required=False, help_text="Why; kept in the history.")


class AttachmentCorrectionSerializer(AttachmentEntrySerializer):
    """What differs; an attachment stays with its engagement."""

    engagement = None


class ActionItemEntrySerializer(shape_of(services.ActionItemEntry, ActionItem)):  # type: ignore[misc] # a base that is made
    """What was promised at an engagement, or is owed of a mandate or an agreement: name one of the three."""


class ActionItemCorrectionSerializer(ActionItemEntrySerializer):
    """What differs; an action item stays with what it is about, and its status changes by its steps."""

    engagement = None
    mandate = None
    agreement = None


class EngagementStepSerializer(EntrySerializer):
    """A step, and why it is taken."""

    entry = services.StepEntry

    reason = Text(max_length=2000, required=False, allow_blank=True, help_text="Why; shown, and kept in the history.")


class ScheduleSerializer(shape_of(services.ScheduleEntry, Engagement)):  # type: ignore[misc] # a base that is made
    """A step that may fix the date."""


class DelegationSerializer(shape_of(services.DelegationEntry, Engagement)):  # type: ignore[misc] # a base that is made
    """Somebody else takes it."""


class HoldingSerializer(shape_of(services.HoldingEntry, Engagement)):  # type: ignore[misc] # a base that is made
    """It was held: what came of it, and whether the principal was there."""

    answers = ItemAnswerSerializer(many=True, required=False, help_text="An answer for each item on its list.")
    principal_attendance = Choice(
        choices=Attendance.choices, required=False, allow_blank=True, help_text="Whether the principal was there."
    )


class PostponementSerializer(shape_of(services.PostponementEntry)):  # type: ignore[misc] # a base that is made
    """It was put off."""

    to = Identifier(required=False, allow_null=True, help_text="The engagement that takes its place, if it is there.")


class AssignmentSerializer(shape_of(services.AssignmentEntry)):  # type: ignore[misc] # a base that is made
    """Who sees to it from now on."""


class RescheduleSerializer(shape_of(services.RescheduleEntry, ActionItem)):  # type: ignore[misc] # a base that is made
    """Until when it is due from now on."""


class CompletionSerializer(shape_of(services.CompletionEntry, ActionItem)):  # type: ignore[misc] # a base that is made
    """When it was done, and what shows it."""

    evidence = serializers.ListField(
        child=Text(max_length=2000), max_length=50, help_text="Documents, addresses, references that show it."
    )


class CarrySerializer(shape_of(services.CarryEntry, ActionItem)):  # type: ignore[misc] # a base that is made
    """The later engagement at which it is taken up again."""
