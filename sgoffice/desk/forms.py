"""What is typed on the desk, before a service sees it: texts without invisible characters, days, versions."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language

from sgoffice.records.characters import ForbiddenCharacter, find_forbidden_character
from sgoffice.records.partial_dates import PartialDate
from sgoffice.records.written_dates import written_date

#: Versions are counted by the database in four bytes.
_LONGEST_NUMBER = 9
#: Days outside of these cannot be moved to another time zone, or to the week before.
FIRST_DAY, LAST_DAY = date(1000, 1, 1), date(9990, 12, 31)

#: Languages in which days in numbers are always written one way.
_ORDERS = {"fr": "day_first"}


def forbidden_characters(data: Mapping[str, Any]) -> Iterator[tuple[str, ForbiddenCharacter]]:
    """Yield the fields that hold a character that no text may have, each with its first one."""
    for name, text in data.items():
        if isinstance(text, str) and (found := find_forbidden_character(text)) is not None:
            yield name, found


def number_in(text: str) -> int | None:
    """Return a number that a form sent; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else None


def date_in(text: str, *, today: date, is_ahead: bool = False) -> str:
    """Return a date as the reader of the page writes it, in the register's notation: 3/12/2026 is clear in French."""
    return written_date(text, today=today, order=_ORDERS.get(get_language() or "", ""), is_ahead=is_ahead)


def day_in(text: str, *, today: date, is_ahead: bool = False) -> date | None:
    """Return the day that a text means, in the calendar of the desk; None for any other text."""
    try:
        found = date.fromisoformat(date_in(text, today=today, is_ahead=is_ahead))
    except ValueError:
        return None
    return found if FIRST_DAY <= found <= LAST_DAY else None


def is_in_calendar(text: str) -> bool:
    """Tell whether a text is a date, exact or not, that the desk can show in every time zone."""
    try:
        parsed = PartialDate.parse(text)
    except ValueError:
        return False
    return parsed.earliest >= FIRST_DAY and parsed.latest <= LAST_DAY
