"""The action items that both sides still owe."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from engagements.models import ActionItem, Engagement
from engagements.reports.services.contacts import one_of
from engagements.reports.services.counterparts import Counterpart
from engagements.reports.services.lines import OpenItem, Owed, mention
from engagements.reports.vocabulary import CounterpartKind
from engagements.vocabulary import Owing
from sgoffice.records.actors import Actor

MOST = 50
_OWNERS = {CounterpartKind.PERSON: "owner_person", CounterpartKind.ORGANIZATION: "owner_organization"}


def owed_with(counterpart: Counterpart, engagements: Iterable[UUID], on: date, *, actor: Actor) -> Owed:
    """Return what is open from the engagements with a counterpart, and what the counterpart itself shall see to."""
    ids = one_of(engagements)
    condition = Q(engagement__in=ids) | Q(engagement__merged_into__in=ids)
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


def open_items(actor: Actor) -> Any:
    """Return what somebody still owes, as far as the reader may see it, what is due first standing first."""
    rows = ActionItem.objects.visible_to(actor).live().open().order_by("sort_due", "pk")
    return rows.select_related("engagement", "owner_user", "owner_person", "owner_organization")


def item_lines(items: Iterable[ActionItem], on: date, *, actor: Actor) -> tuple[OpenItem, ...]:
    """Return the lines of action items, each with its engagement where the reader may see that."""
    items = list(items)
    ids = [item.engagement_id for item in items]
    merged = Engagement.objects.filter(pk__in=ids).exclude(merged_into=None).values_list("pk", "merged_into")
    survivors = dict(merged)
    seen = Engagement.objects.visible_to(actor).live().in_bulk([*ids, *survivors.values()])
    return tuple(_line(item, seen.get(survivors.get(item.engagement_id, item.engagement_id)), on) for item in items)


def _line(item: ActionItem, engagement: Engagement | None, on: date) -> OpenItem:
    owner = item.owner_user or item.owner_person or item.owner_organization or item.owner_unit
    return OpenItem(
        record=mention(item),
        owed_by=item.owed_by,
        owner=str(owner),
        status=item.status,
        due_on=item.due_on,
        is_overdue=item.due_on is not None and item.due_on < on,
        engagement=mention(engagement) if engagement else None,
    )
