"""Refuse an engagement that the log may already have."""

from engagements.models import Engagement
from engagements.rules import Days, TimeAndPlace, may_be_one_delegation
from engagements.services.counterparts import entered_counterparts, stored_counterparts
from engagements.services.entries import EngagementEntry
from engagements.vocabulary import EngagementStatus
from sgoffice.changes.door import current_actor
from sgoffice.records.errors import PossibleDuplicates, RelatedRecord

_NOT_COMPARED = [
    EngagementStatus.CANCELLED,
    EngagementStatus.DECLINED,
    EngagementStatus.DELEGATED,
    EngagementStatus.NOT_HELD,
    EngagementStatus.POSTPONED,
]


def require_no_duplicate(engagement: Engagement, entry: EngagementEntry) -> None:
    """Raise PossibleDuplicates when the log has an engagement of the same day and place with the same counterpart.

    Compares only what the actor may see, and neither the visit that it is part of nor the engagement that it follows.
    """
    counterparts = entered_counterparts(entry.participants)
    if entry.allow_duplicate or not engagement.held or not counterparts:
        return
    new = _time_and_place(engagement)
    rows = Engagement.objects.visible_to(current_actor()).live().exclude(status__in=_NOT_COMPARED)
    rows = rows.exclude(pk__in=[other for other in (entry.part_of, entry.follows) if other])
    near = rows.overlaps("held", new.days.earliest, new.days.latest).order_by("sort_day", "pk")
    alike = [other for other in near if new.may_be(_time_and_place(other))]
    found = [other for other in alike if may_be_one_delegation(counterparts, stored_counterparts(other))]
    if found:
        raise PossibleDuplicates(
            {"": [_related_record(other) for other in found]},
            advice="The log has an engagement with that counterpart on that day and in that place: correct or complete "
            "it, or send `allow_duplicate: true` if this is a different one.",
        )


def _time_and_place(engagement: Engagement) -> TimeAndPlace:
    return TimeAndPlace(Days.of(engagement.held or ""), engagement.city, engagement.country_id)


def _related_record(engagement: Engagement) -> RelatedRecord:
    return RelatedRecord(
        id=engagement.pk,
        kind="engagement",
        label=engagement.title,
        reference=engagement.reference,
        reason=f"{engagement.held}, {engagement.city or engagement.get_meeting_format_display()}: same counterpart",
    )
