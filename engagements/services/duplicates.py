"""Refuse an engagement that the log may already have, and warn of one that is nearly another."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from engagements.models import Engagement
from engagements.querysets import EngagementQuerySet
from engagements.rules import Days, EngagementWarning, TimeAndPlace, have_a_person_in_common, may_be_one_delegation
from engagements.services.counterparts import stored_counterparts
from engagements.services.entries import EngagementEntry
from engagements.vocabulary import EngagementKind, EngagementStatus, Relation
from sgoffice import documents
from sgoffice.changes.door import current_actor
from sgoffice.changes.findings import finds_again
from sgoffice.directory.counterparts import Counterparts
from sgoffice.records.entries import to_json
from sgoffice.records.errors import PossibleDuplicates, RelatedRecord
from sgoffice.records.models import Link
from sgoffice.records.readership import Readership

_NOT_COMPARED = [
    EngagementStatus.CANCELLED,
    EngagementStatus.DECLINED,
    EngagementStatus.DELEGATED,
    EngagementStatus.NOT_HELD,
    EngagementStatus.POSTPONED,
]
_RULE = "possible-duplicate"
_A_DAY = timedelta(days=1)
#: What is read of another engagement; the marking is for the trace of what was read.
_OF_ANOTHER = (
    "marking", "reference", "title", "held", "city", "country", "starts_at", "ends_at", "meeting_format",
)  # fmt: skip
_MOST = 3  # references in a warning


@dataclass(frozen=True)
class _Others:
    """The engagements that one is compared with; `shape` says by what they are `narrowed`."""

    shape: tuple[Hashable, ...]
    narrowed: Callable[[EngagementQuerySet], EngagementQuerySet]


def compare_with_log(engagement: Engagement, entry: EngagementEntry, counterparts: Counterparts) -> None:
    """Raise PossibleDuplicates when the log has an engagement of the same time and place with the same counterpart.

    Warns of those that differ by a slip alone: a day apart, another spelling of the city, other hours, a less precise
    date; and of the same session of a governing body. Compares only what the actor may see, and neither the visit that
    it is part of nor the engagement that it follows; the meetings of one visit at other hours are others.
    `counterparts` are those of the entry.
    """
    if entry.allow_duplicate or not engagement.held:
        return
    by = current_actor()
    others = _Others((by, by.permissions), lambda rows: rows.visible_to(by))
    apart = [other for other in (entry.part_of, entry.follows) if other]
    near = _around(others, engagement, counterparts, apart)
    found = [other for other in near if _when(engagement).may_be(_when(other))]
    alike = [other for other in found if may_be_one_delegation(counterparts, stored_counterparts(other))]
    if alike:
        raise PossibleDuplicates(
            {"": [_related_record(other) for other in alike]},
            advice="The log has an engagement with that counterpart on that day and in that place: correct or complete "
            "it, or send `allow_duplicate: true` if this is a different one.",
        )
    _set_warning(engagement, others, counterparts)


def dismiss_warning(engagement: Engagement) -> None:
    """Take it that an open engagement is another one than those that it was warned about."""
    engagement.warnings = [warning for warning in engagement.warnings if warning["rule"] != _RULE]


@finds_again(Engagement.record_kind)
def find_near_again(engagement: Engagement, _before: Readership) -> None:
    """Find again what an open engagement was warned about, as far as its new readers may all read it."""
    if any(warning["rule"] == _RULE for warning in engagement.warnings):
        _set_warning(engagement, _Others((), lambda rows: rows), stored_counterparts(engagement))


def _set_warning(engagement: Engagement, others: _Others, counterparts: Counterparts) -> None:
    """Warn of what is nearly this one: the warning names what all of its readers may read."""
    dismiss_warning(engagement)
    readers = Readership.of(engagement)
    readable = _Others((*others.shape, readers), lambda rows: others.narrowed(rows).readable_by_readers_of(readers))
    found = list(islice(_near(engagement, readable, counterparts), _MOST))
    if found:
        named = ", ".join(f"{reference} ({how})" for reference, how in found)
        detail = f"This may be {named}. Correct or merge them, or send `allow_duplicate: true` if they are two."
        engagement.warnings = [*engagement.warnings, *to_json([EngagementWarning(_RULE, detail, "")])]


def _near(engagement: Engagement, others: _Others, counterparts: Counterparts) -> Iterator[tuple[str, str]]:
    """Yield the references of those that may be this one with a slip, and in what way they differ."""
    own = Link.objects.filter(source=engagement.pk)
    tied = _ties(engagement)
    visit = [target for relation, target in tied if relation == Relation.PART_OF]
    links = Link.objects.filter(relation=Relation.PART_OF, target__in=visit)
    parts = set(links.values_list("source", flat=True)) if visit else set()
    for other in _around(others, engagement, counterparts, [target for _, target in tied]):
        how = _when(engagement).nearness(_when(other))
        if not how and _when(engagement).may_be_there_by_another_name(_when(other)):
            is_same = have_a_person_in_common(counterparts, stored_counterparts(other))
            how = "in a city that may be the same by another name" if is_same else ""
        if not how or (other.pk in parts and _when(engagement).is_at_other_hours(_when(other))):
            continue
        if may_be_one_delegation(counterparts, stored_counterparts(other)):
            yield other.reference, how
    if engagement.kind == EngagementKind.SESSION_OF_GOVERNING_BODY:
        occasions = own.filter(relation=Relation.OCCASION).values("target")
        at = Link.objects.filter(relation=Relation.OCCASION, target__in=occasions)
        rows = others.narrowed(_others(engagement.pk)).filter(pk__in=at.values("source"), kind=engagement.kind)
        for other in rows.order_by("sort_day", "pk"):
            yield other.reference, "the same session"


def _ties(engagement: Engagement) -> list[tuple[str, UUID]]:
    """Return the visit that it is part of and the engagement that it follows, each with the relation."""

    def rows(values: Sequence[Any]) -> QuerySet[Any, Any]:
        links = Link.objects.filter(source=values[0], relation__in=[Relation.PART_OF, Relation.FOLLOWS])
        return links.values_list("relation", "target")

    found = documents.kept("ties", rows, [engagement.pk])
    return found.rows([engagement.pk]) if found else []


def _others(own: UUID) -> EngagementQuerySet:
    return Engagement.objects.live().exclude(status__in=_NOT_COMPARED).exclude(pk=own)


def _around(
    others: _Others, engagement: Engagement, counterparts: Counterparts, apart: Sequence[UUID]
) -> Iterable[Engagement]:
    """Return what may have been on these days, the day before or the day after, with a counterpart in common."""
    if not counterparts:
        return ()
    days = Days.of(engagement.held or "")

    def rows(values: Sequence[Any]) -> EngagementQuerySet:
        own, first, last, *tied = values
        found = others.narrowed(_others(own)).exclude(pk__in=tied).overlaps("held", first, last)
        return found.order_by("sort_day", "pk").only(*_OF_ANOTHER)

    values = [engagement.pk, days.earliest - _A_DAY, days.latest + _A_DAY, *apart]
    if days.is_exact:
        return documents.kept_instances(("others around", others.shape, len(apart)), rows, values)
    # an imprecise date has many others around it, an exact one few: they are compared one by one
    return rows(values).with_any_counterpart(counterparts)


def _when(engagement: Engagement) -> TimeAndPlace:
    days = Days.of(engagement.held or "")
    return TimeAndPlace(days, engagement.city, engagement.country_id, engagement.starts_at, engagement.ends_at)


def _related_record(engagement: Engagement) -> RelatedRecord:
    return RelatedRecord(
        id=engagement.pk,
        kind="engagement",
        label=engagement.title,
        reference=engagement.reference,
        reason=f"{engagement.held}, {engagement.city or engagement.get_meeting_format_display()}: same counterpart",
    )
