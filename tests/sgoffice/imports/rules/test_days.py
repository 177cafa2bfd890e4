"""In which order a column writes day and month."""

import pytest

from sgoffice.imports.rules.days import order_of, split_clock


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["3/4/2016", "14/3/2016"], "day_first"),
        (["3/4/2016", "3/14/2016"], "month_first"),
        (["3/4/2016"], ""),
        (["14/3/2016", "3/14/2016"], ""),
        (["14.03.2016", "x"], ""),
    ],
)
def test_the_order_is_what_one_date_shows_and_none_contradicts(texts, order):
    assert order_of(texts) == order


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("2021-03-05 14:30", ("2021-03-05", "14:30")), ("12.03.2019 14.30", ("12.03.2019", "14.30")),
        ("le 5 mars 2019 à 14h30", ("le 5 mars 2019", "14h30")), ("5 March 2019, 2:30 pm", ("5 March 2019", "2:30 pm")),
        ("2015-03-12 00:00:00", ("2015-03-12", "00:00:00")), ("12 mars 2019", ("12 mars 2019", "")),
        ("12 - 14 mars 2019", ("12 - 14 mars 2019", "")), ("12.03.2019", ("12.03.2019", "")), ("14:30", ("14:30", "")),
        ("2019-03-07T10:00:00Z", ("2019-03-07T10:00:00Z", "")),
    ],
)  # fmt: skip
def test_a_time_behind_a_day_stands_apart(text, apart):
    assert split_clock(text) == apart
