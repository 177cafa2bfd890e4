"""In which order a column writes day and month."""

import pytest

from sgoffice.imports.rules.days import order_of


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
