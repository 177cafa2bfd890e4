"""Local times and days: instants in their IANA zone, and local dates that never shift once entered."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from sgoffice.records.date_words import day_in_words, partial_date_in_words
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.partial_dates import PartialDate, Precision

_NO_TIME = timedelta(0)
_NOON = time(12)
_MIDNIGHT = time(0, 0)
#: Where each day begins first: without a zone, a date has begun once it has begun there.
_EARLIEST_ZONE = timezone(timedelta(hours=14))
_EXACT = re.compile(r"\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?", re.ASCII)
#: The order of dates with the same first day: exact ones first.
_RANKS = {Precision.DAY: 0, Precision.INTERVAL: 0, Precision.MONTH: 2, Precision.YEAR: 4, Precision.DECADE: 6}


@dataclass(frozen=True)
class Days:
    """The local days of an engagement, as text and as the earliest and latest day it can mean."""

    text: str
    earliest: date
    latest: date

    @classmethod
    def of(cls, text: str) -> "Days":
        """Parse EDTF text; raises ValueError with a message for the user."""
        parsed = PartialDate.parse(text)
        return cls(text, parsed.earliest, parsed.latest)

    @property
    def when(self) -> str:
        """The same in a sentence: “on 3 May 2010”, “in November 2016”."""
        known = PartialDate.parse(self.text)
        preposition = "in" if known.precision in {Precision.MONTH, Precision.YEAR, Precision.DECADE} else "on"
        return f"{preposition} {partial_date_in_words(known)}"

    @property
    def is_exact(self) -> bool:
        """Whether first and last day are known without doubt."""
        return is_exact_text(self.text)

    @property
    def rank(self) -> int:
        """How imprecise the date is: the order of dates that begin on the same day."""
        if self.is_exact:
            return 0
        first = PartialDate.parse(self.text.partition("/")[0])
        return _RANKS[first.precision] + (1 if "?" in self.text or "~" in self.text else 0)


def is_exact_text(text: str) -> bool:
    """Tell whether a date is a day or a period between two days."""
    return _EXACT.fullmatch(text) is not None


def possible_instants(wall: datetime, zone: str) -> list[datetime]:
    """Return the instants that a wall-clock time of a zone can mean: two when clocks go back.

    For a time that clocks skip, the two instants that either offset gives.
    """
    here = ZoneInfo(zone)
    # compared in UTC: two times of one zone compare by their wall clocks, which may show the same twice
    found = {wall.replace(tzinfo=here, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return [instant.astimezone(here) for instant in sorted(found)]


def local_instant(moment: datetime, zone: str, *, pointer: str) -> datetime:
    """Return the instant that an entered time means, on the clocks of the zone.

    A time without an offset is local to the zone. An offset must be the zone's own at that time; zero stands for UTC.
    Raises InvalidEntry, with the two valid choices, for a time that the zone's clocks skip or repeat and for an offset
    that the zone does not have then.
    """
    offset = moment.utcoffset()
    here = ZoneInfo(zone)
    if offset == _NO_TIME:
        return moment.astimezone(here)
    wall = moment.replace(tzinfo=None, fold=0)
    meant = possible_instants(wall, zone)
    matching = [instant for instant in meant if instant.replace(tzinfo=None, fold=0) == wall]
    if offset is None:
        if len(matching) == 1:
            return matching[0]
        what = "occurs twice" if matching else "does not exist"
        raise _ambiguous(f"{_shown(wall)} {what} on the clocks of {zone}", meant, pointer)
    for instant in matching:
        if instant.utcoffset() == offset:
            return instant
    if len(matching) == 1:
        meant = sorted([matching[0], moment.astimezone(here)])
    what = f"{_shown(wall)} has another offset" if matching else f"{_shown(wall)} does not exist"
    raise _ambiguous(f"{what} on the clocks of {zone}", meant, pointer)


def local_days(starts: datetime, ends: datetime | None) -> Days:
    """Return the local days from start to end, both on the clocks of the place.

    Raises RuleViolation when the end is not after the start. An end at midnight belongs to the day before.
    """
    if ends is not None and ends.astimezone(UTC) <= starts.astimezone(UTC):
        raise RuleViolation("An engagement must end after it starts.", rule="end-after-start", pointer="/ends_at")
    first = starts.date()
    last = first
    if ends is not None:
        last = max(first, ends.date() - timedelta(days=1 if ends.time() == _MIDNIGHT else 0))
    text = first.isoformat() if first == last else f"{first}/{last}"
    return Days(text, first, last)


def require_day_of_place(days: Days, zone: str, *, pointer: str) -> None:
    """Refuse a day that the clocks of a place left out: Apia had no 30 December 2011.

    Raises InvalidEntry. A day of several, or of a place whose zone is not known, is taken as it is.
    """
    if not zone or not days.is_exact or days.earliest != days.latest:
        return
    noon = datetime.combine(days.earliest, _NOON)
    if all(instant.date() != days.earliest for instant in possible_instants(noon, zone)):
        raise InvalidEntry([(pointer, f"The clocks of {zone} had no {day_in_words(days.earliest)}: give another day.")])


def local_today(now: datetime, zone: str, zones: Iterable[str] = ()) -> date:
    """Return today's date in a zone; without one, where days begin first: among these zones, or anywhere."""
    if zone:
        return now.astimezone(ZoneInfo(zone)).date()
    return max((now.astimezone(ZoneInfo(one)).date() for one in zones), default=now.astimezone(_EARLIEST_ZONE).date())


def _shown(wall: datetime) -> str:
    return wall.isoformat(sep=" ", timespec="minutes")


def _ambiguous(what: str, meant: list[datetime], pointer: str) -> InvalidEntry:
    choices = " or ".join(instant.isoformat(timespec="minutes") for instant in meant)
    return InvalidEntry([(pointer, f"{what}: write {choices}.")])
