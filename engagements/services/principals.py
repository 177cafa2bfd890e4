"""Find the principal of an engagement among the appointments, and warn of what is odd about them.

Both are stored with the engagement, so they rest on records that all of its readers may read.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from appointments.models import Appointment, Post
from appointments.vocabulary import AppointmentKind, AppointmentState
from engagements.models import Engagement
from engagements.rules import Days, Tenure, principal_on, warn_of_principal
from engagements.services import clashes
from sgoffice import documents
from sgoffice.changes.findings import finds_again
from sgoffice.directory.models import Person
from sgoffice.records.entries import to_json
from sgoffice.records.errors import RuleViolation
from sgoffice.records.readership import Readership

#: Warnings that are checked again whenever time or principal change.
_RULES = frozenset({"principal-acted", "principal-not-known", "principal-not-in-office", *clashes.RULES})
#: What is read of an appointment for a tenure; the marking is for the trace of what was read.
_OF_A_TENURE = (
    "marking", "kind", "during", "appointed_earliest", "start_earliest", "start_latest", "end_earliest", "end_latest",
    "person__name", "person__merged_into",
)  # fmt: skip
#: The post that is meant when an entry names none.
OFFICE_POST = "secretary-general"


def set_principal(engagement: Engagement, days: Days | None, *, today: date) -> None:
    """Fill in the post and the principal of an open engagement where none is named, and set the warnings about them.

    Raises RuleViolation when two people may have held the post and neither is named.
    """
    if engagement.principal_post_id is None:
        engagement.principal_post_id = _office_post()
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
        name = _name_of(engagement.principal_id)
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

    def rows(values: Sequence[Any]) -> QuerySet[Appointment]:
        found = Appointment.objects.readable_by_readers_of(readers).live().of_post(values[0])
        found = found.exclude(start_earliest=None).exclude(start_latest__lt=F("post__founding_date_earliest"))
        found = found.exclude(state=AppointmentState.PROPOSED).order_by("start_earliest", "pk")
        return found.select_related("person").only(*_OF_A_TENURE)

    return [
        _tenure(row, row.start_earliest, row.start_latest)
        for row in documents.kept_instances(("tenures", readers), rows, [post_id])
        if row.start_earliest is not None and row.start_latest is not None
    ]


def _office_post() -> UUID | None:
    def rows(_: Sequence[Any]) -> QuerySet[Any, Any]:
        return Post.objects.live().filter(slug=OFFICE_POST).order_by("pk").values_list("pk")

    found = documents.kept("post of the office", rows, ())
    return next((key for (key,) in found.rows()), None) if found else None


def _name_of(person_id: UUID) -> str:
    def rows(values: Sequence[Any]) -> QuerySet[Any, Any]:
        return Person.objects.filter(pk=values[0]).values_list("name")

    found = documents.kept("name of a person", rows, [person_id])
    return next(str(name) for (name,) in found.rows([person_id])) if found else ""


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
