"""Warn of participants with a post of an organization whose holders the register knows, and who do not hold it then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from appointments.models import Post
from engagements.models import Engagement
from engagements.rules import Days, EngagementWarning, warn_of_post_claim
from engagements.services.entries import CapacityEntry
from engagements.services.participants import participants_of
from engagements.services.principals import OFFICE_POST, find_tenures
from engagements.vocabulary import Side
from sgoffice import documents
from sgoffice.changes.findings import finds_again
from sgoffice.directory.models import Person
from sgoffice.directory.rules import fold
from sgoffice.records.entries import to_json
from sgoffice.records.readership import Readership

_RULE = "post-held-by-another"


@dataclass(frozen=True)
class _Claim:
    """A person who takes part with a title in an organization; without one, `is_ours` or the title says in which."""

    position: int
    person: UUID
    title: str
    organization: UUID | None
    is_ours: bool


def warn_of_post_claims(engagement: Engagement, days: Days | None) -> None:
    """Set the warnings of an open engagement about posts that its participants have."""
    claims = [
        _Claim(place, one.person, capacity.title, _organization(capacity), one.side == Side.OURS)
        for place, one in enumerate(participants_of(engagement))
        for capacity in one.capacities
        if isinstance(one.person, UUID) and capacity.title and (capacity.organization or not capacity.country)
    ]
    found = _find_warnings(claims, days, Readership.of(engagement)) if days and claims else ()
    others = [warning for warning in engagement.warnings if warning["rule"] != _RULE]
    engagement.warnings = [*others, *to_json(list(found))]


@finds_again(Engagement.record_kind)
def find_post_claims_again(engagement: Engagement, _before: Readership) -> None:
    """Find again what the terms tell that all readers of an open engagement may read."""
    warn_of_post_claims(engagement, Days.of(engagement.held) if engagement.held else None)


def _find_warnings(claims: list[_Claim], days: Days, readers: Readership) -> Iterator[EngagementWarning]:
    for post in _posts(claims):
        named = [claim for claim in claims if _claims(claim, post)]
        tenures = find_tenures(post.pk, readers) if named else []
        people = Person.objects.in_bulk({claim.person for claim in named}) if tenures else {}
        for claim in named:
            if person := people.get(claim.person):
                survivor, pointer = person.merged_into_id or person.pk, f"/participants/{claim.position}"
                yield from warn_of_post_claim(survivor, person.name, post.label, days, tenures, pointer=pointer)


def _organization(capacity: CapacityEntry) -> UUID | None:
    return capacity.organization if isinstance(capacity.organization, UUID) else None


def _posts(claims: list[_Claim]) -> Sequence[Post]:
    """Return the posts of the organizations that are named; where none is, those of the organization of the office."""
    bodies = list({claim.organization for claim in claims if claim.organization})

    def rows(values: Sequence[Any]) -> QuerySet[Post]:
        ours = Post.objects.live().filter(slug=OFFICE_POST).values("organization")
        found = Post.objects.live().filter(Q(organization__in=values) | Q(organization__in=ours))
        return found.select_related("organization")

    return documents.kept_instances(("posts of organizations", len(bodies)), rows, bodies)


def _claims(claim: _Claim, post: Post) -> bool:
    """Tell whether somebody is said to hold a post: by title and organization, or by the title alone.

    “President” and “President of INTERPOL” are the post, “Vice-President” is not. Without an organization “President”
    is ours on our side; on others only if the title names our organization.
    """
    label, given = fold(post.label), fold(claim.title)
    if claim.organization is None and not claim.is_ours:
        names = [post.organization.name, post.organization.acronym, *post.organization.acronym.split("-")]
        return given in {fold(f"{post.label} of {name}") for name in names if name}
    is_there = claim.organization is None or claim.organization == post.organization_id
    return is_there and (given == label or given.startswith(f"{label} of "))
