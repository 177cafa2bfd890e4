"""The counterparts of an engagement, entered or stored, and the action items that are open with them."""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain, islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from engagements.models import ActionItem, Engagement
from engagements.querysets import ActionItemQuerySet, Seen
from engagements.services.entries import ParticipantEntry
from engagements.vocabulary import Side
from sgoffice import documents
from sgoffice.changes.merging import survivors_of
from sgoffice.directory.counterparts import Counterparts
from sgoffice.directory.querysets import with_merged
from sgoffice.records.actors import Actor
from sgoffice.records.readership import Readership


def entered_counterparts(entries: Iterable[ParticipantEntry]) -> Counterparts:
    """Return the counterparts among entered participants; a merged record counts as its survivor."""
    theirs = [entry for entry in entries if entry.side == Side.THEIRS]
    capacities = [capacity for entry in theirs for capacity in entry.capacities]
    bodies = (*(entry.organization for entry in theirs), *(one.organization for one in capacities))
    people = {one for entry in theirs if isinstance(one := entry.person, UUID)}
    organizations = {one for one in bodies if isinstance(one, UUID)}
    survivors = survivors_of(people | organizations) if people or organizations else {}
    return Counterparts(
        people=frozenset(survivors.get(one, one) for one in people),
        organizations=frozenset(survivors.get(one, one) for one in organizations),
        countries=frozenset(capacity.country for capacity in capacities if capacity.country),
    )


def stored_counterparts(engagement: Engagement) -> Counterparts:
    """Return the counterparts of a stored engagement; a merged record counts as its survivor."""
    people, organizations, countries = set(), set(), set()
    theirs = engagement.participants.filter(side=Side.THEIRS).select_related("person", "organization")
    for participant in theirs.prefetch_related("capacities__organization"):
        if participant.person is not None:
            people.add(participant.person.merged_into_id or participant.person.pk)
        bodies = [participant.organization, *(one.organization for one in participant.capacities.all())]
        organizations |= {body.merged_into_id or body.pk for body in bodies if body is not None}
        countries |= {one.country_id for one in participant.capacities.all() if one.country_id}
    return Counterparts(frozenset(people), frozenset(organizations), frozenset(countries))


def find_open_items_with(counterparts: Counterparts, *, seen: Seen) -> ActionItemQuerySet:
    """Return the open action items with these counterparts, by due day, as far as `seen` keeps them.

    From engagements with them, agreements that bind them and mandates of their bodies, as far as it keeps these.
    """
    items = seen(ActionItem.objects).live().open().order_by("sort_due", "pk")
    if not counterparts:
        return items.none()
    return items.with_any_counterpart(with_merged(counterparts), seen=lambda rows: seen(rows).live())


def find_open_items(engagement: Engagement, *, by: Actor) -> ActionItemQuerySet:
    """Return the open action items with any counterpart of an engagement, its own included, by due day."""
    return find_open_items_with(stored_counterparts(engagement), seen=lambda rows: rows.visible_to(by))


def find_unlisted_references(engagement: Engagement, counterparts: Counterparts, listed: Collection[UUID]) -> list[str]:
    """Return the references of open items with these counterparts that are not on the list, for a warning.

    The warning is stored with the engagement: it names what all of its readers may read.
    """
    readers, met = Readership.of(engagement), with_merged(counterparts)
    groups: list[list[Any]] = [sorted(met.people), sorted(met.organizations), sorted(met.countries), list(listed)]
    sizes = tuple(len(group) for group in groups)

    def rows(values: Sequence[Any]) -> QuerySet[Any]:
        left = iter(values)
        people, bodies, countries, known = (list(islice(left, size)) for size in sizes)
        named = Counterparts(frozenset(people), frozenset(bodies), frozenset(countries), has_merged=True)
        items = find_open_items_with(named, seen=lambda rows: rows.readable_by_readers_of(readers))
        return items.exclude(engagement=next(left)).exclude(pk__in=known).values_list("reference")

    values = [*chain.from_iterable(groups), engagement.pk]
    statement = documents.kept(("unlisted references", readers, sizes), rows, values)
    return [reference for (reference,) in statement.rows(values)] if statement else []
