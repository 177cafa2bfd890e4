"""Dates as people write them: “3 May 2010”, “November 2016”, and from one day until another."""

from datetime import date

from sgoffice.records.partial_dates import PartialDate, Precision

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DASH = "\N{EN DASH}"


def day_in_words(day: date | None) -> str:
    """Return a day such as “3 May 2010”; nothing for no day."""
    return "" if day is None else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_in_words(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def days_in_words(first: date, last: date) -> str:
    """Return what lasts from a day until another, with what both have in common said once."""
    if first == last:
        return day_in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{_DASH}{last.day} {month_in_words(last)}"
    start = f"{first.day} {MONTHS[first.month - 1]}" if first.year == last.year else day_in_words(first)
    return f"{start} {_DASH} {day_in_words(last)}"


def stored_date_in_words(text: str | None) -> str:
    """Return a stored day or month as people write it; nothing for none."""
    return partial_date_in_words(PartialDate.parse(text)) if text else ""


def partial_date_in_words(known: PartialDate) -> str:
    """Return a day or a month as people write it, and what is not known so well as its EDTF text."""
    if known.is_doubtful:
        return known.text
    if known.precision is Precision.DAY:
        return days_in_words(known.earliest, known.latest)
    return month_in_words(known.earliest) if known.precision is Precision.MONTH else known.text
