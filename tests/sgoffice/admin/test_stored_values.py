"""Stored values in words: what a program wrote is put into words, what people wrote stays."""

import pytest

from sgoffice.admin.stored_values import in_words

SOMEBODY = "01900000-0000-7000-8000-000000000001"


@pytest.mark.parametrize("written", ["n/a", "and/or", "his/her", "tbc", "See /doc and in_person.", "w/o notice"])
def test_what_people_wrote_stays_as_it_is(written):
    assert in_words(written, {}, table="engagements_engagement", column="summary") == written


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("bilateral_meeting", "Bilateral meeting"),
        ({"pointers": ["/starts_at", "/seat/city"]}, {"pointers": ["Starts at", "Seat › city"]}),
        ([SOMEBODY], ["Josephine Teo"]),
        ("01900000-0000-7000-8000-000000000002", "not named here"),
    ],
)
def test_ids_codes_and_places_are_put_into_words(stored, told):
    assert in_words(stored, {SOMEBODY: "Josephine Teo"}, table="engagements_engagement", column="kind") == told
