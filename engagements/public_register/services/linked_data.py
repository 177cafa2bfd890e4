"""The lines as schema.org events in JSON-LD, for programs that read pages."""

from collections.abc import Iterable
from typing import Any

import orjson
from django.utils.safestring import SafeString, mark_safe

from engagements.public_register.rules import PublicCounterpart, PublicLine

_ATTENDANCE = {
    "In person": "OfflineEventAttendanceMode",
    "Hybrid": "MixedEventAttendanceMode",
    "Virtual": "OnlineEventAttendanceMode",
}
_NOT_IN_A_STRING = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def events_of(lines: Iterable[PublicLine], home: str) -> SafeString:
    """Return the JSON-LD of these lines; nothing in it ends the element that holds it."""
    graph = [_event(line, home) for line in lines]
    text = orjson.dumps({"@context": "https://schema.org", "@graph": graph}).decode().translate(_NOT_IN_A_STRING)
    return mark_safe(text)  # noqa: S308 - what ends an element is written as an escape


def _event(line: PublicLine, home: str) -> dict[str, Any]:
    """Return an event; a date that is not exact to the day is told as the days that it can mean."""
    found: dict[str, Any] = {
        "@type": "Event",
        "@id": f"urn:uuid:{line.id}",
        "identifier": line.reference,
        "name": line.subject,
        "startDate": line.first.isoformat(),
        "endDate": line.last.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "attendee": [_body(one) for one in line.counterparts],
    }
    if home:
        found["url"] = f"{home}years/{line.first.year}.html#{line.reference}"
    if mode := _ATTENDANCE.get(line.meeting_format):
        found["eventAttendanceMode"] = f"https://schema.org/{mode}"
    if line.place:
        address = {"@type": "PostalAddress", "addressLocality": line.city, "addressCountry": line.country}
        found["location"] = {"@type": "Place", "name": line.place, "address": _filled(address)}
    if line.topics:
        found["about"] = [{"@type": "Thing", "name": name} for name in line.topics]
    if line.for_us:
        found["organizer"] = {"@type": "Person", "name": line.for_us}
    return found


def _body(one: PublicCounterpart) -> dict[str, Any]:
    sort = {"organization": "Organization", "country": "Country"}.get(one.kind, "Person")
    return {"@type": sort, "name": one.called or one.name}


def _filled(members: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in members.items() if value}
