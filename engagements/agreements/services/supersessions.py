"""When agreements were superseded: by their relations and by what is recorded of those that supersede them."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from engagements.agreements.models import Agreement, Period
from engagements.agreements.rules import Window
from engagements.agreements.rules.supersessions import ForceFact, entry_of, superseded_in
from engagements.agreements.services.mappers import stored_supersession
from engagements.agreements.vocabulary import Relation
from sgoffice.records.models import Entry, Link
from sgoffice.records.readership import Readership


def superseded(agreement: Agreement) -> Window | None:
    """Return when an agreement was superseded as a whole; None while nothing says so.

    What the agreement tells of the others it takes only from those that all of its readers may read.
    """
    named = [agreement.pk, *Entry.objects.filter(merged_into=agreement.pk).values_list("pk", flat=True)]
    links = Link.objects.filter(target__in=named, relation=Relation.SUPERSEDES, places=[]).select_related("source")
    sources = {link.source.merged_into_id or link.source_id for link in links} - {agreement.pk}
    if not sources:
        return None
    newer = Agreement.objects.live().readable_by_readers_of(Readership.of(agreement)).filter(pk__in=sources)
    periods: dict[UUID, list[ForceFact]] = defaultdict(list)
    rows = Period.objects.filter(agreement__in=newer.values("pk")).order_by("agreement", "during")
    for key, during, is_in_force, status in rows.values_list("agreement", "during", "is_in_force", "status"):
        periods[key].append(ForceFact(during.lower, is_in_force, status))
    return superseded_in([entry_of(one) for one in periods.values()])


def targets_of(agreement_id: UUID) -> set[UUID]:
    """Return the agreements that one supersedes as a whole."""
    links = Link.objects.filter(source=agreement_id, relation=Relation.SUPERSEDES, places=[]).select_related("target")
    return {link.target.merged_into_id or link.target_id for link in links}


def find_contradicted(ids: Iterable[UUID] | None = None) -> list[UUID]:
    """Return live agreements whose stored supersession is not what follows from those that supersede them."""
    rows = Agreement.objects.live()
    if ids is None:
        linked = Link.objects.filter(relation=Relation.SUPERSEDES).values("target")
        merged = Entry.objects.filter(pk__in=linked).values("merged_into")
        rows = rows.filter(Q(pk__in=linked) | Q(pk__in=merged) | Q(superseded_earliest__isnull=False))
    else:
        rows = rows.filter(pk__in=list(ids))
    return [one.pk for one in rows.order_by("pk") if superseded(one) != stored_supersession(one)]
