"""Dates as people write them, in English and French; what could be read both ways comes back as it was."""

from datetime import date

import pytest
from django.utils.translation import override

from sgoffice.languages.words import partial_date_in_words
from sgoffice.records.written_dates import is_ambiguous, written_date

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("7 December 2026", "2026-12-07"), ("7 Dec. 2026", "2026-12-07"), ("7th of December 2026", "2026-12-07"),
        ("December 7, 2026", "2026-12-07"), ("Monday, 7 December 2026", "2026-12-07"),
        ("7 décembre 2026", "2026-12-07"),
        ("lundi 7 déc. 2026", "2026-12-07"), ("1er août 2026", "2026-08-01"), ("7.12.2026", "2026-12-07"),
        ("27/11/2026", "2026-11-27"), ("07/12/2026", "07/12/2026"), ("12/25/2026", "12/25/2026"),
        ("December 2026", "2026-12"), ("2026-12-07", "2026-12-07"), ("2026", "2026"), ("196X", "196X"),
        ("7–9 December 2026", "2026-12-07/2026-12-09"), ("December 7-9, 2026", "2026-12-07/2026-12-09"),
        ("31 February 2026", "31 February 2026"), ("7 ju 2026", "7 ju 2026"), ("soon", "soon"), (" 2026 ", "2026"),
        ("yesterday", "2026-03-01"), ("Hier", "2026-03-01"), ("aujourd’hui", "2026-03-02"), ("tomorrow", "2026-03-03"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_it_is_written(text, read):
    assert written_date(text, today=TODAY) == read


def test_yesterday_means_nothing_where_nobody_knows_the_day():
    assert written_date("yesterday") == "yesterday"


@pytest.mark.parametrize(
    ("text", "nearest", "ahead"),
    [
        ("15.3.", "2026-03-15", "2026-03-15"), ("15 December", "2025-12-15", "2026-12-15"),
        ("le 3 mars", "2026-03-03", "2026-03-03"), ("25/2", "2026-02-25", "2027-02-25"),
        ("14-16 déc.", "2025-12-14/2025-12-16", "2026-12-14/2026-12-16"), ("2/3", "2/3", "2/3"),
        ("30 February", "30 February", "30 February"), ("12", "12", "12"),
    ],
)  # fmt: skip
def test_a_day_without_a_year_is_the_nearest_or_the_next(text, nearest, ahead):
    assert written_date(text, today=TODAY) == nearest
    assert written_date(text, today=TODAY, is_ahead=True) == ahead
    assert written_date(text) == text


@pytest.mark.parametrize(
    "text",
    ["28 November - 2 December 2026", "28 Nov. 2026 – 2 Dec. 2026", "du 28 novembre au 2 décembre 2026"],
)
def test_days_may_lie_in_two_months(text):
    assert written_date(text) == "2026-11-28/2026-12-02"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("days", ["2024-11-04/2024-11-07", "2024-10-30/2024-11-02", "2024-12-30/2025-01-02"])
def test_days_are_read_as_pages_write_them(days, language):
    with override(language):
        shown = partial_date_in_words(days)

    assert shown.count("2024") == 1
    assert written_date(shown) == days


def test_days_that_end_before_they_begin_are_none():
    assert written_date("28 November - 2 January 2026") == "28 November - 2 January 2026"


def test_what_could_be_read_both_ways_is_said_to_be_so():
    assert [is_ambiguous(text) for text in ("7/12/2026", "7/12", "27/11", "7.12.", "soon")] == [
        True, True, False, False, False
    ]  # fmt: skip
