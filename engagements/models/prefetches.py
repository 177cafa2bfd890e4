"""What is read with an engagement to show it: the same rows for staff and for partners, so that they are read once."""

from django.db.models import Prefetch

from engagements.models.engagement import EngagementTopic
from engagements.models.participant import Capacity, Participant

SHOWN_WITH_ENGAGEMENTS = (
    Prefetch("subjects", EngagementTopic.objects.select_related("topic")),
    Prefetch("participants", Participant.objects.select_related("person", "organization__country")),
    Prefetch("participants__capacities", Capacity.objects.select_related("organization__country", "country")),
)
