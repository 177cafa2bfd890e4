"""Dates as they are written in French: “1er mai 2010”, “novembre 2016”, “du 30 novembre au 2 décembre 2026”."""

import re
from collections.abc import Callable
from datetime import date

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
_ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTH = "|".join(_ENGLISH)
_WRITTEN = re.compile(rf"(?:(?P<day>\d{{1,2}})(?:–(?P<last>\d{{1,2}}))? )?(?P<month>{_MONTH})(?: (?P<year>\d{{4}}))?")
_STORED = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_LENGTH = re.compile(r"(\d+) (year|month|week|day)s?")
_UNITS = {"year": ("an", "ans"), "month": ("mois", "mois"), "week": ("semaine", "semaines"), "day": ("jour", "jours")}
_DECADE = re.compile(r"the (\d{4})s")
_DAY = re.compile(rf"\d{{1,2}}(?:er)? (?:{'|'.join(MONTHS)}) \d{{4}}$")
_BETWEEN = re.compile(r"(, | or )")
_NAMES_BETWEEN = {" or ": " ou "}
_HOW_SURELY = {" or before": " ou avant", " (an inferred day)": " (jour déduit)"}
_FIRST = re.compile(rf"(?<!\d)1 (?={'|'.join(MONTHS)})")


def date_in_french(text: str) -> str | None:
    """Return a date that is written in English, or stored, as it is written in French; None for anything else."""
    for english, french in _HOW_SURELY.items():
        if text.endswith(english) and (day := date_in_french(text.removesuffix(english))):
            return day + french
    if found := _WRITTEN.fullmatch(text):
        month, year = MONTHS[_ENGLISH.index(found["month"])], f" {found['year']}" if found["year"] else ""
        if found["day"] is None:
            return f"{month}{year}"
        last = f" au {found['last']}" if found["last"] else ""
        return with_first(f"{found['day']}{last} {month}{year}")
    if found := _STORED.fullmatch(text):
        month = MONTHS[min(max(int(found[2]), 1), 12) - 1]
        return with_first(f"{int(found[3])} {month} {found[1]}") if found[3] else f"{month} {found[1]}"
    if found := _DECADE.fullmatch(text):
        return f"les années {found[1]}"
    return text if text.isdigit() else _length_in_french(text)


def is_day(text: str) -> bool:
    """Tell whether a text is an exact day, in English or as it is stored."""
    for english in _HOW_SURELY:
        text = text.removesuffix(english)
    written, stored = _WRITTEN.fullmatch(text), _STORED.fullmatch(text)
    return bool(written and written["day"] and written["year"]) or bool(stored and stored[3])


def _length_in_french(text: str) -> str | None:
    """Return how long something lasts: “5 years and 6 months” becomes “5 ans et 6 mois”."""
    parts = []
    for part in text.split(" and "):
        found = _LENGTH.fullmatch(part)
        if found is None:
            return None
        parts.append(f"{found[1]} {_UNITS[found[2]][int(found[1]) > 1]}")
    return " et ".join(parts)


def names_in_french(text: str, named: Callable[[str], str | None]) -> str:
    """Return names with French between them, each as `named` says it; an “and” may belong to a name, and stays."""
    if None not in (both := [named(part) for part in text.split(" and ")]):
        return " et ".join(filter(None, both))
    found = [_NAMES_BETWEEN.get(part) or named(part) or part for part in _BETWEEN.split(text)]
    return "".join(found)


def with_first(text: str) -> str:
    """Write the first of a month as “1er”."""
    return _FIRST.sub("1er ", text)


def with_article(text: str) -> str:
    """Return an exact day with its article; months and years have none."""
    return f"le {text}" if _DAY.match(text) else text


def days_in_french(first: date, last: date) -> str:
    """Return what lasts from a day until another, with what both have in common said once."""
    end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return with_first(end)
    start = str(first.day)
    if (first.year, first.month) != (last.year, last.month):
        start += f" {MONTHS[first.month - 1]}" + ("" if first.year == last.year else f" {first.year}")
    elif first.day == 1:
        start = "1er"
    return with_first(f"{start} au {end}")
