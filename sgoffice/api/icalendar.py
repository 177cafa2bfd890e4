"""Calendars that go out (RFC 5545, 7986): from plain entries to text, and the renderer of text/calendar."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDDDTypes, vDuration, vText
from rest_framework.renderers import BaseRenderer

from sgoffice.records.characters import without_forbidden

PRODUCT = "-//sgoffice//Register of the Office//EN"
MEDIA_TYPE = "text/calendar"
#: Characters that end a line for some readers.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """An engagement or a deadline for calendars. Dates are whole days, `ends` inclusive; instants are in local time."""

    uid: str
    sequence: int
    modified_at: datetime
    starts: datetime | date
    ends: datetime | date | None
    summary: str
    status: str
    classification: str
    location: str = ""
    description: str = ""
    url: str = ""
    is_free: bool = False
    #: When to be told, counted from the beginning; of whole days from midnight.
    alarms: tuple[timedelta, ...] = ()


class CalendarRenderer(BaseRenderer):
    """Names the media type; the view makes the calendar."""

    media_type = MEDIA_TYPE
    format = "ics"


def calendar_of(entries: Iterable[CalendarEntry], *, name: str, refresh: timedelta | None = None) -> bytes:
    """Return a calendar with these entries, and the zones that their times need.

    The same entries give the same bytes: nothing in it depends on when it is made.
    """
    entries = list(entries)
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    # as vText: the library does not escape properties it does not know
    found.add("name", vText(clean(name)))
    found.add("x-wr-calname", vText(clean(name)))
    if refresh is not None:
        found.add("refresh-interval", refresh, {"VALUE": "DURATION"})
        found.add("x-published-ttl", vDuration(refresh))
    for zone, first, last in _zones_of(entries):
        found.add_component(_timezone(zone, first, last))
    for entry in entries:
        found.add_component(_event(entry))
    return bytes(found.to_ical())


def clean(text: str) -> str:
    """Return the text with plain line ends, without characters that no text may have."""
    return without_forbidden(_LINE_ENDS.sub("\n", text))


def _event(entry: CalendarEntry) -> Event:
    found = Event()
    found.add("uid", entry.uid)
    found.add("sequence", entry.sequence)
    found.add("dtstamp", entry.modified_at.astimezone(UTC))
    found.add("last-modified", entry.modified_at.astimezone(UTC))
    found.add("summary", clean(entry.summary))
    found.add("status", entry.status)
    found.add("class", entry.classification)
    if isinstance(entry.starts, datetime):
        for name, moment in zip(("dtstart", "dtend"), _unambiguous(entry.starts, entry.ends), strict=False):
            found.add(name, _local(moment))
    else:
        found.add("dtstart", entry.starts)
        found.add("dtend", (entry.ends or entry.starts) + _DAY)
    found.add("transp", "TRANSPARENT" if entry.is_free else "OPAQUE")
    for name in ("location", "description"):
        if text := clean(getattr(entry, name)):
            found.add(name, text)
    if entry.url:
        found.add("url", entry.url)
    for ahead in entry.alarms:
        found.add_component(_alarm(ahead, entry.summary))
    return found


def _alarm(ahead: timedelta, text: str) -> Alarm:
    found = Alarm()
    found.add("action", "DISPLAY")
    found.add("description", clean(text))
    found.add("trigger", ahead)
    return found


def _unambiguous(*moments: datetime | date | None) -> list[datetime]:
    """Return local times, or UTC if one of them occurs twice: readers differ on which is meant."""
    found = [moment for moment in moments if isinstance(moment, datetime)]
    is_twofold = any(one.replace(fold=0).utcoffset() != one.replace(fold=1).utcoffset() for one in found)
    return [one.astimezone(UTC) for one in found] if is_twofold else found


def _local(moment: datetime) -> vDDDTypes:
    """Return a time with the name of its zone.

    The library writes a zone that is always at UTC, such as Africa/Accra, as UTC: whoever looks from elsewhere would
    not see the hour of the place.
    """
    zone = moment.tzinfo
    if not isinstance(zone, ZoneInfo) or zone.key == "UTC":
        return vDDDTypes(moment)
    found = vDDDTypes(moment.replace(tzinfo=None))
    found.params["TZID"] = zone.key
    return found


def _zones_of(entries: Iterable[CalendarEntry]) -> list[tuple[str, int, int]]:
    """Return the zones of the entries, each with the first and last year needed."""
    years: dict[str, list[int]] = {}
    for entry in entries:
        for moment in (entry.starts, entry.ends):
            if isinstance(moment, datetime) and isinstance(moment.tzinfo, ZoneInfo) and moment.tzinfo.key != "UTC":
                years.setdefault(moment.tzinfo.key, []).append(moment.year)
    return [(zone, min(found), max(found)) for zone, found in sorted(years.items())]


@lru_cache(maxsize=256)
def _timezone(zone: str, first: int, last: int) -> Timezone:
    """Return a zone from one year to another, with each change of offset in the IANA database.

    Each change is a component of its own: some readers (ical.js) ignore DTSTART if there are RDATEs.
    """
    here = ZoneInfo(zone)
    begin = datetime(first, 1, 1, tzinfo=UTC) - _DAY
    found = Timezone()
    found.add("tzid", zone)
    for change in (begin, *_changes(here, begin, datetime(last + 1, 1, 2, tzinfo=UTC))):
        now = change.astimezone(here)
        before = _offset(here, change if change == begin else change - _SECOND)
        part = TimezoneDaylight() if now.dst() else TimezoneStandard()
        part.add("dtstart", change.replace(tzinfo=None) + before)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", _offset(here, change))
        part.add("tzname", now.tzname())
        found.add_component(part)
    return found


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> list[datetime]:
    """Return the instants when the offset of a zone changes, to the second."""
    found, day = [], begin
    while day < end:
        low, high = day, day + _DAY
        if _offset(zone, low) != _offset(zone, high):
            while high - low > _SECOND:
                middle = low + timedelta(seconds=(high - low) // _SECOND // 2)
                low, high = (middle, high) if _offset(zone, middle) == _offset(zone, low) else (low, middle)
            found.append(high)
        day += _DAY
    return found


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta(0)
