"""Dates as people write them, in the notation that the register keeps: “7 December 2026” becomes 2026-12-07."""

import re
import unicodedata
from datetime import date, timedelta

_NAMES = (
    "january janvier enero يناير", "february fevrier febrero فبراير", "march mars marzo مارس",
    "april avril abril ابريل", "may mai mayo مايو", "june juin junio يونيو", "july juillet julio يوليو",
    "august aout agosto اغسطس", "september septembre septiembre setiembre سبتمبر",
    "october octobre octubre اكتوبر", "november novembre noviembre نوفمبر", "december decembre diciembre ديسمبر",
)  # fmt: skip
_MONTHS = {name: place for place, names in enumerate(_NAMES, start=1) for name in names.split()}
_SHORTEST = 3  # letters of a month; “jui” may be two
_NEAR_DAYS = {
    "today": 0, "aujourd'hui": 0, "yesterday": -1, "hier": -1, "tomorrow": 1, "demain": 1,
}  # fmt: skip
_WEEKDAYS = re.compile(
    r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\.?,? |^(lun|mar|mercre|jeu|vendre|same)di,? |^dimanche,? "
    r"|^(lunes|martes|miercoles|jueves|viernes|sabado|domingo),? "
)
_UNTIL = r"(?: ?[-–] ?| (?:au|al|to|a) )"
_DAY_FIRST = re.compile(
    rf"(?:du |del )?(\d{{1,2}})(?:st|nd|rd|th|er)?(?:{_UNTIL}(\d{{1,2}}))? (?:(?:of|de) )?"
    r"([^\W\d_]+)\.?,? (?:de )?(\d{4})"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?: ?[-–] ?(\d{1,2}))?,? (\d{4})")
_MONTH = re.compile(r"([^\W\d_]+)\.? (?:de )?(\d{4})")
_NUMBERS = re.compile(r"(\d{1,2})(?:\.? ?[-–] ?(\d{1,2}))?([./])(\d{1,2})\3(\d{4})")


def written_date(text: str, *, today: date | None = None, order: str = "") -> str:
    """Return a date in the register's notation; text that is no such date comes back as it was.

    Days stand before months: 7.12.2026. With slashes a date that could be read both ways is not understood, unless
    `order` says of the text's author that `day_first` or `month_first` is meant.
    """
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    plain = re.sub(r"\s+", " ", plain.replace("’", "'")).strip().lower()
    if today is not None and plain in _NEAR_DAYS:
        return (today + timedelta(days=_NEAR_DAYS[plain])).isoformat()
    return _read(_WEEKDAYS.sub("", plain), order) or text.strip()


def _read(plain: str, order: str) -> str:
    if found := _DAY_FIRST.fullmatch(plain):
        first, last, month, year = found.groups()
        return _days(first, last, _month(month), year)
    if found := _MONTH_FIRST.fullmatch(plain):
        month, first, last, year = found.groups()
        return _days(first, last, _month(month), year)
    if (found := _MONTH.fullmatch(plain)) and _month(found[1]):
        return f"{found[2]}-{_month(found[1]):02}"
    if found := _NUMBERS.fullmatch(plain):
        return _in_numbers(found, order)
    return ""


def _in_numbers(found: "re.Match[str]", order: str) -> str:
    day, last, sign, month, year = found.groups()
    if sign == "/" and order == "month_first" and not last:
        day, month = month, day
    is_clear = sign == "." or bool(order) or int(day) > len(_NAMES) or day == month
    return _days(day, last, int(month), year) if is_clear else ""


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
