"""The line that is read of a text."""

from engagements.reports.rules import line_of


def test_the_first_text_that_says_something_gives_the_line():
    assert line_of("", " \n\n First line.\nSecond line.", "Other") == "First line."
    assert line_of("", " ") == ""


def test_a_long_line_ends_at_a_word():
    line = line_of("word " * 100)

    assert line.endswith("word …")
    assert len(line) <= 302
