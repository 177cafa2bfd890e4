"""In which time zone a place lies, and which zone is meant by what people write: Paris, Tokyo, Asia/Tokyo."""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

from sgoffice.places.keys import place_key
from sgoffice.records.time_zones import time_zone_names

_FILE = Path(__file__).parent / "data" / "zones.json.gz"
_WITHIN = ","


def zone_of(city: str, country: str | None) -> str:
    """Return the zone of a place by its city and the code of its country; empty where they do not decide it."""
    zones = zones_of_country(country or "")
    if len(zones) == 1:
        return zones[0]
    key = place_key(city.partition(_WITHIN)[0])
    if not key:
        return ""
    known = _table()["cities"].get(country, {}) if country else _table()["alone"]
    return _known(known.get(key, ""))


def zones_of_country(country: str) -> list[str]:
    """Return the zones of a country, the one of most people first; none for a State that had ceased."""
    return [zone for zone in _table()["countries"].get(country, ()) if _known(zone)]


def zone_called(text: str) -> str:
    """Return the zone that a text names, as IANA or by a city: Europe/Paris, “europe/paris”, “Paris”, “New York”."""
    written = text.strip()
    if written in time_zone_names():
        return written
    key = place_key(written.replace("_", " ").replace("/", " "))
    return _by_key().get(key, "") or zone_of(written, None)


@cache
def _by_key() -> dict[str, str]:
    """Return the zones by their whole name and, where it is the only one, by its last part."""
    whole = {place_key(zone.replace("_", " ").replace("/", " ")): zone for zone in sorted(time_zone_names())}
    ends: dict[str, list[str]] = {}
    for zone in time_zone_names():
        area, _, end = zone.rpartition("/")
        if area and area not in {"Etc", "SystemV"} and "/" not in area:
            ends.setdefault(place_key(end.replace("_", " ")), []).append(zone)
    return {key: zones[0] for key, zones in ends.items() if len(zones) == 1} | whole


def _known(zone: str) -> str:
    """Return a zone that this machine has; tables and machines may be of different years."""
    return zone if zone in time_zone_names() else ""


@cache
def _table() -> dict[str, Any]:
    return json.loads(gzip.decompress(_FILE.read_bytes()))
