"""Imprecise dates: what their text means, and what is no date. No database."""

import re
from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgoffice.records.models.fields import LENGTH
from sgoffice.records.partial_dates import PartialDate, Precision

YEARS = st.integers(1000, 9999)
DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 31))
DOUBTS = st.sampled_from(["", "~", "?", "%"])


@st.composite
def single_dates(draw):
    """Any date without an interval, with the first and the last day that it can mean."""
    day, doubt = draw(DAYS), draw(DOUBTS)
    texts = {
        day.isoformat(): (day, day),
        f"{day:%Y-%m}": (day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])),
        f"{day:%Y}": (date(day.year, 1, 1), date(day.year, 12, 31)),
        f"{day:%Y}"[:3] + "X": (date(day.year // 10 * 10, 1, 1), date(day.year // 10 * 10 + 9, 12, 31)),
    }
    text = draw(st.sampled_from(sorted(texts)))
    return text + doubt, *texts[text]


@given(single_dates())
def test_date_spans_from_its_earliest_to_its_latest_day(made):
    text, earliest, latest = made

    parsed = PartialDate.parse(text)

    assert (parsed.text, parsed.earliest, parsed.latest) == (text, earliest, latest)
    assert parsed.is_doubtful == (text[-1] in "~?%")


@given(single_dates(), single_dates())
def test_interval_spans_both_of_its_ends_or_is_refused(first, last):
    text = f"{first[0]}/{last[0]}"

    if first[1] > last[2]:
        with pytest.raises(ValueError, match="ends before it begins"):
            PartialDate.parse(text)
        return
    parsed = PartialDate.parse(text)

    assert (parsed.earliest, parsed.latest, parsed.precision) == (first[1], last[2], Precision.INTERVAL)
    assert len(parsed.text) <= LENGTH


@given(DAYS)
def test_day_is_exact_and_comes_back_as_its_own_text(day):
    parsed = PartialDate.parse(day.isoformat())

    assert (parsed.earliest, parsed.latest) == (day, day)
    assert parsed.is_exact
    assert str(parsed) == day.isoformat()


@given(st.text(max_size=12))
def test_any_text_is_a_date_in_ascii_or_a_sentence(text):
    said = ""
    try:
        parsed = PartialDate.parse(text)
    except ValueError as error:
        said = str(error)

    assert said.endswith(".") if said else parsed.earliest <= parsed.latest and text.isascii()


@pytest.mark.parametrize(
    "text",
    [
        "", " 2016", "2016 ", "2016\n", "16", "20166", "2016-1", "2016-13", "2016-00", "2016-02-30", "2015-02-29",
        "0000", "000X", "196X-05", "19XX", "2016-11-21T10:00", "2016/", "/2016", "2016/..", "2014/2015/2016",
        "2016-11-21/2016-11-20", "2016~?", "٢٠١٦", "2016-1١", "-2016", "y2016", "21.11.2016",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"is not a date\.|no such day|ends before"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("text", "precision", "is_exact"),
    [
        ("2016-11-21", Precision.DAY, True),
        ("2016-11-21?", Precision.DAY, False),
        ("2016-11", Precision.MONTH, False),
        ("2016", Precision.YEAR, False),
        ("196X", Precision.DECADE, False),
        ("2016-11-21/2016-11-21", Precision.INTERVAL, True),
    ],
)
def test_precision_says_how_much_is_known(text, precision, is_exact):
    parsed = PartialDate.parse(text)

    assert (parsed.precision, parsed.is_exact) == (precision, is_exact)


@pytest.mark.parametrize("text", ["21/11/2016", "2016/11/21", "11/2016", "2016-11-21/", "/2016", "2016/./17"])
def test_a_date_with_slashes_is_refused_by_all_that_was_typed(text):
    with pytest.raises(ValueError, match=re.escape(f"{text!r} is not a date.")):
        PartialDate.parse(text)
