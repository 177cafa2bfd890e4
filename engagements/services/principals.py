"""Find the principal of an engagement among the appointments, and warn of what is odd about them.

Both are stored with the engagement, so they rest on records that all of its readers may read.
"""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import F

from appointments.models import Appointment, Post
from appointments.vocabulary import AppointmentKind, AppointmentState
from engagements.models import Engagement
from engagements.rules import Days, Tenure, principal_on, warn_of_principal
from engagements.services import clashes
from sgoffice.changes.findings import finds_again
from sgoffice.directory.models import Person
from sgoffice.records.entries import to_json
from sgoffice.records.errors import RuleViolation
from sgoffice.records.readership import Readership

#: Warnings that are checked again whenever time or principal change.
_RULES = frozenset({"principal-acted", "principal-not-known", "principal-not-in-office", *clashes.RULES})
#: The post that is meant when an entry names none.
OFFICE_POST = "secretary-general"


def set_principal(engagement: Engagement, days: Days | None, *, today: date) -> None:
    """Fill in the post and the principal of an open engagement where none is named, and set the warnings about them.

    Raises RuleViolation when two people may have held the post and neither is named.
    """
    if engagement.principal_post_id is None:
        engagement.principal_post_id = Post.objects.live().filter(slug=OFFICE_POST).values_list("pk", flat=True).first()
    tenures = find_tenures(engagement.principal_post_id, Readership.of(engagement))
    if engagement.principal_id is None:
        engagement.principal_id = _find_principal(days, tenures, today)
    _set_warnings(engagement, days, tenures)


@finds_again(Engagement.record_kind)
def find_principal_again(engagement: Engagement, before: Readership) -> None:
    """Forget a principal whom only the readers of before may find, and find the principal and the warnings anew."""
    tenures = find_tenures(engagement.principal_post_id, Readership.of(engagement))
    hidden = {one.person for one in find_tenures(engagement.principal_post_id, before)}
    hidden -= {one.person for one in tenures}
    days = Days.of(engagement.held) if engagement.held else None
    if engagement.principal_id in hidden:
        engagement.principal_id = _find_principal_if_certain(days, tenures) if days else None
    _set_warnings(engagement, days, tenures)


def _set_warnings(engagement: Engagement, days: Days | None, tenures: list[Tenure]) -> None:
    name = ""
    if engagement.principal_id is not None:
        name = Person.objects.values_list("name", flat=True).get(pk=engagement.principal_id)
    warnings = [
        *warn_of_principal(engagement.principal_id, name, days, tenures),
        *clashes.find_clashes(engagement, name, days),
    ]
    others = [warning for warning in engagement.warnings if warning["rule"] not in _RULES]
    engagement.warnings = [*to_json(warnings), *others]


def find_tenures(post_id: UUID | None, readers: Readership) -> list[Tenure]:
    """Return the terms of a post that all these readers may read, by start; a merged person counts as the survivor."""
    if post_id is None:
        return []
    rows = Appointment.objects.readable_by_readers_of(readers).live().of_post(post_id).exclude(start_earliest=None)
    rows = rows.exclude(start_latest__lt=F("post__founding_date_earliest"))
    rows = rows.exclude(state=AppointmentState.PROPOSED).order_by("start_earliest", "pk")
    return [
        _tenure(row, row.start_earliest, row.start_latest)
        for row in rows.select_related("person")
        if row.start_earliest is not None and row.start_latest is not None
    ]


def _tenure(row: Appointment, start_earliest: date, start_latest: date) -> Tenure:
    end_earliest, end_latest = row.end_earliest, row.end_latest
    if end_earliest is None and row.during is not None and row.during.upper is not None:
        # no successor yet: the term ends by its rule; the range excludes its upper day
        end_earliest, end_latest = row.during.upper, row.during.upper - timedelta(days=1)
    return Tenure(
        person=row.person.merged_into_id or row.person_id,
        name=row.person.name,
        start_earliest=start_earliest,
        start_latest=start_latest,
        end_earliest=end_earliest,
        end_latest=end_latest,
        appointed=row.appointed_earliest,
        is_acting=row.kind == AppointmentKind.ACTING,
    )


def _find_principal(days: Days | None, tenures: list[Tenure], today: date) -> UUID | None:
    if days is not None:
        return principal_on(days, tenures)
    # without a date the principal need not be named yet
    return _find_principal_if_certain(Days.of(today.isoformat()), tenures)


def _find_principal_if_certain(days: Days, tenures: list[Tenure]) -> UUID | None:
    try:
        return principal_on(days, tenures)
    except RuleViolation:  # several may have held the post
        return None
