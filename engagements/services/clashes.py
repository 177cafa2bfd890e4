"""Find where else the principal of an engagement is to be on these days: in the log, and at sessions of our bodies.

The warnings are stored with the engagement, so they name only what all of its readers may read.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from appointments.models import Post, Session
from appointments.vocabulary import SessionStatus
from engagements.models import Engagement
from engagements.rules import Days, EngagementWarning, Whereabouts, warn_of_clashes, warn_of_sessions
from engagements.vocabulary import AHEAD, Attendance, EngagementStatus, MeetingFormat, Relation
from sgoffice import documents
from sgoffice.changes.merging import same_records
from sgoffice.records.date_words import days_in_words
from sgoffice.records.models import Link
from sgoffice.records.readership import Readership

RULES = frozenset({"double-booked", "no-time-to-travel", "in-another-country", "during-a-session"})
_BOOKED = frozenset({*AHEAD, EngagementStatus.HELD})
_A_DAY = timedelta(days=1)
#: What is read of another engagement; the marking is for the trace of what was read.
_OF_AN_ENGAGEMENT = ("marking", "reference", "held", "city", "country", "starts_at", "ends_at", "meeting_format")


def find_clashes(engagement: Engagement, name: str, days: Days | None) -> list[EngagementWarning]:
    """Return warnings about an open engagement whose principal, of this name, comes in person on known days."""
    absent = engagement.represented_by_id is not None or engagement.principal_attendance == Attendance.ABSENT
    if days is None or absent or engagement.principal_id is None or engagement.status not in _BOOKED:
        return []
    own = _whereabouts(engagement, days)
    return [*warn_of_clashes(name, own, _find_others(engagement, days)), *_find_sessions(engagement, own)]


def _find_others(engagement: Engagement, days: Days) -> list[tuple[str, Whereabouts]]:
    """Return the principal's other engagements on these days, but for the visit of this one and its meetings."""
    if engagement.principal_id is None:
        return []
    readers, same = Readership.of(engagement), same_records([engagement.principal_id])
    # a day more on both sides: what is one instant has another day in Tokyo than in Paris
    first = max(days.earliest, date.min + _A_DAY) - _A_DAY
    last = min(days.latest, date.max - _A_DAY) + _A_DAY

    def rows(values: Sequence[Any]) -> QuerySet[Engagement]:
        own, low, high, *people = values
        found = Engagement.objects.readable_by_readers_of(readers).live().exclude(pk=own)
        found = found.filter(principal__in=people, status__in=_BOOKED, represented_by=None)
        found = found.exclude(principal_attendance=Attendance.ABSENT).overlaps("held", low, high)
        # a visit is where its meetings are
        links = Link.objects.filter(relation=Relation.PART_OF)
        found = found.exclude(pk__in=links.filter(source=own).values("target"))
        found = found.exclude(pk__in=links.filter(target=own).values("source"))
        return found.order_by("sort_day", "starts_at", "pk").only(*_OF_AN_ENGAGEMENT)

    values = [engagement.pk, first, last, *same]
    found = documents.kept_instances(("others of the principal", readers, len(same)), rows, values)
    return [(row.reference, _whereabouts(row, Days.of(row.held))) for row in found if row.held]


def _whereabouts(row: Engagement, days: Days) -> Whereabouts:
    in_person = row.meeting_format in {MeetingFormat.IN_PERSON, MeetingFormat.HYBRID}
    return Whereabouts(days, row.city, row.country_id, row.starts_at, row.ends_at, in_person)


def _find_sessions(engagement: Engagement, own: Whereabouts) -> list[EngagementWarning]:
    """Return warnings about sessions of the bodies of the organization whose post the principal holds."""
    if engagement.principal_post_id is None or own.country is None:
        return []  # whether it is elsewhere is not known
    readers = Readership.of(engagement)

    def rows(values: Sequence[Any]) -> QuerySet[Session]:
        post, first, last = values
        found = Session.objects.readable_by_readers_of(readers).live().exclude(status=SessionStatus.NOT_HELD)
        found = found.filter(body__organization__in=Post.objects.filter(pk=post).values("organization"))
        found = found.filter(begins_earliest__lte=last, ends_latest__gte=first)
        found = found.select_related("body", "country").order_by("begins_earliest", "pk")
        return found.only("marking", "begins", "ends", "city", "country__name", "body__name")

    values = [engagement.principal_post_id, own.days.earliest, own.days.latest]
    found = []
    for row in documents.kept_instances(("sessions of the bodies of a post", readers), rows, values):
        if row.begins is None or row.ends is None:
            continue
        first, last = Days.of(row.begins), Days.of(row.ends)
        if first.is_exact and last.is_exact:
            there = Whereabouts(Days(row.begins, first.earliest, last.latest), row.city, row.country_id)
            place = ", ".join(part for part in (row.city, row.country.name if row.country else "") if part)
            when = days_in_words(first.earliest, last.latest)
            found.append((f"The session of the {row.body.name} ({place}, {when})", there))
    return warn_of_sessions(own, found)
