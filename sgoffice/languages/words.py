"""Dates in the words of the language of the page."""

from datetime import date

from django.utils import formats
from django.utils.translation import get_language

from sgoffice.languages import french
from sgoffice.records import date_words
from sgoffice.records.partial_dates import PartialDate, Precision

_DOUBTS = {
    "en": {"~": "about {}", "?": "perhaps {}", "%": "perhaps about {}", "decade": "the {}s"},
    "fr": {"~": "vers {}", "?": "peut-être {}", "%": "peut-être vers {}", "decade": "les années {}"},
}
_DASH = "\N{EN DASH}"


def partial_date_in_words(text: str | None) -> str:
    """Return an imprecise date in words: `2016-11` becomes “November 2016”, `196X~` “about the 1960s”."""
    if not text:
        return ""
    try:
        parsed = PartialDate.parse(text)
    except ValueError:
        return text
    if parsed.precision is Precision.INTERVAL:
        return _interval(text, parsed)
    doubts = _DOUBTS["fr" if get_language() == "fr" else "en"]
    certain = _without_doubt(parsed, doubts)
    return doubts[text[-1]].format(certain) if text[-1] in doubts else certain


def day_in_words(day: date) -> str:
    """Return a day as the language of the page writes it."""
    return french.days_in_french(day, day) if get_language() == "fr" else formats.date_format(day, "j N Y")


def day_and_month(day: date) -> str:
    """Return a day without its year."""
    return french.with_first(formats.date_format(day, "j F" if get_language() == "fr" else "j N"))


def days_in_words(first: date, last: date) -> str:
    """Return from which day until which something lasts."""
    return french.days_in_french(first, last) if get_language() == "fr" else date_words.days_in_words(first, last)


def _interval(text: str, parsed: PartialDate) -> str:
    ends = text.split("/")
    is_exact = all(len(end) == len("2026-11-29") for end in ends)
    if is_exact and get_language() == "fr":
        return french.days_in_french(parsed.earliest, parsed.latest)
    if is_exact:
        return _days(parsed.earliest, parsed.latest)
    return " – ".join(map(partial_date_in_words, ends))


def _days(first: date, last: date) -> str:
    """Return days with what they have in common said once, the 4th to the 7th of one month."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{_DASH}{day_in_words(last)}"
    start = day_and_month(first) if first.year == last.year else day_in_words(first)
    return f"{start} {_DASH} {day_in_words(last)}"


def _without_doubt(parsed: PartialDate, doubts: dict[str, str]) -> str:
    if parsed.precision is Precision.DECADE:
        return doubts["decade"].format(parsed.earliest.year)
    if parsed.precision is Precision.YEAR:
        return str(parsed.earliest.year)
    if parsed.precision is Precision.MONTH:
        return formats.date_format(parsed.earliest, "YEAR_MONTH_FORMAT")
    return day_in_words(parsed.earliest)
