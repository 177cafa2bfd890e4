"""Who is invited: the organizer and the attendees of an event, each once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sgoffice.api.invitations.components import Component
from sgoffice.api.invitations.content_lines import ContentLine

_ADDRESS = re.compile(r"[^\s@<>,;:]+@[^\s@<>,;:]+\.[^\s@<>,;:]+")
_ROOMS = frozenset({"ROOM", "RESOURCE"})
_NOBODY = frozenset({"invalid:nomail", "mailto:invalid:nomail"})


@dataclass(frozen=True, kw_only=True)
class Invited:
    """A person or group that an invitation names. `email` is empty where the file gives an identifier instead."""

    name: str
    email: str
    response: str
    is_organizer: bool
    is_group: bool


def invited(event: Component) -> list[Invited]:
    """Return the organizer and the attendees; somebody who is both is one, with the answer of the attendee."""
    found: dict[str, Invited] = {}
    for one in _each(event):
        key = one.email.lower() or f"name {one.name}"
        known = found.get(key)
        found[key] = one if known is None else _both(known, one)
    return list(found.values())


def rooms(event: Component) -> list[str]:
    """Return the names of the rooms that are invited."""
    return [name for line in event.all("ATTENDEE") if _sort(line) == "ROOM" and (name := _words(_name(line)))]


def _each(event: Component) -> Iterator[Invited]:
    for line in (*event.all("ORGANIZER"), *event.all("ATTENDEE")):
        if _sort(line) in _ROOMS:
            continue
        one = Invited(
            name=_words(_name(line))[:300],
            email=_email(line),
            response=line.parameters.get("PARTSTAT", line.parameters.get("STATUS", "")).upper(),
            is_organizer=line.name == "ORGANIZER",
            is_group=_sort(line) == "GROUP",
        )
        if one.name or one.email:
            yield one


def _both(known: Invited, one: Invited) -> Invited:
    is_answer = bool(one.response) and not one.is_organizer
    return replace(
        known,
        name=known.name or one.name,
        response=one.response if is_answer or not known.response else known.response,
        is_organizer=known.is_organizer or one.is_organizer,
        is_group=known.is_group and one.is_group,
    )


def _sort(line: ContentLine) -> str:
    return line.parameters.get("CUTYPE", "").upper()


def _name(line: ContentLine) -> str:
    given = line.parameters.get("CN", "")
    return "" if _ADDRESS.fullmatch(given.strip("'\" ")) else given


def _email(line: ContentLine) -> str:
    """Return the address of the EMAIL parameter (RFC 7986, 6.2), of the value, or of the name."""
    value = line.value.strip()
    if value.lower() in _NOBODY:
        value = ""
    for one in (line.parameters.get("EMAIL", ""), re.sub("(?i)^mailto:", "", value), line.parameters.get("CN", "")):
        found = one.strip().strip("'\"<> ")
        if _ADDRESS.fullmatch(found):
            return found[:300]
    return ""


def _words(text: str) -> str:
    return " ".join(text.split()).strip("'\" ")
