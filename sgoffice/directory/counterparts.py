"""Who counts as a counterpart: whom a participant, a party or a body names, and which organizations are a country's.

The rule for values. `querysets.naming()` is the same rule as a condition for the database; a generated test holds the
two equal. Plain values, no I/O.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol
from uuid import UUID

from sgoffice.directory.vocabulary import Classification, CounterpartKind

#: Who may speak for a country: what these sign binds it, and what is released to it is released to them.
SPEAKS_FOR_COUNTRY = frozenset({Classification.NATIONAL_CENTRAL_BUREAU, Classification.GOVERNMENT})
#: Whose meetings and promises count as the country's. A ministry is met for its country, but an arrangement that it
#: signs for itself does not bind the State, and being met gives nobody the right to read what is released to a State.
COUNTS_FOR_COUNTRY = SPEAKS_FOR_COUNTRY | {Classification.MINISTRY}


class Key(NamedTuple):
    """A counterpart: a person or an organization by id, a country by code."""

    kind: str
    key: UUID | str


class Named(Protocol):
    """A person or an organization of the directory; after a merge the survivor counts."""

    pk: UUID
    merged_into_id: UUID | None


class NamedBody(Named, Protocol):
    """An organization of the directory."""

    country_id: str | None
    classification: str


@dataclass(frozen=True)
class Counterparts:
    """People, organizations, countries (codes): whoever sits on the other side, or is looked for there.

    `has_merged` tells whether what was merged into each of them, or what they were merged into, is among them already.
    """

    people: AbstractSet[UUID] = field(default_factory=frozenset)
    organizations: AbstractSet[UUID] = field(default_factory=frozenset)
    countries: AbstractSet[str] = field(default_factory=frozenset)
    has_merged: bool = False

    def __bool__(self) -> bool:
        return bool(self.people or self.organizations or self.countries)

    @classmethod
    def of(cls, keys: Iterable[Key]) -> "Counterparts":
        keys = list(keys)
        return cls(
            frozenset(key for kind, key in keys if kind == CounterpartKind.PERSON and isinstance(key, UUID)),
            frozenset(key for kind, key in keys if kind == CounterpartKind.ORGANIZATION and isinstance(key, UUID)),
            frozenset(key for kind, key in keys if kind == CounterpartKind.COUNTRY and isinstance(key, str)),
        )


def country_of(body: NamedBody, classes: AbstractSet[str] = COUNTS_FOR_COUNTRY) -> str:
    """Return the code of the country that an organization counts for, or an empty text."""
    return (body.country_id or "") if body.classification in classes else ""


def keys_named(
    *,
    person: Named | None = None,
    organization: NamedBody | None = None,
    country: str | None = None,
    classes: AbstractSet[str] = COUNTS_FOR_COUNTRY,
) -> Iterator[Key]:
    """Yield every counterpart that a line with these columns names: who is named, and the country they count for."""
    if person is not None:
        yield Key(CounterpartKind.PERSON, person.merged_into_id or person.pk)
    if organization is not None:
        yield Key(CounterpartKind.ORGANIZATION, organization.merged_into_id or organization.pk)
        if code := country_of(organization, classes):
            yield Key(CounterpartKind.COUNTRY, code)
    if country:
        yield Key(CounterpartKind.COUNTRY, country)
