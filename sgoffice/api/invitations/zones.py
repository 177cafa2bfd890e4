"""Time zones of a calendar: by the name of a place, by a fixed offset, or as the file itself defines them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from sgoffice.api.invitations.components import CalendarFile, Component
from sgoffice.records.time_zones import time_zone_names

_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z?)", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d{2})(\d{2})(?:\d{2})?", re.ASCII)
_FIXED = re.compile(r"(?:UTC|GMT|UT)?\s*([+-])\s*(\d{1,2})(?:[:.]?(\d{2}))?", re.ASCII | re.IGNORECASE)
_NTH_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBERED = re.compile(r"[-_ ]+\d{1,3}$", re.ASCII)
_DISPLAYED = re.compile(r"\(((?:UTC|GMT)[^)]{0,12})\)\s*(.+)", re.IGNORECASE)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
#: Abbreviations that everybody uses for one offset; the American ones are those of RFC 5322.
_ABBREVIATIONS = {
    "UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "WEST": 1, "CEST": 2, "EEST": 3, "MSK": 3, "JST": 9,
    "EDT": -4, "CST": -6, "CDT": -5, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_MOST_DATES = 200


@dataclass(frozen=True)
class _Observance:
    """When a file's zone changes, and to which offset."""

    offset_from: timedelta
    offset_to: timedelta
    dates: tuple[datetime, ...]
    rule: "_YearlyRule | None"

    def last_change(self, local: datetime) -> datetime | None:
        """Return the last change before a local time."""
        changes = [day for day in self.dates if day <= local]
        if self.rule is not None:
            years = (year for year in (local.year - 1, local.year) if year >= self.dates[0].year)
            changes += [day for year in years if (day := self.rule.day_in(year)) is not None and day <= local]
        return max(changes, default=None)


@dataclass(frozen=True)
class _YearlyRule:
    """A change in every year; other rules are not worked out, since a sender could make them take arbitrarily long."""

    month: int
    weekday: int | None
    nth: int
    days: tuple[int, ...]
    at: datetime
    until: datetime | None

    def day_in(self, year: int) -> datetime | None:
        """Return the change in a year, if there is one."""
        try:
            day = self._day(year)
        except ValueError:
            return None
        found = datetime.combine(day, self.at.time()) if day else None
        return found if found and (self.until is None or found <= self.until) else None

    def _day(self, year: int) -> date | None:
        if self.weekday is None:
            return date(year, self.month, self.days[0] if self.days else self.at.day)
        if self.days:
            listed = (date(year, self.month, day) for day in self.days)
            return next((day for day in listed if day.weekday() == self.weekday), None)
        return _nth_weekday(year, self.month, self.weekday, self.nth)


@dataclass(frozen=True)
class DefinedZone:
    """A zone as a file defines it. `location` is the name of the place, if the file gives one."""

    name: str
    location: str
    observances: tuple[_Observance, ...]

    def offset_at(self, local: datetime) -> timedelta | None:
        """Return the offset at a local time; None if the definition cannot be read."""
        changes = [(found, one.offset_to) for one in self.observances if (found := one.last_change(local)) is not None]
        if changes:
            return max(changes)[1]
        return min(((one.dates[0], one.offset_from) for one in self.observances), default=(None, None))[1]


def defined_zones(file: CalendarFile) -> dict[str, DefinedZone]:
    """Return the zones that a file defines, by name."""
    return {zone.name: zone for part in file.zones if (zone := _defined(part)).name}


def place_called(name: str) -> str | None:
    """Return the IANA zone of a name: its own in any case, with a prefix or a number, or that of Windows."""
    found = name.strip().strip('"').strip()
    # GMT-5 is an offset, Europe/Berlin-2 the second zone of that name in a file
    for one in (found,) if _FIXED.fullmatch(found) else (found, _NUMBERED.sub("", found)):
        if known := _places().get(one.strip("/").casefold()):
            return known
        parts = one.strip("/").split("/")
        tails = ("/".join(parts[-length:]).casefold() for length in (3, 2) if len(parts) > length)
        if known := next((_places()[tail] for tail in tails if tail in _places()), None):
            return known
    return None


def place_shown(name: str, instant: datetime) -> str | None:
    """Return the zone of a city in a displayed name such as (UTC+01:00) Berlin, Rome, if it has that offset then."""
    offset = instant.utcoffset()
    return next((zone for zone in _zones_shown(name) if instant.astimezone(ZoneInfo(zone)).utcoffset() == offset), None)


def place_guessed(name: str, year: int) -> str | None:
    """Return the zone of a city in a displayed name, if the displayed offset is that of the zone in winter."""
    displayed = _DISPLAYED.fullmatch(name.strip())
    wanted = fixed_offset(displayed[1]) if displayed else None
    if wanted is None:
        return None
    for zone in _zones_shown(name):
        seasons = [datetime(year, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7)]
        if min(found for found in seasons if found is not None) == wanted.utcoffset(None):
            return zone
    return None


def _zones_shown(name: str) -> list[str]:
    displayed = _DISPLAYED.fullmatch(name.strip())
    cities = re.split(r"[,/]", displayed[2])[:20] if displayed else ()
    return [zone for city in cities if (zone := _cities().get(city.strip().replace(" ", "_").casefold()))]


def fixed_offset(name: str) -> timezone | None:
    """Return the offset that a name is, such as UTC+02:00 or CEST."""
    text = name.strip().strip('"').strip()
    if (hours := _ABBREVIATIONS.get(text.upper())) is not None:
        return timezone(timedelta(hours=hours))
    found = _FIXED.fullmatch(text)
    if found is None or int(found[2]) > 14 or int(found[3] or 0) > 59:  # noqa: PLR2004 - hours and minutes of an offset
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-offset if found[1] == "-" else offset)


def stamp(text: str) -> tuple[datetime, bool] | None:
    """Return a time as written, and whether it is in UTC; None if it is invalid."""
    found = _STAMP.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(number) for number in found.groups()[:6])
    try:
        return datetime(year, month, day, hour, minute, min(second, 59)), bool(found[7])  # noqa: DTZ001 - its zone is apart
    except ValueError:
        return None


def _defined(part: Component) -> DefinedZone:
    location = place_called(part.text("X-LIC-LOCATION")) if part.text("X-LIC-LOCATION") else None
    observances = [_observance(one) for one in part.parts if one.kind in {"STANDARD", "DAYLIGHT"}]
    whole = tuple(one for one in observances if one is not None)
    # half of a definition would give a wrong offset for half of the year
    return DefinedZone(part.text("TZID"), location or "", whole if len(whole) == len(observances) else ())


def _observance(part: Component) -> _Observance | None:
    begins = _local(part.text("DTSTART"))
    offsets = [_OFFSET.fullmatch(part.text(name)) for name in ("TZOFFSETFROM", "TZOFFSETTO")]
    if begins is None or None in offsets:
        return None
    before, after = (_offset(found) for found in offsets if found)
    written = part.one("RRULE")
    rule = _rule(written.value, begins, before) if written else None
    if written and rule is None:
        return None
    dates = (
        found for line in part.all("RDATE") for text in line.value.split(",")[:_MOST_DATES] if (found := _local(text))
    )
    return _Observance(before, after, (begins, *sorted(dates)), rule)


def _rule(text: str, begins: datetime, before: timedelta) -> _YearlyRule | None:
    given = dict(part.upper().partition("=")[::2] for part in text.split(";"))
    nth = _NTH_DAY.fullmatch(given.get("BYDAY", ""))
    if given.get("FREQ") != "YEARLY" or given.get("INTERVAL", "1") != "1" or ("BYDAY" in given and nth is None):
        return None
    until = stamp(given["UNTIL"]) if "UNTIL" in given else None
    try:
        days = tuple(int(day) for day in given.get("BYMONTHDAY", "").split(",") if day)[:31]
        month = int(given.get("BYMONTH", begins.month))
    except ValueError:
        return None
    return _YearlyRule(
        month=month,
        weekday=_WEEKDAYS.index(nth[2]) if nth else None,
        nth=int(nth[1] or 1) if nth else 1,
        days=days,
        at=begins,
        until=until[0] + before if until and until[1] else until[0] if until else None,
    )


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """Return the nth weekday of a month, counted from its end if negative."""
    first = date(year, month, 1)
    days = [first + timedelta(days=number) for number in range(31)]
    found = [day for day in days if day.month == month and day.weekday() == weekday]
    place = nth - 1 if nth > 0 else nth
    return found[place] if -len(found) <= place < len(found) else None


def _local(text: str) -> datetime | None:
    found = stamp(text)
    return found[0] if found else None


def _offset(found: re.Match[str]) -> timedelta:
    size = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return -size if found[1] == "-" else size


@cache
def _places() -> dict[str, str]:
    """Return the IANA name for each name in lower case, of IANA and of Windows."""
    windows = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items() if zone in time_zone_names()}
    return windows | {name.casefold(): name for name in time_zone_names()}


@cache
def _cities() -> dict[str, str]:
    return {name.rpartition("/")[2].casefold(): name for name in sorted(time_zone_names()) if "/" in name}


def hints(file: CalendarFile) -> Iterator[str]:
    """Yield names of zones that the file gives beside its times: of the calendar, or of its only zone."""
    for name in ("X-WR-TIMEZONE", "TIMEZONE-ID"):
        if found := file.calendar.text(name):
            yield found
    if len(file.zones) == 1:
        zone = file.zones[0]
        yield zone.text("X-LIC-LOCATION") or zone.text("TZID")


def utc(local: datetime, offset: timedelta) -> datetime:
    """Return the instant of a local time at an offset."""
    return (local - offset).replace(tzinfo=UTC)
