"""Warn of participants with a post of an organization whose holders the register knows, and who do not hold it then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from appointments.models import Post
from engagements.models import Engagement
from engagements.rules import Days, EngagementWarning, warn_of_post_claim
from engagements.services.participants import participants_of
from engagements.services.principals import find_tenures
from sgoffice import documents
from sgoffice.changes.findings import finds_again
from sgoffice.directory.models import Person
from sgoffice.directory.rules import fold
from sgoffice.records.entries import to_json
from sgoffice.records.readership import Readership

_RULE = "post-held-by-another"


@dataclass(frozen=True)
class _Claim:
    """A person who takes part with a title in an organization."""

    position: int
    person: UUID
    title: str
    organization: UUID


def warn_of_post_claims(engagement: Engagement, days: Days | None) -> None:
    """Set the warnings of an open engagement about posts that its participants have."""
    claims = [
        _Claim(place, one.person, capacity.title, capacity.organization)
        for place, one in enumerate(participants_of(engagement))
        for capacity in one.capacities
        if isinstance(one.person, UUID) and isinstance(capacity.organization, UUID) and capacity.title
    ]
    found = _find_warnings(claims, days, Readership.of(engagement)) if days and claims else ()
    others = [warning for warning in engagement.warnings if warning["rule"] != _RULE]
    engagement.warnings = [*others, *to_json(list(found))]


@finds_again(Engagement.record_kind)
def find_post_claims_again(engagement: Engagement, _before: Readership) -> None:
    """Find again what the terms tell that all readers of an open engagement may read."""
    warn_of_post_claims(engagement, Days.of(engagement.held) if engagement.held else None)


def _find_warnings(claims: list[_Claim], days: Days, readers: Readership) -> Iterator[EngagementWarning]:
    bodies = list({claim.organization for claim in claims})

    def rows(values: Sequence[Any]) -> QuerySet[Post]:
        return Post.objects.live().filter(organization__in=values)

    for post in documents.kept_instances(("posts of organizations", len(bodies)), rows, bodies):
        named = [claim for claim in claims if claim.organization == post.organization_id and _is(post, claim.title)]
        tenures = find_tenures(post.pk, readers) if named else []
        people = Person.objects.in_bulk({claim.person for claim in named}) if tenures else {}
        for claim in named:
            if person := people.get(claim.person):
                survivor, pointer = person.merged_into_id or person.pk, f"/participants/{claim.position}"
                yield from warn_of_post_claim(survivor, person.name, post.label, days, tenures, pointer=pointer)


def _is(post: Post, title: str) -> bool:
    """Tell whether a title is that of the post: “President”, “President of INTERPOL”, but not “Vice-President”."""
    label, given = fold(post.label), fold(title)
    return given == label or given.startswith(f"{label} of ")
