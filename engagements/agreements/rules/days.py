"""Windows of days, durations, terms that renew, and the arithmetic of treaties.

Months are added first, then days. A day that the new month does not have becomes the last day of that month: one month
after 31 January is 28 February (29 in a leap year), one year after 29 February is 28 February. Several terms are
counted from the first day at once, so 31 January plus two terms of one month is 31 March.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from sgoffice.records.date_words import day_in_words, month_in_words
from sgoffice.records.partial_dates import PartialDate

_DURATION = re.compile(r"P(?:(\d{1,3})Y)?(?:(\d{1,3})M)?(?:(\d{1,3})W)?(?:(\d{1,5})D)?")
_DECADE = 10


@dataclass(frozen=True)
class Duration:
    """A number of months and of days."""

    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Read an ISO 8601 duration of years, months, weeks and days; raise ValueError with a sentence for people."""
        match = _DURATION.fullmatch(text)
        if match is None or not any(match.groups()):
            message = f"{text!r} is not a duration: write P60D for 60 days, P6M for six months, P5Y for five years."
            raise ValueError(message)
        years, months, weeks, days = (int(number or 0) for number in match.groups())
        found = cls(years * 12 + months, weeks * 7 + days)
        if not found:
            message = "A duration must be longer than zero."
            raise ValueError(message)
        return found

    def __bool__(self) -> bool:
        return bool(self.months or self.days)

    def times(self, count: int) -> "Duration":
        return Duration(self.months * count, self.days * count)

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        counted = [(years, "year"), (months, "month"), (self.days, "day")]
        words = [f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in counted if number]
        return " and ".join(words)


def add_duration(day: date, duration: Duration) -> date:
    """Return the day that long after another; stops at 31 December 9999, where the calendar ends."""
    return _moved(day, duration.months, duration.days)


def subtract_duration(day: date, duration: Duration) -> date:
    """Return the day that long before another; stops at 1 January 1, where the calendar begins."""
    return _moved(day, -duration.months, -duration.days)


def first_of_next_month(day: date) -> date:
    return _moved(day.replace(day=1), 1, 0)


def _moved(day: date, months: int, days: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    moved = date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    try:
        return moved + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


@dataclass(frozen=True)
class Window:
    """The first and the last day on which something can have happened, both inclusive."""

    earliest: date
    latest: date

    @classmethod
    def of(cls, text: str | None) -> "Window | None":
        """Return the window of an imprecise date (EDTF), None for no date; raises ValueError for an invalid one."""
        if not text:
            return None
        parsed = PartialDate.parse(text)
        return cls(parsed.earliest, parsed.latest)

    @classmethod
    def on(cls, day: date) -> "Window":
        return cls(day, day)

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest

    @property
    def is_unbounded(self) -> bool:
        """Nothing is known about the date."""
        return self == ANY_DAY

    def after(self, duration: Duration | None, *, at_start_of_month: bool = False) -> "Window":
        """Return the window that much later, optionally moved to the first day of the following month."""
        if self.is_unbounded:
            return self
        ends = self.earliest, self.latest
        if duration is not None:
            ends = add_duration(ends[0], duration), add_duration(ends[1], duration)
        if at_start_of_month:
            ends = first_of_next_month(ends[0]), first_of_next_month(ends[1])
        return Window(*ends)

    @property
    def when(self) -> str:
        """The window as it reads after a verb: “on 3 May 2010”, “in May 2010”, “on a day that is not known”."""
        if self.is_unbounded:
            return "on a day that is not known"
        name = str(self)
        return f"on {name}" if self.is_exact or name.startswith("a day") else f"in {name}"

    def __str__(self) -> str:
        first, last = self.earliest, self.latest
        if self.is_exact:
            return day_in_words(first)
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return _years(first.year, last.year)
        is_month = (first.year, first.month, first.day) == (last.year, last.month, 1)
        if is_month and last.day == calendar.monthrange(last.year, last.month)[1]:
            return month_in_words(first)
        return f"a day between {Window.on(first)} and {Window.on(last)}"


def _years(first: int, last: int) -> str:
    if first == last:
        return str(first)
    if last - first == _DECADE - 1 and first % _DECADE == 0:
        return f"the {first}s"
    return f"a year between {first} and {last}"


#: The window of an act without a known date.
ANY_DAY = Window(date.min, date.max)


def latest_of(windows: list[Window]) -> Window:
    """Return when the last of several things happened."""
    return Window(max(item.earliest for item in windows), max(item.latest for item in windows))


def earliest_of(windows: list[Window]) -> Window:
    """Return when the first of several things happened."""
    return Window(min(item.earliest for item in windows), min(item.latest for item in windows))


def nth_of(windows: list[Window], number: int) -> Window:
    """Return when that many of several things had happened."""
    return Window(
        sorted(item.earliest for item in windows)[number - 1], sorted(item.latest for item in windows)[number - 1]
    )


#: By at most this many days, months of different lengths bring the last days for notice of two terms closer together.
_CLOSER = 4


@dataclass(frozen=True)
class Renewals:
    """Terms that renew tacitly without end, counted from the end of the first, unless notice is given in time."""

    first_end: date
    renewal: Duration
    notice: Duration

    def end(self, number: int) -> date:
        """Return the end of the term that was renewed that many times: the day of the next renewal."""
        return add_duration(self.first_end, self.renewal.times(number))

    def last_day(self, number: int) -> date:
        """Return the last day on which notice stops the renewal at that end."""
        return subtract_duration(self.end(number), self.notice)

    def next_for_notice(self, day: date) -> int | None:
        """Return the number of the first renewal that notice on that day still stops; None past the calendar's end."""
        if self.last_day(0) >= day:
            return 0
        # no term is longer than this many days, so at least this many terms are already too late
        longest = self.renewal.months * 31 + self.renewal.days
        number = max(0, ((day - self.last_day(0)).days - _CLOSER) // longest)
        while self.last_day(number) < day:
            if self.end(number) == date.max:
                return None
            number += 1
        return number
