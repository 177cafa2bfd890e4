"""Dates as people write them, in the notation that the register keeps: “7 December 2026” becomes 2026-12-07."""

import re
import unicodedata
from datetime import date

from sgoffice.records.near_days import near_day

_NAMES = (
    "january janvier enero يناير", "february fevrier febrero فبراير", "march mars marzo مارس",
    "april avril abril ابريل", "may mai mayo مايو", "june juin junio يونيو", "july juillet julio يوليو",
    "august aout agosto اغسطس", "september septembre septiembre setiembre سبتمبر",
    "october octobre octubre اكتوبر", "november novembre noviembre نوفمبر", "december decembre diciembre ديسمبر",
)  # fmt: skip
_MONTHS = {name: place for place, names in enumerate(_NAMES, start=1) for name in names.split()}
_LEAP_YEAR = 2024  # has every day
_DAY = 10  # characters of a day in the register's notation
_SHORTEST = 3  # letters of a month; “jui” may be two
_WEEKDAYS = re.compile(
    r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\.?,? |^(lun|mar|mercre|jeu|vendre|same)di,? |^dimanche,? "
    r"|^(lunes|martes|miercoles|jueves|viernes|sabado|domingo),? "
)
_ARTICLE = re.compile(r"^(?:le|el|the|on|du|del) ")
_UNTIL = r"(?: ?[-–] ?| (?:au|al|to|a) )"
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|er)?(?:{_UNTIL}(\d{{1,2}}))? (?:(?:of|de) )?"
    r"([^\W\d_]+)\.?,? (?:de )?(\d{4})"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?: ?[-–] ?(\d{1,2}))?,? (\d{4})")
_ACROSS = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er)? (?:(?:of|de) )?([^\W\d_]+)\.?(?:,? (?:de )?(\d{4}))?"
    rf"{_UNTIL}(\d{{1,2}})(?:st|nd|rd|th|er)? (?:(?:of|de) )?([^\W\d_]+)\.?,? (?:de )?(\d{{4}})"
)
_MONTH = re.compile(r"([^\W\d_]+)\.? (?:de )?(\d{4})")
_NUMBERS = re.compile(r"(\d{1,2})(?:\.? ?[-–] ?(\d{1,2}))?([./])(\d{1,2})\3(\d{4})")


def written_date(text: str, *, today: date | None = None, order: str = "", is_ahead: bool = False) -> str:
    """Return a date in the register's notation; text that is no such date comes back as it was.

    Days stand before months: 7.12.2026. With slashes a date that could be read both ways is not understood, unless
    `order` says of the text's author that `day_first` or `month_first` is meant. Who gives `today` has “yesterday” and
    “next Tuesday” understood, and days without a year: the nearest such day, or with `is_ahead` the next.
    """
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    plain = re.sub(r"\s+", " ", plain.replace("’", "'")).strip().lower()
    if today is not None and (near := near_day(plain, today=today)):
        return near.isoformat()
    plain = _WEEKDAYS.sub("", _ARTICLE.sub("", plain))
    found = _read(plain, order)
    if not found and today is not None:
        found = _read_in_year(plain.rstrip("."), order, today, is_ahead=is_ahead)
    return found or text.strip()


def is_ambiguous(text: str) -> bool:
    """Tell whether a date in numbers could be read both ways."""
    plain = text.strip().rstrip(".")
    whole = plain if _NUMBERS.fullmatch(plain) else f"{plain}/{_LEAP_YEAR}"
    ways = {_read(whole, order) for order in ("day_first", "month_first")}
    return not _read(whole, "") and "" not in ways


def _read_in_year(plain: str, order: str, today: date, *, is_ahead: bool) -> str:
    """Return a date without its year in the year that is meant."""
    sign = next((one for one in "./" if one in plain and plain[-1:].isdigit()), " ")
    read = {_read(f"{plain}{sign}{year}", order) for year in (today.year - 1, today.year, today.year + 1)} - {""}
    days = {text: date.fromisoformat(f"{text}-01"[:_DAY]) for text in read}
    if is_ahead:
        days = {text: day for text, day in days.items() if day >= today}
    return min(days, key=lambda text: abs(days[text] - today), default="")


def _read(plain: str, order: str) -> str:
    if found := _DAY_FIRST.fullmatch(plain):
        first, last, month, year = found.groups()
        return _days(first, last, _month(month), year)
    if found := _ACROSS.fullmatch(plain):
        first, before, begun, last, after, year = found.groups()
        return _between(_days(first, None, _month(before), begun or year), _days(last, None, _month(after), year))
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


def _between(first: str, last: str) -> str:
    return f"{first}/{last}" if first and last and first <= last else ""


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
