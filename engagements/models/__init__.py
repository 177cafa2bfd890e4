"""The names other modules import."""

from engagements.models.action_item import ActionItem
from engagements.models.engagement import Engagement, EngagementTopic
from engagements.models.paper import Attachment, FileContent, Paper
from engagements.models.participant import Capacity, Participant

__all__ = [
    "ActionItem",
    "Attachment",
    "Capacity",
    "Engagement",
    "EngagementTopic",
    "FileContent",
    "Paper",
    "Participant",
]
