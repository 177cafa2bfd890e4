"""The action items that both sides still owe."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from appointments.models import Mandate
from engagements.agreements.models import Agreement
from engagements.models import ActionItem, Engagement
from engagements.reports.services.contacts import one_of
from engagements.reports.services.counterparts import Counterpart
from engagements.reports.services.lines import Mention, OpenItem, Owed, mention
from engagements.reports.services.standing import Bound
from engagements.reports.vocabulary import CounterpartKind
from engagements.rules import Counterparts
from engagements.vocabulary import ABOUT, Owing
from sgoffice.records.actors import Actor

MOST = 50
_OWNERS = {CounterpartKind.PERSON: "owner_person", CounterpartKind.ORGANIZATION: "owner_organization"}


def owed_with(counterpart: Counterpart, bound: Bound, engagements: Iterable[UUID], on: date, *, actor: Actor) -> Owed:
    """Return what is open from the engagements with a counterpart, and what the counterpart itself shall see to.

    Besides what is owed of agreements that bind those for whom it stands, and of mandates of their bodies.
    """
    ids = one_of(engagements)
    condition = Q(engagement__in=ids) | Q(engagement__merged_into__in=ids) | owed_under(bound, actor)
    if owner := _OWNERS.get(CounterpartKind(counterpart.kind)):
        condition |= Q(**{f"{owner}__in": counterpart.ids})
    rows = open_items(actor).filter(condition)
    totals = {side: rows.filter(owed_by=side).count() for side in Owing.values}
    found = [item for side in Owing.values for item in rows.filter(owed_by=side)[:MOST]]
    lines = item_lines(found, on, actor=actor)
    return Owed(
        ours=tuple(line for line in lines if line.owed_by == Owing.OURS),
        ours_total=totals[Owing.OURS],
        theirs=tuple(line for line in lines if line.owed_by == Owing.THEIRS),
        theirs_total=totals[Owing.THEIRS],
    )


def owed_under(bound: Bound, actor: Actor) -> Q:
    """Return the condition that an action item is about an agreement or a mandate of theirs that the reader may see."""
    theirs = Counterparts(organizations=bound.organizations, countries=bound.countries)
    return ActionItem.objects.owed_under(theirs, seen=lambda rows: rows.visible_to(actor).live())


def open_items(actor: Actor) -> Any:
    """Return what somebody still owes, as far as the reader may see it, what is due first standing first."""
    rows = ActionItem.objects.visible_to(actor).live().open().order_by("sort_due", "pk")
    return rows.select_related(*ABOUT, "owner_user", "owner_person", "owner_organization")


def item_lines(items: Iterable[ActionItem], on: date, *, actor: Actor) -> tuple[OpenItem, ...]:
    """Return the lines of action items, each with what it is about where the reader may see that."""
    items = list(items)
    seen = _mentions({about_of(item) for item in items}, actor)
    return tuple(_line(item, seen.get(about_of(item)), on) for item in items)


def about_of(item: ActionItem) -> UUID:
    """Return the id of what an item is about, or of the record that took its place."""
    return item.about.merged_into_id or item.about.pk


def _mentions(ids: set[UUID], actor: Actor) -> dict[UUID, Mention]:
    """Return the mentions of engagements, mandates and agreements that the reader may see."""
    found: dict[UUID, Mention] = {}
    rows: Any
    for rows in (Engagement.objects, Mandate.objects.select_related("decision"), Agreement.objects):
        found |= {one.pk: mention(one) for one in rows.visible_to(actor).live().filter(pk__in=ids)}
    return found


def _line(item: ActionItem, about: Mention | None, on: date) -> OpenItem:
    owner = item.owner_user or item.owner_person or item.owner_organization or item.owner_unit
    return OpenItem(
        record=mention(item),
        owed_by=item.owed_by,
        owner=str(owner),
        status=item.status,
        due_on=item.due_on,
        is_overdue=item.due_on is not None and item.due_on < on,
        **{name: about if about is not None and about.kind == name else None for name in ABOUT},
    )
