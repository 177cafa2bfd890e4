"""Invitations (RFC 5545, 5546): the first event of a received calendar, as plain values.

Only the event itself is parsed. Zone definitions and recurrence rules are removed first: zones are looked up by name
and recurrences are not expanded, since a sender could make either take arbitrarily long.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Event
from icalendar.cal.component import Component

from sgoffice.api.icalendar import clean
from sgoffice.records.errors import InvalidEntry

_FOLD = re.compile(r"\r?\n[ \t]")
#: Only these end a line of a calendar; Python's splitlines() knows more.
_LINE_END = re.compile(r"\r\n|\r|\n")
_YEARS = range(1900, 2200)
_MOST_PEOPLE = 100
_MOST_LINES = 20_000


@dataclass(frozen=True, kw_only=True)
class Invited:
    """A person named in an invitation."""

    name: str
    email: str
    response: str
    is_organizer: bool


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A received event. Times without a zone are naive; a date is a whole day, and `last` is inclusive."""

    uid: str
    summary: str
    description: str
    location: str
    classification: str
    status: str
    method: str
    starts: datetime | date
    last: datetime | date | None
    is_repeated: bool
    people: tuple[Invited, ...]


def read_invitation(text: str) -> Invitation:
    """Return the first event of a calendar.

    Raises InvalidEntry for `/calendar` if the text is not a calendar, has no event, or its event has no valid start.
    """
    lines = _LINE_END.split(_FOLD.sub("", text))
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR" or len(lines) > _MOST_LINES:
        raise _refused("This is not a calendar: it must start with BEGIN:VCALENDAR.")
    own, event = _first_event(lines)
    try:
        parsed = Event.from_ical("\r\n".join(["BEGIN:VEVENT", *event, "END:VEVENT", ""]))
    except ValueError as error:
        raise _refused(f"The event cannot be read: {error}"[:300]) from None
    starts = _moment(parsed, "DTSTART")
    if starts is None:
        raise _refused("The event has no valid start (DTSTART).")
    return Invitation(
        uid=_text(parsed, "UID"),
        summary=_text(parsed, "SUMMARY"),
        description=_text(parsed, "DESCRIPTION"),
        location=_text(parsed, "LOCATION"),
        classification=_text(parsed, "CLASS").upper(),
        status=_text(parsed, "STATUS").upper(),
        method=next((line[7:].strip().upper() for line in own if line.upper().startswith("METHOD:")), ""),
        starts=starts,
        last=_last(parsed, starts),
        is_repeated=any(name in parsed for name in ("RRULE", "RDATE")),
        people=tuple(_people(parsed))[:_MOST_PEOPLE],
    )


def _first_event(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines of the calendar and of its first event, without nested components."""
    own: list[str] = []
    event: list[str] = []
    within: list[str] = []
    for line in lines:
        word, _, name = line.strip().upper().partition(":")
        if word == "BEGIN":
            within.append(name)
        elif word == "END":
            if within[-1:] != [name]:
                raise _refused(f"END:{name[:40]} has no matching BEGIN.")
            if within == ["VCALENDAR", "VEVENT"]:
                return own, event
            within = within[:-1]
        elif within == ["VCALENDAR", "VEVENT"]:
            event.append(line)
        elif within == ["VCALENDAR"]:
            own.append(line)
    raise _refused("The calendar has no event (VEVENT).")


def _moment(event: Component, name: str) -> datetime | date | None:
    """Return a day, an instant in its zone, or a naive time; None if invalid."""
    try:
        found = _one(event, name).dt
    except (AttributeError, ValueError):
        return None
    if isinstance(found, datetime) and found.year in _YEARS:
        # through UTC: a local time that a change of offset skips becomes the one after it
        return found.astimezone(UTC).astimezone(found.tzinfo) if isinstance(found.tzinfo, ZoneInfo) else found
    return found if isinstance(found, date) and found.year in _YEARS else None


def _last(event: Component, starts: datetime | date) -> datetime | date | None:
    """Return the end, of the same type as the start; None if missing or invalid."""
    ends = _moment(event, "DTEND")
    if ends is None and isinstance(duration := getattr(_one(event, "DURATION"), "dt", None), timedelta):
        ends = starts + duration if abs(duration) < timedelta(days=3660) else None
    if ends is None or _form(ends) != _form(starts) or ends <= starts:
        return None
    return ends if isinstance(ends, datetime) else ends - timedelta(days=1)


def _form(moment: datetime | date) -> str:
    if not isinstance(moment, datetime):
        return "day"
    return "instant" if moment.tzinfo else "time"


def _people(event: Component) -> Iterator[Invited]:
    for name, is_organizer in (("ORGANIZER", True), ("ATTENDEE", False)):
        for one in _all(event, name):
            parameters: Any = getattr(one, "params", {})
            if str(parameters.get("CUTYPE", "")).upper() in {"ROOM", "RESOURCE", "GROUP"}:
                continue
            yield Invited(
                name=_line(str(parameters.get("CN", ""))),
                email=re.sub("(?i)^mailto:", "", _line(str(one))),
                response=str(parameters.get("PARTSTAT", "")).upper(),
                is_organizer=is_organizer,
            )


def _text(event: Component, name: str) -> str:
    found = _one(event, name)
    return "" if found is None else clean(str(found)).strip()


def _line(text: str) -> str:
    return " ".join(clean(text).split())[:300]


def _all(event: Component, name: str) -> list[Any]:
    found = event.get(name)
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def _one(event: Component, name: str) -> Any:
    return next(iter(_all(event, name)), None)


def _refused(detail: str) -> InvalidEntry:
    return InvalidEntry([("/calendar", detail)])
