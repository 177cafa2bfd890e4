"""Match named participants with the directory, or enter them there.

A name is linked automatically only when exactly one record has it and nothing contradicts. Near matches are returned
all at once and nothing is written; a name without any near match is new. How each name was understood is kept with the
engagement.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from engagements.rules.offices import NamedOffice, read_office
from engagements.services.circumstances import Circumstances, known_of, said_of
from engagements.services.entries import CapacityEntry, GroupEntry, ParticipantEntry
from sgoffice.changes.references import UnderstoodName
from sgoffice.directory import services as directory
from sgoffice.directory.rules import fold
from sgoffice.directory.services import Candidate, organizations_called, people_called, read_state
from sgoffice.places.codes import label_of
from sgoffice.places.states import is_of_a_state
from sgoffice.records.actors import Actor
from sgoffice.records.entries import ByName, Source
from sgoffice.records.errors import InvalidEntry, PossibleDuplicates, RelatedRecord
from sgoffice.records.readership import Readership

_SOURCE = (Source(document="named when an engagement was logged", verification="unverified"),)
_ADVICE = (
    "Some names may mean records that exist already: send the id of the right one, or "
    '`{"name": …, "create": true}` to enter a new one. For a State, correct `country` or leave the organization out.'
)


def resolve_participants(
    entries: Sequence[ParticipantEntry], *, by: Actor, readers: Readership
) -> tuple[tuple[ParticipantEntry, ...], tuple[UnderstoodName, ...]]:
    """Return the participants with ids in place of names, and how each name was understood.

    New people and organizations enter the directory.

    Raises PossibleDuplicates with the candidates for every name with only near or several matches; InvalidEntry for an
    empty name. `readers` are those of the engagement: what is known from other meetings is asked of those that all of
    them may read. Must be called before a record is opened: entering a name takes the names lock.
    """
    whole = tuple(_with_first_capacity(entry) for entry in entries)
    names = _Names(by, readers)
    for place, entry in enumerate(whole):
        names.look_up(entry, f"/participants/{place}")
    names.require_known()
    found = tuple(_with_ids(entry, f"/participants/{place}", names) for place, entry in enumerate(whole))
    return found, tuple(names.understood)


class _Names:
    """The records that the names stand for, by JSON pointer."""

    def __init__(self, by: Actor, readers: Readership) -> None:
        self.by = by
        self.readers = readers
        self.found: dict[str, UUID | None] = {}
        self.states: dict[str, str] = {}
        self.offices: dict[str, NamedOffice] = {}
        self.near: dict[str, list[Candidate]] = {}
        self.new: dict[str, tuple[str, str, str | None]] = {}
        self.problems: list[tuple[str, str]] = []
        self.why: dict[str, str] = {}
        self.understood: list[UnderstoodName] = []

    def look_up(self, entry: ParticipantEntry, where: str) -> None:
        """Look up the person, the organization and the bodies of the capacities of one participant."""
        countries = [capacity.country for capacity in entry.capacities if capacity.country]
        if isinstance(entry.organization, ByName):
            self._look_up_organization(f"{where}/organization", entry.organization, next(iter(countries), None))
        for number, capacity in enumerate(entry.capacities):
            if isinstance(capacity.organization, ByName):
                self._look_up_organization(
                    f"{where}/capacities/{number}/organization", capacity.organization, capacity.country
                )
        if isinstance(entry.person, ByName):
            office = None if entry.person.create else read_office(entry.person.name)
            if office is not None:
                self._take_office(f"{where}/person", office, countries)
                return
            found = people_called(entry.person.name, by=self.by, readers=self.readers)
            said = self._said(entry, where)
            self._match(
                f"{where}/person",
                "person",
                entry.person,
                checked(found, said, lambda one: known_of(one, self.readers)),
                None,
            )

    def _take_office(self, pointer: str, office: NamedOffice, countries: list[str]) -> None:
        """Understand an office as a group that speaks for it; the country beside it is asked about if another one."""
        other = next((code for code in countries if office.country not in ("", code)), None)
        if other is not None:
            self.near[pointer] = list(read_state(label_of(office.country), other).doubts)
            return
        self.found[pointer] = None
        self.offices[pointer] = office
        self.why[pointer] = "is an office, not a person: entered as a group that speaks for it"

    def require_known(self) -> None:
        """Raise all problems with the names at once."""
        if self.problems:
            raise InvalidEntry(self.problems)
        if self.near:
            shown = {pointer: [_related_record(one) for one in found] for pointer, found in self.near.items()}
            raise PossibleDuplicates(shown, advice=_ADVICE)

    def id_of(self, pointer: str, given: ByName) -> UUID | None:
        """Return the record that the name at a pointer stands for, entered now if new; None for a State itself."""
        found = self._id_of(pointer)
        self.understood.append(UnderstoodName(pointer, given.name.strip(), found, self.why[pointer]))
        return found

    def _id_of(self, pointer: str) -> UUID | None:
        if pointer in self.new:
            kind, name, country = key = self.new[pointer]
            made = _register(kind, name, country, self.by, self.readers)
            for other in [other for other, known in self.new.items() if _is_same_name(known, key)]:
                self.found[other] = made
                del self.new[other]
        return self.found[pointer]

    def _look_up_organization(self, pointer: str, given: ByName, country: str | None) -> None:
        state = read_state(given.name, country)
        if state.code:
            self.found[pointer] = None
            self.states[pointer] = state.code
            self.why[pointer] = f"is the State itself ({state.code})"
            return
        found = organizations_called(given.name, by=self.by, readers=self.readers, country=country)
        if not any(one.is_automatic for one in found):
            found = [*state.doubts, *found]
        self._match(pointer, "organization", given, found, country)

    def _match(self, pointer: str, kind: str, given: ByName, found: list[Candidate], country: str | None) -> None:
        sure = next((one for one in found if one.is_automatic), None)
        if not fold(given.name):
            self.problems.append((pointer, "A name is needed."))
        elif given.create or not found:
            # what its member speaks for is the country of a ministry, not of a foundation
            own = country if country and is_of_a_state(given.name) else None
            self.new[pointer] = (kind, given.name.strip(), own)
            self.why[pointer] = (
                "entered as a new one, as was said" if given.create else "entered as a new one: no record is called so"
            )
        elif sure is not None:
            self.found[pointer] = sure.id
            self.why[pointer] = sure.reason
        else:
            self.near[pointer] = found

    def _said(self, entry: ParticipantEntry, where: str) -> Circumstances:
        """Return what is said of a participant beside the name, as far as the organizations are looked up."""
        countries: list[str] = []
        organizations: list[UUID | None] = []
        for number, one in enumerate(entry.capacities):
            pointer = f"{where}/capacities/{number}/organization"
            countries += [code for code in (one.country, self.states.get(pointer)) if code]
            if one.organization and pointer not in self.states:
                named = one.organization
                organizations.append(self.found.get(pointer) if isinstance(named, ByName) else named)
                # which of these is meant is asked: it may be any of them
                organizations += [near.id for near in self.near.get(pointer, ()) if near.kind == "organization"]
        return said_of(countries, organizations, [one.title for one in entry.capacities], readers=self.readers)


def checked(found: list[Candidate], said: Circumstances, known: Callable[[UUID], Circumstances]) -> list[Candidate]:
    """Return the candidates; the one who is surely meant only if nothing that is `known` of them contradicts."""
    return [
        replace(one, is_automatic=False, reason=f"{one.reason}, but is known with another {contradiction}")
        if one.is_automatic and (contradiction := known(one.id).contradiction(said))
        else one
        for one in found
    ]


def _with_first_capacity(entry: ParticipantEntry) -> ParticipantEntry:
    """Return the participant with the title, organization and country of a person or group as their first capacity."""
    is_body = entry.person is None and entry.group is None
    organization = None if is_body else entry.organization
    if not (entry.title or entry.country or organization):
        return entry
    first = CapacityEntry(title=entry.title, organization=organization, country=entry.country)
    kept = entry.organization if is_body else None
    return replace(entry, organization=kept, title="", country=None, capacities=(first, *entry.capacities))


def _with_ids(entry: ParticipantEntry, where: str, names: _Names) -> ParticipantEntry:
    given: dict[str, Any] = {}
    for name in ("person", "organization"):
        if isinstance(getattr(entry, name), ByName):
            given[name] = names.id_of(f"{where}/{name}", getattr(entry, name))
    capacities = [
        _capacity_with_id(one, f"{where}/capacities/{number}", names) for number, one in enumerate(entry.capacities)
    ]
    resolved = replace(entry, **given, capacities=tuple(capacities))
    office = names.offices.get(f"{where}/person")
    if office is not None and isinstance(entry.person, ByName):
        return _holder_of(office, entry.person.name.strip(), resolved)
    state = names.states.get(f"{where}/organization")
    if state and isinstance(entry.organization, ByName):
        return _delegation_of(state, entry.organization.name, resolved)
    return resolved


def _delegation_of(state: str, called: str, entry: ParticipantEntry) -> ParticipantEntry:
    """Return a State that takes part itself as a group that speaks for it."""
    first, *others = entry.capacities or (CapacityEntry(),)
    spoke = replace(first, country=first.country or state, called=first.called or called)
    return replace(entry, group=GroupEntry(description=called), capacities=(spoke, *others))


def _holder_of(office: NamedOffice, called: str, entry: ParticipantEntry) -> ParticipantEntry:
    """Return whoever holds an office, as a group that speaks for it."""
    first, *others = entry.capacities or (CapacityEntry(),)
    spoke = replace(first, title=first.title or office.title, country=first.country or office.country or None)
    return replace(entry, group=GroupEntry(description=called, count=1), capacities=(spoke, *others))


def _capacity_with_id(entry: CapacityEntry, where: str, names: _Names) -> CapacityEntry:
    if not isinstance(entry.organization, ByName):
        return entry
    found = names.id_of(f"{where}/organization", entry.organization)
    # a State itself is its country; the name that was used is kept in `called`
    called = entry.called or ("" if found else entry.organization.name)
    country = entry.country or names.states.get(f"{where}/organization")
    return replace(entry, organization=found, called=called, country=country)


def _register(kind: str, name: str, country: str | None, by: Actor, readers: Readership) -> UUID:
    """Enter a name that was looked up: nobody is called so, or it is said to be another one."""
    if kind == "person":
        person = directory.PersonEntry(name=name, sources=_SOURCE, allow_duplicate=True)
        return directory.register_person(person, by=by, named_in=readers).pk
    entry = directory.OrganizationEntry(
        name=name, names={"en": name}, country=country, sources=_SOURCE, allow_duplicate=True
    )
    return directory.register_organization(entry, by=by, named_in=readers).pk


def _is_same_name(one: tuple[str, str, str | None], other: tuple[str, str, str | None]) -> bool:
    return (one[0], fold(one[1]), one[2]) == (other[0], fold(other[1]), other[2])


def _related_record(candidate: Candidate) -> RelatedRecord:
    return RelatedRecord(id=candidate.id, kind=candidate.kind, label=candidate.name, reason=candidate.reason)
