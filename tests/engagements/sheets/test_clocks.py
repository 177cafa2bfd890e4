"""Times in cells, as people write them."""

import pytest

from engagements.sheets.clocks import read_clocks


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("16:00", ("16:00:00", "")), ("9.30", ("09:30:00", "")), ("15 h 30", ("15:30:00", "")),
        ("10h", ("10:00:00", "")),
        ("2:30 PM", ("14:30:00", "")), ("12 am", ("00:00:00", "")), ("9.30am", ("09:30:00", "")),
        ("14:00-15:30", ("14:00:00", "15:30:00")), ("de 9 h 30 à 11 h", ("09:30:00", "11:00:00")),
        ("1 pm to 2 pm", ("13:00:00", "14:00:00")), ("9:30:00", ("09:30:00", "")),
    ],
)  # fmt: skip
def test_a_time_or_two_are_read(text, read):
    assert read_clocks(text) == read


@pytest.mark.parametrize("text", ["1-2 pm", "11-1 pm", "0.25", "25:00", "13 pm", "noon", "9-10-11", "14:00-later"])
def test_what_may_mean_another_time_is_none(text):
    assert read_clocks(text) == ("", "")
