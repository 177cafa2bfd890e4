"""What the services of the directory take: frozen values. Countries are named by code, records by id."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sgoffice.directory.vocabulary import (
    AffiliationRole,
    Classification,
    CountryStatus,
    OfficeKind,
    OrganizationStatus,
    TopicKind,
)
from sgoffice.records.entries import RecordEntry
from sgoffice.records.markings import Marking
from sgoffice.records.references import register_references

register_references(
    {
        "affiliated_with": "organization",
        "office": "office",
        "organization": "organization",
        "parent": "organization",
        "person": "person",
        "successor": "organization",
        "topic": "topic",
        "topics": "topic",
    }
)


@dataclass(frozen=True, kw_only=True)
class OtherName:
    """Another name: a former one (`until`), another spelling, another language or script."""

    name: str
    note: str = ""
    language: str = ""
    until: str = ""


@dataclass(frozen=True, kw_only=True)
class Contact:
    """How to reach somebody: `type` is address, telephone, email or url."""

    type: str
    value: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class OutsideIdentifier:
    """What another register calls it."""

    scheme: str
    identifier: str


@dataclass(frozen=True, kw_only=True)
class Region:
    """A region that a country belongs to, by scheme (m49, interpol)."""

    scheme: str
    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class CountryMembership:
    """Whether a country is a member of an organization, or a period in which it was one (`since`, `until`).

    A State that left and came back has a period for each time. `name` is the name that it is a member under.
    """

    organization: str
    is_member: bool
    since: str = ""
    until: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class NamedEntry(RecordEntry):
    """What everything in the directory is entered with; a correction of the name can say since when it counts.

    A name that another one has, or nearly, is refused with the candidates unless `allow_duplicate` is set.
    """

    name: str
    other_names: tuple[OtherName, ...] = ()
    renamed_on: str | None = field(
        default=None,
        metadata={
            "is_date": True,
            "help_text": (
                "With a new name: since when it is called so (EDTF). The old one is kept among `other_names` until "
                "then, in each language; one that was wrong from the start is not if `other_names` is sent instead."
            ),
        },
    )
    allow_duplicate: bool = field(
        default=False,
        metadata={"help_text": "This is another one than those that the register has under this name, or nearly."},
    )


@dataclass(frozen=True, kw_only=True)
class FollowingEntry(NamedEntry):
    """What people and organizations are entered with; `restricted` ones are read by those of what names them."""

    marking: str = Marking.INTERNAL


@dataclass(frozen=True, kw_only=True)
class CountryEntry(NamedEntry):
    """A country, a former State, or a reserved code."""

    code: str
    alpha3: str = ""
    numeric: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    status: str = CountryStatus.NOT_A_MEMBER
    regions: tuple[Region, ...] = ()
    memberships: tuple[CountryMembership, ...] = ()
    ended: str | None = None


@dataclass(frozen=True, kw_only=True)
class OfficeEntry(NamedEntry):
    """A seat or office of ours."""

    kind: str = OfficeKind.REGIONAL_BUREAU
    city: str
    country: str
    opened: str | None = None
    closed: str | None = None
    serves: str = ""


@dataclass(frozen=True, kw_only=True)
class OrganizationEntry(FollowingEntry):
    """An organization or an organ of one."""

    acronym: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    classification: str = Classification.OTHER
    parent: UUID | None = None
    successor: UUID | None = None
    country: str | None = None
    seat_city: str = ""
    seat_country: str | None = None
    status: str = OrganizationStatus.NOT_KNOWN
    founding_date: str | None = None
    dissolution_date: str | None = None
    identifiers: tuple[OutsideIdentifier, ...] = ()
    contact_details: tuple[Contact, ...] = ()
    languages: tuple[str, ...] = ()
    relation: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonEntry(FollowingEntry):
    """A person."""

    family_name: str = ""
    given_name: str = ""
    sort_name: str = ""
    honorific_prefix: str = ""
    identifiers: tuple[OutsideIdentifier, ...] = ()
    contact_details: tuple[Contact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TopicEntry(NamedEntry):
    """What a meeting or an agreement is about."""

    kind: str = TopicKind.CRIME_AREA
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class MembershipEntry(RecordEntry):
    """A role of a person in an organization."""

    person: UUID
    organization: UUID
    role: str
    start_date: str | None = None
    end_date: str | None = None


@dataclass(frozen=True, kw_only=True)
class AffiliationEntry(RecordEntry):
    """The part of one organization in another."""

    organization: UUID
    affiliated_with: UUID
    role: str = AffiliationRole.MEMBER
    start_date: str | None = None
    end_date: str | None = None
