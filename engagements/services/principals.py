"""Who stands for the office in an engagement, looked up among the appointments."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import F

from appointments.models import Appointment, Post
from appointments.vocabulary import AppointmentState
from engagements.models import Engagement
from engagements.rules import Days, Tenure, double_booked, principal_on, warnings_about
from engagements.vocabulary import AHEAD, EngagementStatus
from sgoffice.changes.door import current_actor
from sgoffice.directory.models import Person
from sgoffice.records.entries import to_json
from sgoffice.records.errors import RuleViolation

#: The warnings that are looked at again whenever time or principal change.
RULES = frozenset({"principal-not-known", "principal-not-in-office", "double-booked"})
_BOOKED = frozenset({*AHEAD, EngagementStatus.HELD})
_A_DAY = timedelta(days=1)
#: The post whose holder is meant where an entry names none.
OFFICE_POST = "secretary-general"


def settle_principal(engagement: Engagement, days: Days | None, *, today: date) -> None:
    """Find post and principal of an open engagement where none is named, and note what is odd about them.

    Raises RuleViolation when two may have held the post then and the entry names neither.
    """
    if engagement.principal_post_id is None:
        engagement.principal_post_id = Post.objects.live().filter(slug=OFFICE_POST).values_list("pk", flat=True).first()
    tenures = tenures_of(engagement.principal_post_id)
    if engagement.principal_id is None:
        engagement.principal_id = _found(days, tenures, today)
    name = ""
    if engagement.principal_id is not None:
        name = Person.objects.values_list("name", flat=True).get(pk=engagement.principal_id)
    warned = [
        *warnings_about(engagement.principal_id, name, days, tenures),
        *double_booked(name, _elsewhere(engagement)),
    ]
    kept = [one for one in engagement.warnings if one["rule"] not in RULES]
    engagement.warnings = [*to_json(warned), *kept]


def _elsewhere(engagement: Engagement) -> list[str]:
    """Return the references of what the principal attends at the same time, as far as the actor may see it.

    A visit contains its meetings: an engagement of several days books nobody twice.
    """
    start, end = engagement.starts_at, engagement.ends_at
    if start is None or end is None or end - start >= _A_DAY or engagement.status not in _BOOKED:
        return []
    rows = Engagement.objects.visible_to(current_actor()).live().exclude(pk=engagement.pk)
    rows = rows.of_principal(engagement.principal_id) if engagement.principal_id else rows.none()
    others = rows.filter(status__in=_BOOKED, represented_by=None).overlapping_in_time(start, end)
    short = others.annotate(lasts=F("ends_at") - F("starts_at")).filter(lasts__lt=_A_DAY)
    return list(short.order_by("starts_at", "pk").values_list("reference", flat=True))


def tenures_of(post_id: UUID | None) -> list[Tenure]:
    """Return the terms of a post, in the order in which they began; a person who was merged counts as the survivor."""
    if post_id is None:
        return []
    rows = Appointment.objects.live().of_post(post_id).exclude(start_earliest=None)
    rows = rows.exclude(state=AppointmentState.PROPOSED).order_by("start_earliest", "pk")
    return [
        _tenure(row, row.start_earliest, row.start_latest)
        for row in rows.select_related("person")
        if row.start_earliest is not None and row.start_latest is not None
    ]


def _tenure(row: Appointment, start_earliest: date, start_latest: date) -> Tenure:
    end_earliest, end_latest = row.end_earliest, row.end_latest
    if end_earliest is None and row.during is not None and row.during.upper is not None:
        # nobody has taken over yet: the term ends by its rule, and the day after its last one is outside
        end_earliest, end_latest = row.during.upper, row.during.upper - timedelta(days=1)
    return Tenure(
        person=row.person.merged_into_id or row.person_id,
        name=row.person.name,
        start_earliest=start_earliest,
        start_latest=start_latest,
        end_earliest=end_earliest,
        end_latest=end_latest,
        appointed=row.appointed_earliest,
    )


def _found(days: Days | None, tenures: list[Tenure], today: date) -> UUID | None:
    if days is not None:
        return principal_on(days, tenures)
    try:
        return principal_on(Days.of(today.isoformat()), tenures)
    except RuleViolation:  # what has no date yet need not say whose it is
        return None
