"""Imprecise dates: EDTF (ISO 8601-2) level 0 with intervals, and `196X`, `~` and `?` of level 1.

A PartialDate holds the text and the earliest and latest day that it can mean; PartialDateField (models/fields.py)
stores all three.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_ONE = re.compile(r"(?P<year>\d{3}[\dX])(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?(?P<doubt>[?~%])?", re.ASCII)
_HOW_TO = (
    "Write a day (2016-11-21), a month (2016-11), a year (2016), a decade (196X) or an interval "
    "(2019-10-15/2019-10-18); add ~ for approximately, ? for uncertain."
)


class Precision(StrEnum):
    """How precise a date is, from most to least."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    INTERVAL = "interval"


@dataclass(frozen=True)
class PartialDate:
    """An imprecise date: its EDTF text, and the earliest and latest day that it can mean (both inclusive)."""

    text: str
    earliest: date
    latest: date
    precision: Precision
    is_doubtful: bool = False

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Parse EDTF text; raise ValueError with a sentence for the person who typed it."""
        if "/" not in text:
            return cls._one(text, text)
        first, _, last = text.partition("/")
        start, end = cls._one(first, text), cls._one(last, text)
        if start.earliest > end.latest:
            message = f"The interval {text} ends before it begins."
            raise ValueError(message)
        doubtful = start.is_doubtful or end.is_doubtful
        return cls(text, start.earliest, end.latest, Precision.INTERVAL, doubtful)

    @classmethod
    def _one(cls, text: str, typed: str) -> "PartialDate":
        """Return one end of an interval, or the date itself; a refusal names all that was typed."""
        match = _ONE.fullmatch(text)
        if match is None:
            message = f"{typed!r} is not a date. {_HOW_TO}"
            raise ValueError(message)
        year, month, day, doubt = match["year"], match["month"], match["day"], match["doubt"]
        try:
            earliest, latest, precision = _span(year, month, day)
        except ValueError:
            message = f"There is no such day as {text}. {_HOW_TO}"
            raise ValueError(message) from None
        return cls(text, earliest, latest, precision, bool(doubt))

    @property
    def is_exact(self) -> bool:
        """Whether this is one certain day."""
        return self.earliest == self.latest and not self.is_doubtful

    def __str__(self) -> str:
        return self.text


def _span(year: str, month: str | None, day: str | None) -> tuple[date, date, Precision]:
    if year.endswith("X"):
        if month:
            message = "a decade has no month"
            raise ValueError(message)
        return date(int(year[:3] + "0"), 1, 1), date(int(year[:3] + "9"), 12, 31), Precision.DECADE
    number = int(year)
    if month is None:
        return date(number, 1, 1), date(number, 12, 31), Precision.YEAR
    if day is None:
        last = calendar.monthrange(number, int(month))[1]
        return date(number, int(month), 1), date(number, int(month), last), Precision.MONTH
    exact = date(number, int(month), int(day))
    return exact, exact, Precision.DAY
