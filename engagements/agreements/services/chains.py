"""The agreements that hang together: read under the reader's sight, link by link."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from engagements.agreements.rules.chains import Tie, places_in_chain
from engagements.agreements.vocabulary import ChainPlace, Relation
from sgoffice.records.actors import Actor
from sgoffice.records.models import Entry, Link

#: More than hang together anywhere; what is asked of one agreement stays an answer and no export.
MOST = 500


def chain_around(agreement_id: UUID, *, by: Actor) -> tuple[dict[UUID, ChainPlace], list[Tie[UUID]]]:
    """Return every agreement that hangs together with one, and the relations between them.

    What the actor may not see, or was entered in error, is not there, nor is what hangs on it alone. A merged agreement
    is the one that took its place. The walk ends with the level that passes `MOST`.
    """
    ties: set[Tie[UUID]] = set()
    seen = waiting = {agreement_id}
    while waiting and len(seen) <= MOST:
        found = _ties_of(waiting)
        ends = {end for tie in found for end in (tie.source, tie.target)}
        visible = seen | _visible(ends - seen, by)
        ties |= {tie for tie in found if tie.source in visible and tie.target in visible}
        waiting = (ends & visible) - seen
        seen = seen | waiting
    return places_in_chain(agreement_id, ties), sorted(ties, key=lambda tie: (str(tie.source), tie.relation))


def earlier_than(agreement_ids: Iterable[UUID]) -> set[UUID]:
    """Return these agreements and all that they rest on, whoever may see them."""
    seen: set[UUID] = set()
    waiting = set(agreement_ids)
    while waiting:
        seen |= waiting
        rows = Link.objects.filter(source__in=waiting, relation__in=Relation.values)
        waiting = set(rows.values_list("target", flat=True)) - seen
    return seen


def _ties_of(ids: set[UUID]) -> set[Tie[UUID]]:
    """Return the relations that these agreements, or what was merged into them, have or are named in."""
    named = ids | set(Entry.objects.filter(merged_into__in=ids).values_list("pk", flat=True))
    rows = Link.objects.filter(Q(source__in=named) | Q(target__in=named), relation__in=Relation.values)
    found = set()
    for row in rows.select_related("source", "target"):
        source, target = (end.merged_into_id or end.pk for end in (row.source, row.target))
        if source != target:
            found.add(Tie(source, row.relation, target, tuple(row.places)))
    return found


def _visible(ids: set[UUID], by: Actor) -> set[UUID]:
    rows = Entry.objects.visible_to(by).filter(pk__in=ids, is_in_error=False)
    return set(rows.values_list("pk", flat=True))
