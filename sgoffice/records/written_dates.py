"""Dates as people write them, in the notation that the register keeps: “7 December 2026” becomes 2026-12-07."""

import re
import unicodedata
from datetime import date, timedelta

_NAMES = (
    "january janvier", "february fevrier", "march mars", "april avril", "may mai", "june juin", "july juillet",
    "august aout", "september septembre", "october octobre", "november novembre", "december decembre",
)  # fmt: skip
_MONTHS = {name: place for place, names in enumerate(_NAMES, start=1) for name in names.split()}
_SHORTEST = 3  # letters of a month; “jui” may be two
_NEAR_DAYS = {
    "today": 0, "aujourd'hui": 0, "yesterday": -1, "hier": -1, "tomorrow": 1, "demain": 1,
}  # fmt: skip
_WEEKDAYS = re.compile(
    r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\.?,? |^(lun|mar|mercre|jeu|vendre|same)di,? |^dimanche,? "
)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?(?: ?[-–] ?(\d{1,2}))? (?:of )?([a-z]+)\.?,? (\d{4})")
_MONTH_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?: ?[-–] ?(\d{1,2}))?,? (\d{4})")
_MONTH = re.compile(r"([a-z]+)\.? (\d{4})")
_NUMBERS = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})")


def written_date(text: str, *, today: date | None = None) -> str:
    """Return a date in the register's notation; text that is no such date comes back as it was.

    Days stand before months: 7.12.2026. With slashes a date that could be read both ways is not understood.
    """
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    plain = re.sub(r"\s+", " ", plain.replace("’", "'")).strip().lower()
    if today is not None and plain in _NEAR_DAYS:
        return (today + timedelta(days=_NEAR_DAYS[plain])).isoformat()
    return _read(_WEEKDAYS.sub("", plain)) or text.strip()


def _read(plain: str) -> str:
    if found := _DAY_FIRST.fullmatch(plain):
        first, last, month, year = found.groups()
        return _days(first, last, _month(month), year)
    if found := _MONTH_FIRST.fullmatch(plain):
        month, first, last, year = found.groups()
        return _days(first, last, _month(month), year)
    if (found := _MONTH.fullmatch(plain)) and _month(found[1]):
        return f"{found[2]}-{_month(found[1]):02}"
    if found := _NUMBERS.fullmatch(plain):
        day, sign, month, year = found.groups()
        is_clear = sign == "." or int(day) > len(_NAMES) or day == month
        return _days(day, None, int(month), year) if is_clear else ""
    return ""


def _month(name: str) -> int:
    """Return the number of a month by its name or the beginning of it; 0 if it is none, or may be two."""
    if len(name) < _SHORTEST:
        return 0
    found = {number for known, number in _MONTHS.items() if known.startswith(name)}
    return found.pop() if len(found) == 1 else 0


def _days(first: str, last: str | None, month: int, year: str) -> str:
    try:
        days = [date(int(year), month, int(day)).isoformat() for day in (first, last) if day]
    except ValueError:
        return ""
    return "/".join(days)
