"""What is known of a person beside the name: whether it contradicts what an entry says of somebody of that name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce

from appointments.models import Appointment
from engagements.models import Capacity, Engagement
from sgoffice.changes.merging import same_records
from sgoffice.directory.models import Membership, Organization
from sgoffice.directory.rules import are_alike_titles
from sgoffice.records.readership import Readership


@dataclass(frozen=True)
class Circumstances:
    """The countries, organizations and titles of somebody; an organization that is new to the register is None."""

    countries: frozenset[str]
    organizations: frozenset[UUID | None]
    titles: frozenset[str]

    def contradiction(self, said: "Circumstances") -> str:
        """Return what contradicts what is said of somebody of this name, in a word; nothing if they may be one.

        Countries contradict that have none in common, organizations as well, and titles unless the organization is the
        same. Where one side has no such thing, the other cannot contradict; but places must have one in common.
        """
        if _differ(self.countries, said.countries):
            return "country"
        if _differ(self.organizations, said.organizations):
            return "organization"
        shared = self.countries & said.countries or self.organizations & said.organizations
        if not shared and (self.countries or self.organizations) and (said.countries or said.organizations):
            return "organization"
        is_same_place = bool(self.organizations & said.organizations)
        if self.titles and said.titles and not is_same_place and not _are_alike(self.titles, said.titles):
            return "title"
        return ""


def said_of(
    countries: Iterable[str], organizations: Iterable[UUID | None], titles: Iterable[str], *, readers: Readership
) -> Circumstances:
    """Return what an entry says; an organization that all of these readers may read stands for its country as well."""
    named = list(organizations)
    rows = Organization.objects.readable_by_readers_of(readers).filter(pk__in=[one for one in named if one])
    survivors: dict[UUID | None, UUID] = {}
    codes = set(countries)
    for one in rows:
        survivors[one.pk] = one.merged_into_id or one.pk
        codes |= {one.country_id} if one.country_id else set()
    return Circumstances(
        frozenset(codes),
        frozenset(survivors.get(one) for one in named),
        frozenset(title for title in titles if title.strip()),
    )


def known_of(person_id: UUID, readers: Readership) -> Circumstances:
    """Return what meetings, memberships and appointments say of a person, those that all of these readers may read."""
    countries: set[str] = set()
    organizations: set[UUID | None] = set()
    titles: set[str] = set()
    for title, organization, country, own in _facts(same_records([person_id]), readers):
        titles |= {title} if title else set()
        organizations |= {organization} if organization else set()
        countries |= {code for code in (country, own) if code}
    return Circumstances(frozenset(countries), frozenset(organizations), frozenset(titles))


def _facts(people: list[UUID], readers: Readership) -> Iterator[tuple[str, UUID | None, str | None, str | None]]:
    body = Coalesce("organization__merged_into", "organization")
    met = Engagement.objects.readable_by_readers_of(readers).live()
    rows: Any = Capacity.objects.filter(participant__person__in=people, engagement__in=met.values("pk"))
    yield from rows.values_list("title", body, "country", "organization__country").distinct()
    held: Any = Membership.objects.readable_by_readers_of(readers).live().filter(person__in=people)
    yield from held.values_list("role", body, F("organization__country"), "organization__country").distinct()
    posts: Any = Appointment.objects.readable_by_readers_of(readers).live().filter(person__in=people)
    for title, label in posts.values_list("title", "post__label").distinct():
        yield from ((one, None, None, None) for one in (title, label))


def _differ(known: frozenset[Any], said: frozenset[Any]) -> bool:
    return bool(known and said and not known & said)


def _are_alike(known: Iterable[str], said: Iterable[str]) -> bool:
    return any(are_alike_titles(one, other) for one in known for other in said)
