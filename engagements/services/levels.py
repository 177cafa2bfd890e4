"""The level of an engagement: as somebody states it, else as the titles and posts of the counterparts tell.

What a person states is never replaced. A derived level is found again with the participants, the day and the readers,
from posts that all readers of the engagement may read.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from engagements.models import Engagement
from engagements.rules import Days
from engagements.rules.levels import Seat, derive_levels, precedence
from engagements.rules.titles import Office
from engagements.services import times
from engagements.services.entries import CapacityEntry, EngagementEntry, ParticipantEntry
from engagements.services.participants import participants_of
from engagements.vocabulary import Attendance, LevelBasis, Mode, Side
from sgoffice import documents
from sgoffice.changes.findings import finds_again
from sgoffice.directory.models import Membership, Organization
from sgoffice.records.entries import Correction
from sgoffice.records.readership import Readership

_NOT_THERE = frozenset({Attendance.ABSENT, Attendance.DECLINED})


def state_level(engagement: Engagement, given: Correction[EngagementEntry]) -> None:
    """Set a level that is given; one that repeats what was derived, or none, leaves it to the titles."""
    if "level" not in given:
        return
    stated = given.get("level")
    if stated != engagement.level or engagement.level_basis is None:
        engagement.level, engagement.level_basis = stated, None


def find_levels(engagement: Engagement, given: Correction[EngagementEntry], days: Days | None) -> None:
    """Find the levels of the counterparts of an open engagement, when what they follow from is given."""
    if given.values.keys() & {"participants", "level", *times.FIELDS}:
        find_levels_again(engagement, days)


def find_levels_again(engagement: Engagement, days: Days | None) -> None:
    """Find the levels of the counterparts of an open engagement."""
    _set_levels(engagement, participants_of(engagement), days)


@finds_again(Engagement.record_kind)
def find_levels_for_readers(engagement: Engagement, before: Readership) -> None:
    """Find the levels among what the new readers may read."""
    find_levels_again(engagement, Days.of(engagement.held) if engagement.held else None)


def _set_levels(engagement: Engagement, participants: Sequence[ParticipantEntry], days: Days | None) -> None:
    derived = derive_levels(_seats(participants, days, Readership.of(engagement)))
    is_stated = bool(engagement.level) and engagement.level_basis is None
    if not is_stated:
        highest = derived[0] if derived else None
        engagement.level = highest.level if highest else ""
        engagement.level_basis = highest and {
            "rests_on": highest.rests_on,
            "title": highest.title,
            "pointer": highest.pointer,
            "doubt": highest.doubt,
        }
    levels = {*(one.level for one in derived), *filter(None, [engagement.level])}
    ranked: list[str] = sorted(map(str, levels), key=precedence)
    engagement.counterpart_levels = list(ranked)


def _seats(participants: Sequence[ParticipantEntry], days: Days | None, readers: Readership) -> Iterator[Seat]:
    """Yield every title of a counterpart who takes part, and the posts of those who are named without one."""
    bodies = _bodies(capacity.organization for one in participants for capacity in one.capacities)
    silent: dict[UUID, str] = {}
    for place, one in enumerate(participants):
        if one.side != Side.THEIRS or one.mode == Mode.REPRESENTED or {one.attendance, one.response} & _NOT_THERE:
            continue
        where = f"/participants/{place}"
        if not any(capacity.title for capacity in one.capacities) and isinstance(one.person, UUID):
            silent[one.person] = f"{where}/person"
        for number, capacity in enumerate(one.capacities):
            yield Seat(f"{where}/capacities/{number}", capacity.title, _office(capacity, bodies))
        if one.group is not None and not any(capacity.title for capacity in one.capacities):
            office = _office(one.capacities[0], bodies) if one.capacities else Office()
            yield Seat(f"{where}/group/description", one.group.description, office, LevelBasis.GROUP)
    yield from _posts(silent, days, readers)


def _bodies(organizations: Iterable[Any]) -> dict[Any, Office]:
    """Return of each organization what sort it is, its country and name; a merged one counts as its survivor."""
    ids = list({one for one in organizations if one})
    if not ids:
        return {}

    def rows(values: Sequence[Any]) -> QuerySet[Any, Any]:
        kind = Coalesce("merged_into__classification", "classification")
        called = Coalesce("merged_into__name", "name")
        rows = Organization.objects.filter(pk__in=values).annotate(kind=kind, called=called)
        return rows.values_list("pk", "kind", "country", "called")

    statement = documents.kept(("sorts of organizations", len(ids)), rows, ids)
    found = statement.rows(ids) if statement else ()
    return {key: Office(sort, code or "", called) for key, sort, code, called in found}


def _office(capacity: CapacityEntry, bodies: dict[Any, Office]) -> Office:
    body = bodies.get(capacity.organization, Office())
    return Office(body.classification, capacity.country or body.country, body.body)


def _posts(people: dict[UUID, str], days: Days | None, readers: Readership) -> Iterator[Seat]:
    """Yield the roles that people certainly held on all of these days, as far as all these readers may know."""
    if not people or days is None:
        return
    rows: Any = Membership.objects.readable_by_readers_of(readers).live().filter(person__in=people)
    held = rows.held_on(days.earliest, certain=True).held_on(days.latest, certain=True)
    for row in held.select_related("organization").order_by("pk"):
        office = Office(row.organization.classification, row.organization.country_id or "", row.organization.name)
        yield Seat(people[row.person_id], row.role, office, LevelBasis.POST)
