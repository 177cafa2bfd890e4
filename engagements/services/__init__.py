"""What can be done in the engagement log. The services that take steps are in `steps` and `action_item_steps`."""

from engagements.services.action_item_steps import STEPS as ACTION_ITEM_STEPS
from engagements.services.action_items import add_action_item, correct_action_item
from engagements.services.attachments import add_attachment, correct_attachment
from engagements.services.counterparts import find_open_items
from engagements.services.engagements import correct_engagement, log_engagement
from engagements.services.entries import (
    ActionItemEntry,
    AssignmentEntry,
    AttachedFile,
    AttachmentEntry,
    CapacityEntry,
    CarryEntry,
    CompletionEntry,
    DelegationEntry,
    EngagementEntry,
    GroupEntry,
    HoldingEntry,
    ItemAnswer,
    OccasionEntry,
    OwnerEntry,
    PaperEntry,
    PaperText,
    ParticipantEntry,
    PostponementEntry,
    Promise,
    RescheduleEntry,
    ScheduleEntry,
    StepEntry,
    Upload,
)
from engagements.services.papers import add_paper, correct_paper
from engagements.services.steps import STEPS

__all__ = [
    "ACTION_ITEM_STEPS",
    "STEPS",
    "ActionItemEntry",
    "AssignmentEntry",
    "AttachedFile",
    "AttachmentEntry",
    "CapacityEntry",
    "CarryEntry",
    "CompletionEntry",
    "DelegationEntry",
    "EngagementEntry",
    "GroupEntry",
    "HoldingEntry",
    "ItemAnswer",
    "OccasionEntry",
    "OwnerEntry",
    "PaperEntry",
    "PaperText",
    "ParticipantEntry",
    "PostponementEntry",
    "Promise",
    "RescheduleEntry",
    "ScheduleEntry",
    "StepEntry",
    "Upload",
    "add_action_item",
    "add_attachment",
    "add_paper",
    "correct_action_item",
    "correct_attachment",
    "correct_engagement",
    "correct_paper",
    "find_open_items",
    "log_engagement",
]
