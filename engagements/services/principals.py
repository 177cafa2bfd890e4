"""Who stands for the office in an engagement, looked up among the appointments."""

from datetime import date, timedelta
from uuid import UUID

from appointments.models import Appointment, Post
from appointments.vocabulary import AppointmentState
from engagements.models import Engagement
from engagements.rules import Days, Tenure, principal_on, warnings_about
from sgoffice.directory.models import Person
from sgoffice.records.entries import plain
from sgoffice.records.errors import RuleViolation

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
    engagement.warnings = plain(warnings_about(engagement.principal_id, name, days, tenures))


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
