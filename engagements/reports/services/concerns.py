"""Of all engagements with counterparts the few that further questions of a brief are about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from engagements.models import ActionItem
from engagements.reports.services.contacts import Contacts, one_of
from engagements.vocabulary import Relation
from sgoffice.records.actors import Actor
from sgoffice.records.models import Link


@dataclass(frozen=True)
class Concerns:
    """The open action items promised at engagements, and which engagements concern a decision.

    Somebody may have been met thousands of times: what these are asked for is asked of them alone.
    """

    items: Sequence[UUID]
    engagements: Sequence[UUID]

    @classmethod
    def of(cls, items: Iterable[ActionItem], ties: Iterable[Link]) -> "Concerns":
        """Return what was read of the rows of concerns_of()."""
        return cls([one.pk for one in items], list({one.source_id for one in ties}))


def concerns_of(contacts: Sequence[Contacts], *, actor: Actor) -> tuple[Any, Any]:
    """Return the open action items of all these engagements that the reader may see, and their links to decisions."""
    met = {pk for one in contacts for pk in one.ids}
    if not met:
        return ActionItem.objects.none(), Link.objects.none()
    at_these = Q(engagement__in=one_of(met)) | Q(engagement__merged_into__in=one_of(met))
    items = ActionItem.objects.visible_to(actor).live().open().filter(at_these).order_by()
    ties = Link.objects.filter(relation=Relation.DECISION, source__in=one_of(met)).order_by()
    return items.only("pk"), ties.only("source")
