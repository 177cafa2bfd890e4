"""Refuse an agreement that the register may already have: nearly the same title, with a counterpart in common."""

from django.db.models import Q

from engagements.agreements.models import Agreement, Party
from engagements.agreements.services.entries import AgreementEntry
from engagements.agreements.vocabulary import PartySide
from sgoffice.changes.merging import same_records
from sgoffice.directory.rules import are_one_text, sort_key
from sgoffice.records.actors import Actor
from sgoffice.records.errors import PossibleDuplicates, RelatedRecord

_MOST = 5  # candidates
_ADVICE = (
    "The register has an agreement of that title with that counterpart: correct or complete it, link it by `relations` "
    "if this one follows it, or send `allow_duplicate: true` if this is a different one."
)


def require_new_agreement(entry: AgreementEntry, *, by: Actor) -> None:
    """Raise PossibleDuplicates for an agreement that the actor may see, but for those that the entry relates to.

    Without a counterpart on one side the title alone decides.
    """
    if entry.allow_duplicate:
        return
    related = [one.agreement for one in entry.relations]
    others = Agreement.objects.visible_to(by).live().exclude(pk__in=related)
    theirs = [party for party in entry.parties if party.side != PartySide.OURS]
    bodies = same_records(party.organization for party in theirs if party.organization)
    countries = [party.country for party in theirs if party.country]
    with_them = Party.objects.filter(Q(organization__in=bodies) | Q(country__in=countries), side=PartySide.THEIRS)
    of_anybody = Party.objects.filter(side=PartySide.THEIRS)
    unsaid = Q(sort=sort_key(entry.title))
    if theirs:
        unsaid &= ~Q(pk__in=of_anybody.values("agreement"))
    rows = others.filter(Q(pk__in=with_them.values("agreement")) | unsaid).order_by("-sort_day", "pk")
    found = [one for one in rows if _is_called_alike(one, entry)][:_MOST]
    if found:
        raise PossibleDuplicates({"/title": [_related_record(one) for one in found]}, advice=_ADVICE)


def _is_called_alike(known: Agreement, entry: AgreementEntry) -> bool:
    """Tell whether one of the titles is the same but for a slip."""
    titles = {known.title, *known.titles.values()}
    return any(are_one_text(title, given) for title in titles for given in {entry.title, *entry.titles.values()})


def _related_record(agreement: Agreement) -> RelatedRecord:
    return RelatedRecord(
        id=agreement.pk,
        kind="agreement",
        label=agreement.title,
        reference=agreement.reference,
        reason="has this title and this counterpart",
    )
