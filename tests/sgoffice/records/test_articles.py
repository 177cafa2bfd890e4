"""The article in front of a name in a sentence."""

import pytest

from sgoffice.records.articles import with_article


@pytest.mark.parametrize(
    "name",
    [
        "African Union", "General Assembly", "United Nations", "Council of the European Union", "G5 Sahel",
        "International Criminal Court (Office of the Prosecutor)", "ASEAN Chiefs of Police", "United Arab Emirates",
        "Netherlands", "Philippines", "Democratic Republic of the Congo", "Marshall Islands", "Holy See",
        "UN Economic and Social Council", "Ministry of the Interior", "Russian Federation",
        "Isle of Man", "House of Lords", "Embassy of Japan", "National Gendarmerie", "Swiss Guard",
    ],
)  # fmt: skip
def test_bodies_and_some_states_take_the_article(name):
    assert with_article(name) == f"the {name}"


@pytest.mark.parametrize(
    "name",
    [
        "INTERPOL", "Europol", "Austria", "Burkina Faso", "Papua New Guinea", "Iran (Islamic Republic of)", "Qatar",
        "Hong Kong, Special Administrative Region of China", "Venezuela (Bolivarian Republic of)", "Stade de France",
        "Kaspersky Lab",
    ],
)  # fmt: skip
def test_other_names_take_none(name):
    assert with_article(name) == name


def test_an_article_is_never_doubled():
    assert with_article("The Gambia") == "the Gambia"
