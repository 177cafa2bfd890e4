"""Local times and days: an instant with its IANA zone, and the local date that never shifts once it is entered."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.partial_dates import PartialDate, Precision

_NO_TIME = timedelta(0)
_MIDNIGHT = time(0, 0)
#: Where the day begins first: a date without a zone has begun somewhere when it has begun there.
_EARLIEST_ZONE = timezone(timedelta(hours=14))
_EXACT = re.compile(r"\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?", re.ASCII)
#: How lists put dates of one first day in order: what is exact first.
_RANKS = {Precision.DAY: 0, Precision.INTERVAL: 0, Precision.MONTH: 2, Precision.YEAR: 4, Precision.DECADE: 6}


@dataclass(frozen=True)
class Days:
    """The local days of an engagement: as text, and from when until when it can have been."""

    text: str
    earliest: date
    latest: date

    @classmethod
    def of(cls, text: str) -> "Days":
        """Read EDTF text; raise ValueError with a sentence for the person who typed it."""
        parsed = PartialDate.parse(text)
        return cls(text, parsed.earliest, parsed.latest)

    @property
    def is_exact(self) -> bool:
        """Tell whether first and last day are known, and without doubt."""
        return is_exact_text(self.text)

    @property
    def rank(self) -> int:
        """How imprecise it is: the order of dates that begin on one day."""
        if self.is_exact:
            return 0
        first = PartialDate.parse(self.text.partition("/")[0])
        return _RANKS[first.precision] + (1 if "?" in self.text or "~" in self.text else 0)


def is_exact_text(text: str) -> bool:
    """Tell whether a date is a day, or a period from a day to a day."""
    return _EXACT.fullmatch(text) is not None


def readings(wall: datetime, zone: str) -> list[datetime]:
    """Return what a time on the clocks of a zone can mean: one instant, two when clocks go back.

    None in the hour that clocks leave out: then the two readings are what either offset makes of it.
    """
    here = ZoneInfo(zone)
    # as instants: two times of one zone are compared by their clocks alone, which show the same twice
    found = {wall.replace(tzinfo=here, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return [instant.astimezone(here) for instant in sorted(found)]


def instant_of(moment: datetime, zone: str, *, pointer: str) -> datetime:
    """Return the instant that is meant, on the clocks of the zone.

    A time without offset is one on the clocks of the zone; an offset must be the zone's own at that time, unless it is
    zero: that names the instant alone. Raises InvalidEntry, with the two valid readings, for a time that the zone's
    clocks leave out or show twice, and for an offset that the zone does not have then.
    """
    offset = moment.utcoffset()
    here = ZoneInfo(zone)
    if offset == _NO_TIME:
        return moment.astimezone(here)
    wall = moment.replace(tzinfo=None, fold=0)
    meant = readings(wall, zone)
    shown = [reading for reading in meant if reading.replace(tzinfo=None, fold=0) == wall]
    if offset is None:
        if len(shown) == 1:
            return shown[0]
        what = "is twice" if shown else "does not exist"
        raise _ambiguous(f"{_told(wall)} {what} on the clocks of {zone}", meant, pointer)
    for reading in shown:
        if reading.utcoffset() == offset:
            return reading
    if len(shown) == 1:
        meant = sorted([shown[0], moment.astimezone(here)])
    what = f"{_told(wall)} has another offset" if shown else f"{_told(wall)} does not exist"
    raise _ambiguous(f"{what} on the clocks of {zone}", meant, pointer)


def days_of(starts: datetime, ends: datetime | None) -> Days:
    """Return the local days from start to end, both on the clocks of the place.

    Raises RuleViolation when the end is not after the start. An end at midnight belongs to the day before.
    """
    if ends is not None and ends.astimezone(UTC) <= starts.astimezone(UTC):
        raise RuleViolation("An engagement ends after it starts.", rule="end-after-start", pointer="/ends_at")
    first = starts.date()
    last = first
    if ends is not None:
        last = max(first, ends.date() - timedelta(days=1 if ends.time() == _MIDNIGHT else 0))
    text = first.isoformat() if first == last else f"{first}/{last}"
    return Days(text, first, last)


def local_today(now: datetime, zone: str) -> date:
    """Return the day that it is in a zone; without one, the day that it is where days begin first."""
    return now.astimezone(ZoneInfo(zone) if zone else _EARLIEST_ZONE).date()


def _told(wall: datetime) -> str:
    return wall.isoformat(sep=" ", timespec="minutes")


def _ambiguous(what: str, meant: list[datetime], pointer: str) -> InvalidEntry:
    choices = " or ".join(reading.isoformat(timespec="minutes") for reading in meant)
    return InvalidEntry([(pointer, f"{what}: write {choices}.")])
