"""Dates as people write them, in English and French; what could be read both ways comes back as it was."""

from datetime import date

import pytest

from sgoffice.records.written_dates import written_date

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
