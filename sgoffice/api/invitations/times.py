"""When an event is: an instant in its zone, a time without one, or days."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from sgoffice.api.invitations.components import CalendarFile, Component
from sgoffice.api.invitations.content_lines import ContentLine
from sgoffice.api.invitations.zones import (
    DefinedZone,
    defined_zones,
    fixed_offset,
    hints,
    place_called,
    place_guessed,
    place_shown,
    stamp,
    utc,
)

_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T0{4,6}Z?)?", re.ASCII)
_DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?", re.ASCII
)
_WHOLE_DAYS = ("X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT", "X-FUNAMBOL-ALLDAY")
_YEARS = range(1900, 2200)
_LONGEST = timedelta(days=3660)

Moment = datetime | date


@dataclass
class EventTimes:
    """When an event is. Times without a zone are naive; days are dates, and `last` is inclusive."""

    starts: Moment | None
    last: Moment | None = None
    #: The zone of the place that the file gives beside its times.
    place: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Reader:
    zones: dict[str, DefinedZone]
    place: str
    notes: list[str]

    def moment(self, line: ContentLine | None) -> Moment | None:
        """Return what a line says: a day, an instant in its zone, or a naive time; None if it is invalid."""
        if line is None:
            return None
        name = line.parameters.get("TZID", "")
        if line.parameters.get("VALUE", "").upper() == "DATE" or "T" not in line.value.upper():
            return _in_range(_day(line.value))
        found = stamp(line.value.upper())
        if found is None or found[0].year not in _YEARS:
            return None
        local, is_utc = found
        if is_utc:
            place = self._place(name) or self.place
            instant = local.replace(tzinfo=UTC)
            return instant.astimezone(ZoneInfo(place)) if place else instant
        return self._local(local, name) if name else self._floating(local)

    def _floating(self, local: datetime) -> datetime:
        """Return a time without a zone in that of the place; if the file defines one zone only, in that.

        It stays without one if the clocks of the place show it twice or never.
        """
        if self.place:
            zone = ZoneInfo(self.place)
            meant = {local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
            return local.replace(tzinfo=zone) if len(meant) == 1 else local
        only = next(iter(self.zones.values())) if len(self.zones) == 1 else None
        return self._local(local, only.name) if only and only.offset_at(local) is not None else local

    def _place(self, name: str) -> str | None:
        defined = self.zones.get(name)
        return (place_called(name) if name else None) or (defined.location if defined else None) or None

    def _local(self, local: datetime, name: str) -> datetime:
        """Return a local time of a zone; where the file defines the zone otherwise than its name says, as defined."""
        place, defined = self._place(name), self.zones.get(name)
        offset = defined.offset_at(local) if defined else None
        named = _existing(local, ZoneInfo(place)) if place else None
        if offset is None:
            return named or self._unknown(local, name)
        instant = utc(local, offset)
        if named is not None and place:
            if named.astimezone(UTC) != instant:
                self._note(f"The file defines {name} otherwise than usual: {_said(offset)} was used, as in the file.")
            return instant.astimezone(ZoneInfo(place))
        shown = place_shown(name, instant.astimezone(timezone(offset))) or self.place
        if shown:
            return instant.astimezone(ZoneInfo(shown))
        return instant.astimezone(timezone(offset, name))

    def _unknown(self, local: datetime, name: str) -> datetime:
        fixed = fixed_offset(name)
        if fixed is not None:
            found = local.replace(tzinfo=fixed)
            return found.astimezone(ZoneInfo(self.place)) if self.place else found
        if guessed := place_guessed(name, local.year):
            self._note(f"The time zone {name[:80]!r} was taken for {guessed}.")
            return _existing(local, ZoneInfo(guessed))
        self._note(f"The time zone {name[:80]!r} is not known.")
        return local

    def _note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)


def times_of(file: CalendarFile, *, zone: str = "") -> EventTimes:
    """Return when the first event of a file is; `zone` is that of the place, if the caller names it."""
    event = file.event
    place = zone or next((found for hint in hints(file) if (found := place_called(hint))), "")
    notes: list[str] = []
    reader = _Reader(defined_zones(file), place, notes)
    starts = reader.moment(event.one("DTSTART"))
    if starts is None:
        return EventTimes(None, place=place, notes=notes)
    ends = _end(reader, event, starts, notes)
    if isinstance(starts, datetime) and _is_marked_as_whole_days(event):
        starts, ends = starts.date(), _last_day(ends)
    elif not isinstance(starts, datetime) and ends is not None:
        ends -= timedelta(days=1)
    return EventTimes(starts, ends, place, notes)


def _end(reader: _Reader, event: Component, starts: Moment, notes: list[str]) -> Moment | None:
    """Return the end, of the same type as the start; None, with a note, if it cannot be read."""
    line, duration = event.one("DTEND"), event.one("DURATION")
    if line is None and duration is None:
        return None
    ends = reader.moment(line) if line else _after(starts, duration.value if duration else "")
    if ends is None or _form(ends) != _form(starts) or _is_before(ends, starts):
        notes.append("Its end cannot be read, or is not after its start: no end is proposed.")
        return None
    return None if ends == starts else ends


def _after(starts: Moment, text: str) -> Moment | None:
    """Return the end after a duration: hours are exact, days and weeks are those of the calendar (RFC 5545, 3.3.6)."""
    found = _DURATION.fullmatch(text.strip().upper())
    if found is None or found[1] == "-" or not any(found.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in found.groups()[1:])
    nominal, exact = timedelta(weeks=weeks, days=days), timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if nominal + exact > _LONGEST:
        return None
    later = starts + nominal
    if not isinstance(later, datetime):
        return later + timedelta(days=exact.days) if not exact.seconds else None
    if later.tzinfo is None:
        return later + exact
    return (later.astimezone(UTC) + exact).astimezone(later.tzinfo)


def _existing(local: datetime, zone: ZoneInfo) -> datetime:
    """Return a local time; one that a change of offset skips becomes the one after it."""
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def _is_before(ends: Moment, starts: Moment) -> bool:
    if isinstance(ends, datetime) and isinstance(starts, datetime) and ends.tzinfo and starts.tzinfo:
        return ends.astimezone(UTC) < starts.astimezone(UTC)
    return ends < starts


def _is_marked_as_whole_days(event: Component) -> bool:
    return any(line.value.strip().upper() in {"TRUE", "1"} for line in event.all(*_WHOLE_DAYS))


def last_day(moment: datetime) -> date:
    """Return the last day of what ends then; an end at midnight belongs to the day before."""
    return (moment - timedelta(microseconds=1)).date()


def _last_day(ends: Moment | None) -> date | None:
    return last_day(ends) if isinstance(ends, datetime) else ends


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text.strip().upper())
    try:
        return date(*(int(number) for number in found.groups())) if found else None
    except ValueError:
        return None


def _in_range(day: date | None) -> date | None:
    return day if day and day.year in _YEARS else None


def _form(moment: Moment) -> str:
    if not isinstance(moment, datetime):
        return "day"
    return "instant" if moment.tzinfo else "time"


def _said(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
