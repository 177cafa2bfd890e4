"""Register and correct what the directory holds. Everybody above refers to it by id; countries by code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from sgoffice.directory.models import Affiliation, Country, Membership, Office, Organization, Person, Topic
from sgoffice.directory.models.names import NamedRecord
from sgoffice.directory.vocabulary import (
    AffiliationRole,
    Classification,
    CountryStatus,
    OfficeKind,
    OrganizationStatus,
    TopicKind,
)
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.changes import Expected, change, create
from sgoffice.records.entries import Correction, RecordEntry, assign, require_exists, values_of
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.models import Record

R = TypeVar("R", bound=Record)
_CODE = {"field_name": "code"}


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
    """Whether a country is a member of an organization; `name` is the name it is a member under."""

    organization: str
    is_member: bool
    since: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class NamedEntry(RecordEntry):
    """What everything in the directory is entered with."""

    name: str
    other_names: tuple[OtherName, ...] = ()


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
class OrganizationEntry(NamedEntry):
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
    founded: str | None = None
    dissolved: str | None = None
    identifiers: tuple[OutsideIdentifier, ...] = ()
    contact_details: tuple[Contact, ...] = ()
    languages: tuple[str, ...] = ()
    relation: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonEntry(NamedEntry):
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


@dataclass(frozen=True, kw_only=True)
class MembershipEntry(RecordEntry):
    """A role of a person in an organization."""

    person: UUID
    organization: UUID
    role: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, kw_only=True)
class AffiliationEntry(RecordEntry):
    """The part of one organization in another."""

    organization: UUID
    affiliated_with: UUID
    role: str = AffiliationRole.MEMBER
    start: str | None = None
    end: str | None = None


def register_country(entry: CountryEntry, *, by: Actor) -> Country:
    """Register a country. Raises RuleViolation when the code is taken."""
    if Country.objects.filter(code=entry.code).exists():
        raise RuleViolation("There is a country with this code already.", rule="code-taken", pointer="/code")
    return _enter(Country, entry, by=by, verb="register_country")


def correct_country(
    country_id: UUID, correction: Correction[CountryEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Country:
    """Correct a country; its code never changes, since everything refers to it."""
    if "code" in correction:
        raise InvalidEntry([("/code", "The code of a country never changes: register another country.")])
    return _correct(Country, country_id, correction, by=by, expected=expected, reason=reason)


def register_office(entry: OfficeEntry, *, by: Actor) -> Office:
    """Register a seat or office of ours."""
    return _enter(Office, entry, by=by, verb="register_office")


def correct_office(
    office_id: UUID, correction: Correction[OfficeEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Office:
    """Correct an office."""
    return _correct(Office, office_id, correction, by=by, expected=expected, reason=reason)


def register_organization(entry: OrganizationEntry, *, by: Actor) -> Organization:
    """Register an organization or an organ of one."""
    return _enter(Organization, entry, by=by, verb="register_organization")


def correct_organization(
    organization_id: UUID, correction: Correction[OrganizationEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Organization:
    """Correct an organization. Raises RuleViolation when it would become part of itself, through whatever chain."""
    parent = correction.get("parent")
    if parent is not None and organization_id in Organization.objects.above(parent):
        raise RuleViolation("An organization is not part of itself.", rule="own-parent", pointer="/parent")
    return _correct(Organization, organization_id, correction, by=by, expected=expected, reason=reason)


def register_person(entry: PersonEntry, *, by: Actor) -> Person:
    """Register a person."""
    return _enter(Person, entry, by=by, verb="register_person")


def correct_person(
    person_id: UUID, correction: Correction[PersonEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Person:
    """Correct a person; a new name shows in every document that names them."""
    return _correct(Person, person_id, correction, by=by, expected=expected, reason=reason)


def register_topic(entry: TopicEntry, *, by: Actor) -> Topic:
    """Register a topic. Raises RuleViolation when one of that kind has the name already."""
    return _enter(Topic, entry, by=by, verb="register_topic")


def correct_topic(
    topic_id: UUID, correction: Correction[TopicEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Topic:
    """Correct a topic."""
    return _correct(Topic, topic_id, correction, by=by, expected=expected, reason=reason)


def record_membership(entry: MembershipEntry, *, by: Actor) -> Membership:
    """Record that a person has or had a role in an organization. Raises RuleViolation when it ends before it starts."""
    return _enter(Membership, entry, by=by, verb="record_membership")


def correct_membership(
    membership_id: UUID, correction: Correction[MembershipEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Membership:
    """Correct a membership."""
    return _correct(Membership, membership_id, correction, by=by, expected=expected, reason=reason)


def record_affiliation(entry: AffiliationEntry, *, by: Actor) -> Affiliation:
    """Record that an organization takes or took part in another one."""
    return _enter(Affiliation, entry, by=by, verb="record_affiliation")


def correct_affiliation(
    affiliation_id: UUID, correction: Correction[AffiliationEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Affiliation:
    """Correct an affiliation."""
    return _correct(Affiliation, affiliation_id, correction, by=by, expected=expected, reason=reason)


def _enter(model: type[R], entry: Any, *, by: Actor, verb: str) -> R:
    by.require(Permission.WRITE)
    _require_known(entry)
    with create(model, verb=verb, by=by) as record:
        _fill(record, entry)
    return record


def _correct(model: type[R], record_id: UUID, correction: Any, *, by: Actor, expected: Expected, reason: str) -> R:
    by.require(Permission.WRITE)
    _require_known(correction)
    with change(model, record_id, verb="correct", by=by, expected=expected, reason=reason) as record:
        _fill(record, correction)
    return record


def _fill(record: Record, entry: Any) -> None:
    assign(record, entry)
    if isinstance(record, NamedRecord):
        if not record.name.strip():
            raise InvalidEntry([("/name", "A name is needed.")])
        record.refresh_search()


#: Which field refers to what; each is looked up before it is written, so that a typing error is a 400.
_REFERENCES: dict[str, Callable[[Mapping[str, Any]], None]] = {
    "country": lambda keys: require_exists(Country, keys, **_CODE),
    "seat_country": lambda keys: require_exists(Country, keys, **_CODE),
    "parent": lambda keys: require_exists(Organization, keys),
    "successor": lambda keys: require_exists(Organization, keys),
    "organization": lambda keys: require_exists(Organization, keys),
    "affiliated_with": lambda keys: require_exists(Organization, keys),
    "person": lambda keys: require_exists(Person, keys),
}


def _require_known(entry: Any) -> None:
    for name, value in values_of(entry).items():
        if name in _REFERENCES and value is not None:
            _REFERENCES[name]({f"/{name}": value})
