"""Related agreements, followed link by link, limited to what the reader may see."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from engagements.agreements.rules.relations import RelationFact, places_in_chain
from engagements.agreements.vocabulary import ChainPlace, Relation
from sgoffice.records.actors import Actor
from sgoffice.records.models import Entry, Link

#: Upper bound on the size of a chain: the answer about one agreement must not become an export.
MOST = 500


def chain_around(agreement_id: UUID, *, by: Actor) -> tuple[dict[UUID, ChainPlace], list[RelationFact[UUID]]]:
    """Return every agreement related to one, directly or through others, and the relations between them.

    Leaves out what the actor may not see or was entered in error, and what is reached only through it. The survivor
    stands in for a merged agreement. The walk stops after the level that passes `MOST`.
    """
    relations: set[RelationFact[UUID]] = set()
    seen = waiting = {agreement_id}
    while waiting and len(seen) <= MOST:
        found = _relations_of(waiting)
        ends = {end for one in found for end in (one.source, one.target)}
        visible = seen | _visible(ends - seen, by)
        relations |= {one for one in found if one.source in visible and one.target in visible}
        waiting = (ends & visible) - seen
        seen = seen | waiting
    return places_in_chain(agreement_id, relations), sorted(relations, key=lambda one: (str(one.source), one.relation))


def earlier_than(agreement_ids: Iterable[UUID], *, by: Actor) -> set[UUID]:
    """Return these agreements and all that they rest on, as far as the actor may see the way there."""
    seen: set[UUID] = set()
    waiting = set(agreement_ids)
    while waiting:
        seen |= waiting
        rows = Link.objects.filter(source__in=waiting, relation__in=Relation.values)
        waiting = _visible(set(rows.values_list("target", flat=True)) - seen, by)
    return seen


def _relations_of(ids: set[UUID]) -> set[RelationFact[UUID]]:
    """Return the relations from and to these agreements and what was merged into them."""
    named = ids | set(Entry.objects.filter(merged_into__in=ids).values_list("pk", flat=True))
    rows = Link.objects.filter(Q(source__in=named) | Q(target__in=named), relation__in=Relation.values)
    found = set()
    for row in rows.select_related("source", "target"):
        source, target = (end.merged_into_id or end.pk for end in (row.source, row.target))
        if source != target:
            found.add(RelationFact(source, row.relation, target, tuple(row.places)))
    return found


def _visible(ids: set[UUID], by: Actor) -> set[UUID]:
    rows = Entry.objects.visible_to(by).filter(pk__in=ids, is_in_error=False)
    return set(rows.values_list("pk", flat=True))
