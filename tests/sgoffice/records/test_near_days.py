"""Days that are named from today, in the four languages."""

from datetime import date

import pytest

from sgoffice.records.near_days import near_day

MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("next tuesday", "2026-12-01"), ("next monday", "2026-12-07"), ("last monday", "2026-11-23"),
        ("last sunday", "2026-11-29"), ("on the coming friday", "2026-12-04"), ("mardi prochain", "2026-12-01"),
        ("lundi dernier", "2026-11-23"), ("el proximo martes", "2026-12-01"), ("الثلاثاء القادم", "2026-12-01"),
        ("avant-hier", "2026-11-28"), ("ayer", "2026-11-29"), ("امس", "2026-11-29"),
    ],
)  # fmt: skip
def test_a_day_is_counted_from_today(text, read):
    assert str(near_day(text, today=MONDAY)) == read


@pytest.mark.parametrize(
    "text", ["tuesday", "this tuesday", "next week", "next last tuesday", "tuesday friday next", ""]
)
def test_what_may_be_either_is_no_day(text):
    assert near_day(text, today=MONDAY) is None
