"""In which zone a place lies: by its country where it has one, by its city where several have it."""

from importlib import resources

import pytest

from sgoffice.places import zones
from sgoffice.places.zones import zone_called, zone_of, zones_of_country


@pytest.mark.parametrize(
    ("city", "country", "zone"),
    [
        ("Tokyo", "JP", "Asia/Tokyo"),
        ("Anywhere", "AT", "Europe/Vienna"),
        ("Washington, D.C.", "US", "America/New_York"),
        ("Brasília", "BR", "America/Sao_Paulo"),
        ("Canberra", "AU", "Australia/Sydney"),
        ("Geneva", None, "Europe/Zurich"),
        ("Kyiv", None, "Europe/Kyiv"),
        ("Springfield", None, ""),
        ("Nowhere", "US", ""),
        ("", "US", ""),
        ("", None, ""),
        ("Moscow", "SUHH", ""),
    ],
)
def test_a_place_has_the_zone_that_city_and_country_decide(city, country, zone):
    assert zone_of(city, country) == zone


def test_zones_of_a_country_begin_with_that_of_most_people():
    assert zones_of_country("US")[0] == "America/New_York"
    assert zones_of_country("FR") == ["Europe/Paris"]


def test_no_country_has_a_zone_of_another():
    own: dict[str, set[str]] = {"XK": {"Europe/Belgrade"}}  # IANA has no line of its own for Kosovo
    for table in ("zone.tab", "zone1970.tab"):
        for line in (resources.files("tzdata") / "zoneinfo" / table).read_text().splitlines():
            if not line.startswith("#"):
                codes, _, zone, *_ = line.split("\t")
                for code in codes.split(","):
                    own.setdefault(code, set()).add(zone)
    table = zones._table()

    found = {code: set(listed) for code, listed in table["countries"].items()}
    by_city = {code: set(cities.values()) for code, cities in table["cities"].items()}

    assert {code: listed - own[code] for code, listed in found.items() if listed - own[code]} == {}
    assert {code: listed - own[code] for code, listed in by_city.items() if listed - own[code]} == {}


@pytest.mark.parametrize("city", ["Tbilisi", "Sokhumi", "Batumi", "Anywhere"])
def test_georgia_has_one_zone(city):
    assert zone_of(city, "GE") == "Asia/Tbilisi"


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Paris", "Europe/Paris"), (" europe/paris ", "Europe/Paris"), ("Paris", "Europe/Paris"),
        ("New York", "America/New_York"), ("Washington", "America/New_York"), ("UTC", "UTC"), ("Mars", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_zone_is_called_by_its_name_or_a_city(text, zone):
    assert zone_called(text) == zone
