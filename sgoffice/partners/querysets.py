"""The queryset of partners: staff see all of them, a partner's system itself."""

from typing import Self
from uuid import UUID

from django.db.models import Manager

from sgoffice.records.actors import Actor
from sgoffice.records.querysets import M_co, RecordQuerySet


class PartnerQuerySet(RecordQuerySet[M_co]):
    """Partners as somebody may see them."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what the actor may see: a partner's system may see itself, and so look after its endpoints."""
        return self.filter(pk=UUID(actor.id)) if actor.kind == "partner" else super().visible_to(actor)


PartnerManager = Manager.from_queryset(PartnerQuerySet)
