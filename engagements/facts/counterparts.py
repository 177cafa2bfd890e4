"""Who took part in an engagement, on which side, and for whom they spoke, as a fact tells it."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from engagements import services
from engagements.facts.words import MODES, PARENTS, classification_of
from engagements.vocabulary import Mode, Side
from sgoffice.directory.facts import country_code, organization_by_fact, organization_named, person_named
from sgoffice.directory.models import Organization

Told = dict[str, Any]
_OURS = "INTERPOL"
#: Two bodies in one word of the file, and a body in a title.
_BODIES = re.compile(r" / ")
_CHAIR = re.compile(r"\bof (?P<body>CAPCCO)$")
_STATE = re.compile(r"^(?:Government of )?(?:the )?(?P<country>.+)$")
_STATE_WORDS = re.compile(
    r"^(Government of|Republic of|People's Republic|Socialist Republic|Holy See$|.* Republic$|.* Federation$)"
)
#: A meeting of a body stands for the body: the 31st ASEANAPOL Conference.
_MEETING = re.compile(r"^(?:\d+\w\w )?(?P<body>[A-Z]+) (?:Conference|General Assembly)\b")
_MODE = re.compile(r" \((by \w+)\)$")
_COUNT = re.compile(r"^(\d+) ")
_SIGNING = re.compile(r", signing for (the Secretary General|INTERPOL)$")


def participants_of(fact: dict[str, Any]) -> tuple[services.ParticipantEntry, ...]:
    """Return the participants beside the principal; a name that a fact does not tell is a group."""
    return tuple(_participant(told, fact) for told in fact["counterparts"])


def represented_by(fact: dict[str, Any]) -> UUID | None:
    """Return who signed in the principal's place."""
    for told in fact["counterparts"]:
        if told["organisation"] == _OURS and _SIGNING.search(told["title"] or ""):
            return person_named(told["name"])
    return None


def _participant(told: Told, fact: dict[str, Any]) -> services.ParticipantEntry:
    title = told["title"] or ""
    words = _MODE.search(title)
    common: dict[str, Any] = {
        "side": _side(told["organisation"]),
        "mode": MODES[words[1]] if words else Mode.IN_PERSON,
        "note": _as_told(title, told["organisation"]),
    }
    capacities = tuple(_capacities(told))
    if told["name"]:
        return services.ParticipantEntry(person=person_named(told["name"]), capacities=capacities, **common)
    if title == told["organisation"]:
        return services.ParticipantEntry(organization=capacities[0].organization, **common)
    count = _COUNT.match(title)
    group = services.GroupEntry(description=title, count=int(count[1]) if count else None)
    bodies = tuple(_without_title(capacity) for capacity in capacities)
    return services.ParticipantEntry(group=group, capacities=bodies, **common)


def _as_told(title: str, body: str) -> str:
    """Return the words of the file where several capacities were told in one."""
    return "; ".join(text for text in (title if ";" in title else "", body if _BODIES.search(body) else "") if text)


def _side(name: str) -> Side:
    if name == _OURS:
        return Side.OURS
    return Side.THIRD_PARTY if name.startswith(f"{_OURS} Foundation") else Side.THEIRS


def _capacities(told: Told) -> Iterator[services.CapacityEntry]:
    """Yield the capacities: one for each title, one for each body; a title that names another body is there for it."""
    titles = [title.strip() for title in (told["title"] or "").split(";")]
    bodies = _BODIES.split(told["organisation"])
    for title in titles:
        chair = _CHAIR.search(title)
        body = chair["body"] if chair else bodies[0]
        yield _capacity(title, body, told["country"] if not chair else None, called="" if chair else bodies[0])
    for body in bodies[1:]:
        yield _capacity("", body, None, called=body)


def _capacity(title: str, body: str, country: str | None, *, called: str) -> services.CapacityEntry:
    if country and _is_state(body, country):
        return services.CapacityEntry(title=title, country=country, called=called)
    organization = find_organization(body, country)
    name = Organization.objects.values_list("name", flat=True).get(pk=organization)
    return services.CapacityEntry(
        title=title, organization=organization, country=country, called=called if called != name else ""
    )


def _without_title(capacity: services.CapacityEntry) -> services.CapacityEntry:
    return services.CapacityEntry(organization=capacity.organization, country=capacity.country, called=capacity.called)


def find_organization(name: str, country: str | None) -> UUID:
    """Return the organization that a fact names: by its name, without what stands in brackets, by its acronym."""
    plain, _, acronym = name.partition(" (")
    meeting = _MEETING.match(name)
    for known in (name, plain, acronym.rstrip(")"), meeting["body"] if meeting else ""):
        rows = Organization.objects.live().called(known) if known else Organization.objects.none()
        if country:
            rows = rows.filter(country__in=[country]) | rows.filter(country=None)
        found = list(rows.values_list("pk", flat=True)[:2])
        if len(found) == 1:
            return found[0]
    parent = organization_by_fact(PARENTS[name]) if name in PARENTS else None
    return organization_named(name, classification=classification_of(name), country=country, parent=parent)


def _is_state(name: str, country: str) -> bool:
    """Tell whether a name is the State itself: its government, or its own name."""
    if not _STATE_WORDS.match(name) and country_code(name) != country:
        return False
    said = _STATE.match(name)
    return said is not None and (country_code(said["country"]) == country or not name.endswith("Maldonado"))
