"""The IANA time zones that a place can have."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

#: The database of the machine holds these beside the zones of places: what they mean differs from server to server.
_NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})


@cache
def time_zone_names() -> frozenset[str]:
    return frozenset(available_timezones()) - _NO_PLACES


def zones_of(country: str) -> tuple[str, ...]:
    """Return the zones that the places of a country have, by its code; none for an unknown one."""
    return _zones_by_country().get(country, ())


@cache
def _zones_by_country() -> Mapping[str, tuple[str, ...]]:
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    found: dict[str, list[str]] = defaultdict(list)
    for line in table.splitlines():
        if line and not line.startswith("#"):
            code, _, zone, *_ = line.split("\t")
            found[code].append(zone)
    return {code: tuple(zones) for code, zones in found.items()}
