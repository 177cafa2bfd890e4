"""Who sits on the other side of an engagement, from its entry or from what is stored."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from engagements.models import ActionItem, Engagement
from engagements.querysets import ActionItemQuerySet
from engagements.rules import Counterparts
from engagements.services.entries import ParticipantEntry
from engagements.vocabulary import Side
from sgoffice.changes.door import current_actor
from sgoffice.directory.models import Organization, Person
from sgoffice.records.actors import Actor


def counterparts_of(entries: Iterable[ParticipantEntry]) -> Counterparts:
    """Return the counterparts among participants that are entered; who was merged counts as the survivor."""
    theirs = [entry for entry in entries if entry.side == Side.THEIRS]
    capacities = [capacity for entry in theirs for capacity in entry.capacities]
    bodies = (*(entry.organization for entry in theirs), *(one.organization for one in capacities))
    return Counterparts(
        people=_survivors(Person, (entry.person for entry in theirs)),
        organizations=_survivors(Organization, bodies),
        countries=frozenset(capacity.country for capacity in capacities if capacity.country),
    )


def _survivors(model: type[Person | Organization], ids: Iterable[Any]) -> frozenset[UUID]:
    """Return the records of these ids, or those that took their place."""
    wanted = {one for one in ids if isinstance(one, UUID)}
    rows: Any = model._default_manager.filter(pk__in=wanted).exclude(merged_into=None)
    survivors: dict[UUID, UUID] = dict(rows.values_list("pk", "merged_into"))
    return frozenset(survivors.get(one, one) for one in wanted)


def counterparts_as_stored(engagement: Engagement) -> Counterparts:
    """Return the counterparts of a stored engagement; who was merged counts as the survivor."""
    people, organizations, countries = set(), set(), set()
    theirs = engagement.participants.filter(side=Side.THEIRS).select_related("person", "organization")
    for participant in theirs.prefetch_related("capacities__organization"):
        if participant.person is not None:
            people.add(participant.person.merged_into_id or participant.person.pk)
        bodies = [participant.organization, *(one.organization for one in participant.capacities.all())]
        organizations |= {body.merged_into_id or body.pk for body in bodies if body is not None}
        countries |= {one.country_id for one in participant.capacities.all() if one.country_id}
    return Counterparts(frozenset(people), frozenset(organizations), frozenset(countries))


def open_items_with(counterparts: Counterparts, *, by: Actor) -> ActionItemQuerySet:
    """Return what is still owed with these counterparts, as far as the actor sees it, by due day.

    From engagements with them, under agreements that bind them, and of mandates of their bodies.
    """
    items = ActionItem.objects.visible_to(by).live().open().order_by("sort_due", "pk")
    if not counterparts:
        return items.none()
    return items.with_any_counterpart(counterparts, seen=lambda rows: rows.visible_to(by).live())


def open_items_of(engagement: Engagement, *, by: Actor) -> ActionItemQuerySet:
    """Return what is still owed with any counterpart of this engagement, from itself too, by due day."""
    return open_items_with(counterparts_as_stored(engagement), by=by)


def references_of_open_items(counterparts: Counterparts, *, without: UUID, listed: Collection[UUID]) -> list[str]:
    """Return the references of what else is owed with them and is not on the list, to be told on the record.

    What is restricted is left out: the record has other readers than the one who enters it.
    """
    items = open_items_with(counterparts, by=current_actor()).exclude(engagement=without).exclude(marking="restricted")
    return list(items.exclude(pk__in=list(listed)).values_list("reference", flat=True))
