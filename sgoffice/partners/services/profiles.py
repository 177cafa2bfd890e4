"""What a partner is told of itself: which kinds it may get, because of what, and how far it has pulled."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sgoffice.feed import queries
from sgoffice.partners.models import Partner, Pull, Release, ReleasedRecord
from sgoffice.partners.services.pulls import MOST_BEHIND, available_entries
from sgoffice.partners.vocabulary import ReleaseCondition, ReleaseState

_PUBLIC = "Public records of these kinds: every partner gets them."
_CHOSEN = "Records that the office chose for you, one by one."


@dataclass(frozen=True)
class PartnerProfile:
    """A partner as it sees itself."""

    client_id: str
    name: str
    contact: str
    kinds: tuple[str, ...]
    releases: tuple[str, ...]
    records: dict[str, int]
    pulled_at: datetime | None
    behind: int


def partner_profile(partner_id: UUID) -> PartnerProfile:
    """Return what a partner may know of itself: nothing that its stream does not carry."""
    partner = Partner.objects.get(pk=partner_id)
    pull = Pull.objects.filter(partner=partner_id).first()
    position = pull.position if pull else 0
    return PartnerProfile(
        client_id=partner.slug,
        name=partner.name,
        contact=partner.contact,
        kinds=tuple(sorted(partner.kinds)),
        releases=tuple(_releases(partner)),
        records=queries.count_by_kind(partner_id),
        pulled_at=pull.pulled_at if pull else None,
        behind=queries.count_changes_after(partner_id, position, MOST_BEHIND),
    )


def _releases(partner: Partner) -> list[str]:
    """Return in words why the partner gets what it gets, without purposes, which are for approvers."""
    if not partner.kinds:
        return []
    approved = Release.objects.live().filter(partner=partner, state=ReleaseState.APPROVED)
    rules = approved.filter(condition=ReleaseCondition.PARTNER_IS_NAMED, kind__in=partner.kinds)
    chosen = ReleasedRecord.objects.filter(release__in=approved, is_withdrawn=False).values("entry")
    named = [
        f"All {kind} records that name you as party or counterpart, those to come included."
        for kind in sorted(set(rules.values_list("kind", flat=True)))
    ]
    is_chosen = available_entries(partner.pk).filter(pk__in=chosen).exists()
    return [_PUBLIC, *named, *([_CHOSEN] if is_chosen else [])]
