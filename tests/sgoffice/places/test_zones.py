"""In which zone a place lies: by its country where it has one, by its city where several have it."""

import pytest

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


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Paris", "Europe/Paris"), (" europe/paris ", "Europe/Paris"), ("Paris", "Europe/Paris"),
        ("New York", "America/New_York"), ("Washington", "America/New_York"), ("UTC", "UTC"), ("Mars", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_zone_is_called_by_its_name_or_a_city(text, zone):
    assert zone_called(text) == zone
