"""Read one line on a counterpart as people write it: “Gerhard Karner, Minister of the Interior, Austria”."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar
from uuid import UUID

from engagements.rules.levels import level_of
from engagements.rules.offices import NamedOffice, read_office, state_behind
from engagements.rules.titles import spelled_out
from engagements.rules.typed_lines import (
    BODY,
    is_doubtful_name,
    is_like_a_name,
    is_name_of_a_body,
    is_nobody,
    names_another,
    names_somebody,
    read_typed_line,
    two_names,
)
from engagements.services.circumstances import Circumstances, known_of, said_of
from engagements.services.entries import CapacityEntry, GroupEntry, ParticipantEntry
from engagements.services.participant_names import checked
from sgoffice.directory.services import Candidate, organizations_called, people_called, read_state
from sgoffice.places.codes import label_of
from sgoffice.places.reading import UnclearPlace, read_country
from sgoffice.records.actors import Actor
from sgoffice.records.entries import ByName
from sgoffice.records.readership import Readership

_Found = TypeVar("_Found")
LONGEST = 300  # characters of a name or a title
NEW_PERSON, NEW_ORGANIZATION, GROUP = "new-person", "new-organization", "group"
_SURE = 0.95  # of a single candidate for the body that somebody speaks for: its acronym at least
#: What stands between an office and the body in which it is held.
_OF_A_BODY = re.compile(r"\s+(?:of|at|de|du|del|der|des|von)\s+(?:the\s+|la\s+|l['’])?|\s+d['’]", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(delegation|advisers|advisors|officers|members|representatives|staff|students|team|and)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Choice:
    """One thing that the name may mean; `key` stands for it in a form."""

    key: str
    label: str
    detail: str
    kind: str = ""
    record: UUID | None = None


@dataclass(frozen=True)
class LineReading:
    """How a line was understood. `chosen` is the key of the choice that is surely meant, or empty."""

    name: str
    title: str
    country: str | None
    country_name: str
    body: Candidate | None
    choices: tuple[Choice, ...]
    chosen: str
    #: The name of the body that somebody speaks for, if no record is called so, or nearly.
    new_body: str = ""

    def choice(self, key: str) -> Choice | None:
        return next((one for one in self.choices if one.key == key), None)


class NamesInLines:
    """What is known of the names in lines: each is looked up once, and stays as it was found for all of them."""

    def __init__(self, *, by: Actor, readers: Readership) -> None:
        self.readers = readers
        self.people = cache(lambda name: people_called(name, by=by, readers=readers))
        self.organizations = cache(
            lambda name, country: organizations_called(name, by=by, readers=readers, country=country)
        )
        self.known = cache(lambda person: known_of(person, readers))
        self.said = cache(lambda country, body, title: said_of(country, body, title, readers=readers))


def read_counterpart_line(
    text: str, *, by: Actor, readers: Readership, names: NamesInLines | None = None
) -> LineReading | None:
    """Return how a line is understood, with everybody whom the actor may see and who may be meant; None for no text.

    The name comes first, or behind its office; a country and a body that is surely known are found among the other
    parts, or at the end of the title. `readers` are those of the meeting: what is known from other meetings is asked
    of those alone. Many lines that are read at once share `names`.
    """
    names = names or NamesInLines(by=by, readers=readers)
    typed = read_typed_line(text)
    if typed is None:
        return None
    name, said = _known_person_first(typed.name[:LONGEST], [part[:LONGEST] for part in typed.said], names)
    country = _taken(said, _country)
    body, new_body = _bodies_in(said, country, names)
    office = read_office(name)
    if office is None and (led := _office_of_body(name, names)) is not None:
        office, body = led
    title = ", ".join(said)
    if office is not None:
        title, country = title or office.title, country or office.country or None
    # a family name may be “de Cuba”: only of an office or a body the name itself says whose it is
    for part in (*reversed(said), *([name] if office or BODY.search(name) else [])):
        country = country or state_behind(part) or None
        body = body or (None if new_body else _body_behind(part, country, names))
    known = names.said((country,) if country else (), (body.id,) if body else (), (title,))
    choices, chosen = _choices(name, known, country, names)
    if office is not None:
        others = [one for one in choices if one.key != GROUP]
        choices, chosen = (Choice(GROUP, name, "whoever holds this office"), *others), GROUP
    is_open = is_nobody(name) or two_names(name) or any(names_another(part) for part in said)
    is_open |= chosen != GROUP and any(names_somebody(part) for part in said)
    if is_open or (chosen == NEW_PERSON and is_doubtful_name(name)):
        chosen = ""
    return LineReading(name, title, country, label_of(country) if country else "", body, choices, chosen, new_body)


def _known_person_first(name: str, said: list[str], names: NamesInLines) -> tuple[str, list[str]]:
    """Return the name and what is said, a known person's name behind an office or turned round as one reads it."""
    if said and is_like_a_name(said[0]) and not _is_known(name, names) and _is_known(f"{said[0]} {name}", names):
        return f"{said[0]} {name}", said[1:]
    words = name.split()
    for place in range(1, len(words) - 1):
        front, rest = " ".join(words[:place]), " ".join(words[place:])
        if read_office(name) is not None and is_like_a_name(rest) and _is_known(rest, names):
            return rest, [front, *said]
    return name, said


def _is_known(name: str, names: NamesInLines) -> bool:
    return any(one.is_automatic for one in names.people(name))


def _taken(said: list[str], read: Callable[[str], _Found | None]) -> _Found | None:
    """Return what the last part that can be read so means, and take that part out."""
    for place in range(len(said) - 1, -1, -1):
        if found := read(said[place]):
            del said[place]
            return found
    return None


def _office_of_body(name: str, names: NamesInLines) -> tuple[NamedOffice, Candidate] | None:
    """Return the office in a body that a text names: “UN Secretary-General”."""
    front, _, rest = name.partition(" ")
    office = read_office(rest) if rest else None
    if office is None and (full := spelled_out(rest)):
        office = NamedOffice(full)
    body = _body(front, None, names) if office else None
    return (office, body) if office and body else None


def _bodies_in(said: list[str], country: str | None, names: NamesInLines) -> tuple[Candidate | None, str]:
    """Return the body that a part means, or the name of one that is new; the part is taken out."""
    body = _taken(said, lambda part: _body(part, country, names) if part == said[-1] or _may_be_a_body(part) else None)
    body = body or _body_beside_title(said, country, names)
    return body, "" if body else _taken(said, lambda part: _new_body(part, country, names)) or ""


def _body_beside_title(said: list[str], country: str | None, names: NamesInLines) -> Candidate | None:
    """Return the body in a part that names an office in it, of which the title alone stays: “UN SG”, “DG WHO”."""
    for place in range(len(said) - 1, -1, -1):
        first, _, rest = said[place].partition(" ")
        front, _, last = said[place].rpartition(" ")
        for short, title in ((first, rest), (last, front)):
            full = spelled_out(title) or (title if read_office(title) and level_of(title) else "")
            if full and short[:1].isupper() and (body := _body(short, country, names)):
                said[place] = full
                return body
    return None


def _new_body(part: str, country: str | None, names: NamesInLines) -> str:
    """Return a part that is the name of a body which the register does not have, nor one that is called nearly so."""
    if not is_name_of_a_body(part) or names.organizations(part, country):
        return ""
    state = read_state(part, country)
    return "" if state.code or state.doubts else part


def _may_be_a_body(part: str) -> bool:
    return not level_of(part) and (part.isupper() or BODY.search(part) is not None)


def _body_behind(text: str, country: str | None, names: NamesInLines) -> Candidate | None:
    """Return the body that ends a title: “Executive Director of Europol”."""
    behind = _OF_A_BODY.split(text, maxsplit=1)
    return _body(behind[1], country, names) if len(behind) > 1 else None


def participant_of(reading: LineReading, choice: Choice) -> ParticipantEntry:
    """Return the participant of a line, as it was chosen; what is new enters the directory with the meeting."""
    body = reading.body.id if reading.body else ByName(name=reading.new_body) if reading.new_body else None
    capacity = CapacityEntry(title=reading.title, organization=body, country=reading.country)
    is_said = bool(capacity.title or capacity.organization or capacity.country)
    capacities = (capacity,) if is_said else ()
    if choice.key == GROUP:
        return ParticipantEntry(group=GroupEntry(description=reading.name), capacities=capacities)
    if choice.key == NEW_PERSON:
        return ParticipantEntry(person=ByName(name=reading.name, create=True), capacities=capacities)
    if choice.key == NEW_ORGANIZATION or choice.kind == "country":
        # a State that is named by itself is read as such by the service
        is_new = choice.kind != "country"
        return ParticipantEntry(organization=ByName(name=reading.name, create=is_new), capacities=capacities)
    if choice.kind == "organization":
        return ParticipantEntry(organization=choice.record, capacities=capacities)
    return ParticipantEntry(person=choice.record, capacities=capacities)


def _country(text: str) -> str | None:
    try:
        return read_country(text)
    except UnclearPlace:
        return None


def _body(text: str, country: str | None, names: NamesInLines) -> Candidate | None:
    """Return the organization that a text surely means: the only one of that name, or with that acronym."""
    found = [one for one in names.organizations(text, country) if not one.is_hidden]
    sure = [one for one in found if one.is_automatic] or [one for one in found if one.score >= _SURE]
    return sure[0] if len(sure) == 1 else None


def _choices(
    name: str, said: Circumstances, country: str | None, names: NamesInLines
) -> tuple[tuple[Choice, ...], str]:
    """Return what a name may mean, best first, then the new ones; and the key of what it surely means."""
    state = read_state(name, country)
    if state.code:
        itself = Choice(f"country-{state.code}", label_of(state.code), "the State itself", "country")
        return (itself,), itself.key
    people = checked(names.people(name), said, names.known)
    bodies = names.organizations(name, country)
    found = sorted([*people, *bodies], key=lambda one: -one.score)
    known = [Choice(_key(one), one.name, _detail(one, names), one.kind, one.id) for one in found]
    new = _new(name, is_titled=bool(said.titles))
    sure = [_key(one) for one in found if one.is_automatic]
    if len(sure) == 1:
        return (*known, *new), sure[0]
    return (*known, *new), "" if known else new[0].key


def _detail(candidate: Candidate, names: NamesInLines) -> str:
    """Return why somebody may be meant, and what tells them from a namesake: a title and a country."""
    if candidate.kind != "person":
        return candidate.reason
    known = names.known(candidate.id)
    said = [*sorted(known.titles)[:1], *(label_of(code) for code in sorted(known.countries)[:1])]
    return f"{candidate.reason} ({', '.join(said)})" if said else candidate.reason


def _key(candidate: Candidate) -> str:
    return f"{candidate.kind}-{candidate.id}"


def _new(name: str, *, is_titled: bool) -> Sequence[Choice]:
    """Return the ways in which a name can be new, the likeliest first."""
    person = Choice(NEW_PERSON, name, "a person who is new to the register")
    body = Choice(NEW_ORGANIZATION, name, "an organization that is new to the register")
    several = Choice(GROUP, name, "several people without names")
    if _SEVERAL.search(name):
        return (several, body, person)
    return (body, person, several) if BODY.search(name) and not is_titled else (person, body, several)
