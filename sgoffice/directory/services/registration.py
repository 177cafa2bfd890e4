"""Register and correct what the directory holds. Everybody above refers to it by id; countries by code."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from sgoffice.changes.door import Expected, change, create
from sgoffice.changes.references import takes_names
from sgoffice.directory.models import Affiliation, Country, Membership, Office, Organization, Person, Topic
from sgoffice.directory.models.names import FollowingRecord, NamedRecord
from sgoffice.directory.rules import find_wrong_periods
from sgoffice.directory.services.entries import (
    AffiliationEntry,
    CountryEntry,
    MembershipEntry,
    OfficeEntry,
    OrganizationEntry,
    PersonEntry,
    TopicEntry,
)
from sgoffice.directory.services.former_names import SINCE, Called, keep_former_names, require_no_rename
from sgoffice.directory.services.namesakes import ANOTHER, require_new, require_new_name
from sgoffice.directory.services.places import require_no_state
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import Correction, assign_fields, given_values, require_exists
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.markings import Marking
from sgoffice.records.models import Record
from sgoffice.records.readership import Readership
from sgoffice.records.wording import why_no_name

R = TypeVar("R", bound=Record)


def register_country(entry: CountryEntry, *, by: Actor) -> Country:
    """Register a country. Raises RuleViolation when the code is taken."""
    if Country.objects.filter(code=entry.code).exists():
        raise RuleViolation("There is a country with this code already.", rule="code-taken", pointer="/code")
    return _enter(Country, entry, by=by, verb="register_country")


def correct_country(
    country_id: UUID, correction: Correction[CountryEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Country:
    """Correct a country; its code never changes, since everything refers to it."""
    if "code" in correction and Country.objects.filter(pk=country_id).exclude(code=correction.get("code")).exists():
        raise InvalidEntry([("/code", "The code of a country never changes: register another country.")])
    return _correct(Country, country_id, correction, by=by, expected=expected, reason=reason)


def register_office(entry: OfficeEntry, *, by: Actor) -> Office:
    """Register a seat or office of ours. Raises PossibleDuplicates for one of nearly that name in the city."""
    return _enter(Office, entry, by=by, verb="register_office")


def correct_office(
    office_id: UUID, correction: Correction[OfficeEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Office:
    """Correct an office."""
    return _correct(Office, office_id, correction, by=by, expected=expected, reason=reason)


@takes_names
def register_organization(entry: OrganizationEntry, *, by: Actor, named_in: Readership | None = None) -> Organization:
    """Register an organization or an organ of one.

    Raises RuleViolation for the name of a State, PossibleDuplicates for that of one that is there, or nearly.
    All staff reads it, unless it is `named_in` a record of these readers: then those do who may read one that names it.
    """
    require_no_state(entry.name, entry.country)
    return _enter(Organization, entry, by=by, verb="register_organization", named_in=named_in)


@takes_names
def correct_organization(
    organization_id: UUID, correction: Correction[OrganizationEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Organization:
    """Correct an organization.

    Raises RuleViolation when it would become part of itself, or take its own place, through whatever chain, and for the
    name of a State.
    """
    if "name" in correction:
        require_no_state(correction.get("name"), correction.get("country"))
    successor = correction.get("successor")
    if successor is not None and organization_id in Organization.objects.after(successor):
        raise RuleViolation("An organization does not take its own place.", rule="own-successor", pointer="/successor")
    parent = correction.get("parent")
    if parent is not None and organization_id in Organization.objects.above(parent):
        raise RuleViolation("An organization is not part of itself.", rule="own-parent", pointer="/parent")
    return _correct(Organization, organization_id, correction, by=by, expected=expected, reason=reason)


def register_person(entry: PersonEntry, *, by: Actor, named_in: Readership | None = None) -> Person:
    """Register a person. Raises PossibleDuplicates for the name of one who is there, or nearly.

    All staff reads them, unless they are `named_in` a record of these readers: then those do who may read one that
    names them.
    """
    return _enter(Person, entry, by=by, verb="register_person", named_in=named_in)


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


@takes_names
def record_membership(entry: MembershipEntry, *, by: Actor) -> Membership:
    """Record that a person has or had a role in an organization. Raises RuleViolation when it ends before it starts."""
    return _enter(Membership, entry, by=by, verb="record_membership")


@takes_names
def correct_membership(
    membership_id: UUID, correction: Correction[MembershipEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Membership:
    """Correct a membership."""
    return _correct(Membership, membership_id, correction, by=by, expected=expected, reason=reason)


@takes_names
def record_affiliation(entry: AffiliationEntry, *, by: Actor) -> Affiliation:
    """Record that an organization takes or took part in another one."""
    return _enter(Affiliation, entry, by=by, verb="record_affiliation")


@takes_names
def correct_affiliation(
    affiliation_id: UUID, correction: Correction[AffiliationEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Affiliation:
    """Correct an affiliation."""
    return _correct(Affiliation, affiliation_id, correction, by=by, expected=expected, reason=reason)


def _enter(model: type[R], entry: Any, *, by: Actor, verb: str, named_in: Readership | None = None) -> R:
    by.require(Permission.WRITE)
    _require_known(entry, by)
    require_no_rename(entry)
    with create(model, verb=verb, by=by) as record:
        _fill(record, entry)
        if isinstance(record, NamedRecord):
            require_new(type(record), given_values(entry), by=by)
        if isinstance(record, FollowingRecord):
            if named_in is not None and record.own_marking != Marking.RESTRICTED:
                record.own_marking = Marking.RESTRICTED if named_in.marking == Marking.RESTRICTED else ""
            record.own_author = "" if record.own_marking == Marking.INTERNAL else by.id
    return record


def _correct(model: type[R], record_id: UUID, correction: Any, *, by: Actor, expected: Expected, reason: str) -> R:
    by.require(Permission.WRITE)
    _require_known(correction, by)
    with change(model, record_id, verb="correct", by=by, expected=expected, reason=reason) as record:
        before = Called.of(record) if isinstance(record, NamedRecord) else None
        _fill(record, correction, before)
        if isinstance(record, NamedRecord) and before is not None:
            require_new_name(record, before.name, correction, by=by)
        if isinstance(record, FollowingRecord) and record.own_marking == Marking.RESTRICTED:
            record.own_author = record.own_author or by.id
    return record


def _fill(record: Record, entry: Any, before: Called | None = None) -> None:
    assign_fields(record, entry, skip=("marking", SINCE, ANOTHER))
    if isinstance(record, NamedRecord):
        if problems := _wrong_names(record, given_values(entry)):
            raise InvalidEntry(problems)
        if before is not None:
            keep_former_names(record, before, entry)
        record.refresh_search()
    if isinstance(record, FollowingRecord):
        _set_own_marking(record, given_values(entry).get("marking"))
    if isinstance(record, Membership):
        record.refresh_role()
    if isinstance(record, Country) and (problems := find_wrong_periods(record.memberships)):
        raise InvalidEntry(problems)


def _wrong_names(record: NamedRecord, given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return why names that are given cannot be names; that of a person has a letter."""
    if not record.name.strip():
        return [("/name", "A name is needed.")]
    names = {"/name": record.name} if "name" in given else {}
    names |= {f"/other_names/{place}/name": one.name for place, one in enumerate(given.get("other_names") or ())}
    names |= {f"/names/{language}": name for language, name in (given.get("names") or {}).items()}
    problems = [(pointer, why) for pointer, name in names.items() if name.strip() and (why := why_no_name(name))]
    if not problems and "/name" in names and isinstance(record, Person) and not any(map(str.isalpha, record.name)):
        return [("/name", "The name of a person has letters.")]
    return problems


def _set_own_marking(record: FollowingRecord, marking: str | None) -> None:
    """Hide an open record but for those who may read one that names it; only such a record opens it again."""
    if marking is None or marking == record.own_marking:
        return
    if marking != Marking.RESTRICTED:
        detail = (
            "Internal or restricted; who is restricted is opened by a record that names them and that more people read."
        )
        raise InvalidEntry([("/marking", detail)])
    record.own_marking = Marking.RESTRICTED


#: Which field refers to what; each is looked up before it is written, so that a typing error is a 400.
_REFERENCES: dict[str, tuple[type[Record], str]] = {
    "country": (Country, "code"),
    "seat_country": (Country, "code"),
    "parent": (Organization, "pk"),
    "successor": (Organization, "pk"),
    "organization": (Organization, "pk"),
    "affiliated_with": (Organization, "pk"),
    "person": (Person, "pk"),
}


def _require_known(entry: Any, by: Actor) -> None:
    for name, value in given_values(entry).items():
        if name in _REFERENCES and value is not None:
            model, field_name = _REFERENCES[name]
            require_exists(model, {f"/{name}": value}, by=by, field_name=field_name)
