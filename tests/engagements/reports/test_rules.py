"""Who stands before whom by title, and the line that is read of a text."""

import pytest

from engagements.reports.rules import level_of, line_of, precedence


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("King", "head_of_state"),
        ("President of the Republic", "head_of_state"),
        ("Prime Minister", "head_of_government"),
        ("Deputy Prime Minister and Minister of National Security", "minister"),
        ("Minister for Law and Home Affairs", "minister"),
        ("Deputy Minister of Interior", "deputy_minister"),
        ("Permanent Secretary", "deputy_minister"),
        ("Secretary-General", "head_of_organization"),
        ("Under-Secretary-General for Peacekeeping Operations", "director"),
        ("Inspector-General of Police (Tan Sri)", "chief_of_police"),
        ("Police Commissioner", "chief_of_police"),
        ("Diplomatic Adviser to the Minister", "working_level"),
        ("First President", "head_of_organization"),
        ("Prosecutor General", "judiciary"),
        ("33 permanent representatives", ""),
        ("", ""),
    ],
)
def test_a_title_speaks_of_its_level(title, level):
    assert level_of(title) == level


def test_the_president_of_a_state_stands_before_the_president_of_an_organization():
    state, body = level_of("President", is_of_state=True), level_of("President")

    assert (state, body) == ("head_of_state", "head_of_organization")
    assert precedence(state) < precedence(body) < precedence("working_level") < precedence("")


def test_the_first_text_that_says_something_gives_the_line():
    assert line_of("", " \n\n First line.\nSecond line.", "Other") == "First line."
    assert line_of("", " ") == ""


def test_a_long_line_ends_at_a_word():
    line = line_of("word " * 100)

    assert line.endswith("word …")
    assert len(line) <= 302
