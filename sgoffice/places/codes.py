"""What a code stands for: ISO 3166-1 and 3166-3, reserved and user-assigned codes, each with the years of its use."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "codes.json"


@dataclass(frozen=True)
class Code:
    """A code and the record that it leads to; `since` and `until` are the days or years between which it was in use."""

    code: str
    stands_for: str
    since: str = ""
    until: str = ""
    note: str = ""


def standing_for(code: str) -> tuple[Code, ...]:
    """Return what a code stands for, in any case; several for a code that was assigned again, the current one alone."""
    found = _by_code().get(code.upper(), ())
    current = tuple(one for one in found if not one.until)
    return current or found


def record_code(code: str) -> str:
    """Return the code of the record to which a code leads: GB for UK; itself if nothing is known of it."""
    found = {one.stands_for for one in standing_for(code)}
    return found.pop() if len(found) == 1 else code.upper()


def codes_of(country: str) -> tuple[Code, ...]:
    """Return the other codes that lead to a country."""
    return tuple(one for found in _by_code().values() for one in found if one.stands_for == country)


def label_of(country: str) -> str:
    """Return the usual English name of a country, or its code."""
    return _labels().get(country, country)


def known_codes() -> frozenset[str]:
    """Return the codes of all records that the tables have names for."""
    return frozenset(_labels())


def is_organization(code: str) -> bool:
    """Tell whether a reserved code stands for an organization, such as EU."""
    return code.upper() in _table()["organizations"]


@cache
def _table() -> dict[str, dict[str, object]]:
    table: dict[str, dict[str, object]] = json.loads(_FILE.read_bytes())
    return table


@cache
def _labels() -> dict[str, str]:
    return {code: str(name) for code, name in _table()["labels"].items()}


@cache
def _by_code() -> dict[str, tuple[Code, ...]]:
    found: dict[str, tuple[Code, ...]] = {code: (Code(code, code),) for code in _labels()}
    for row in _table()["codes"]:
        one = Code(**row)  # type: ignore[arg-type] # the file is written by `gathering` from this class
        found[one.code] = (*found.get(one.code, ()), one)
    return found
