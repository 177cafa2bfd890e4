"""The text of an event is what its reader sees, also where a program wrote HTML."""

import time

import pytest

from sgoffice.api.invitations import read_invitation

LIMIT = 2  # seconds


def described(*lines):
    event = ("BEGIN:VEVENT", "UID:1", "DTSTART:20270701T093000Z", "SUMMARY:Call", *lines, "END:VEVENT")
    found = read_invitation("\r\n".join(["BEGIN:VCALENDAR", *event, "END:VCALENDAR", ""]))
    return found.description, any("HTML" in note for note in found.notes)


@pytest.mark.parametrize(
    "line",
    [
        "DESCRIPTION:<b>Agenda</b><br>1. Caf&eacute\\; &amp\\; talk<ul><li>two</li></ul>",
        "X-ALT-DESC:<html><head><style>p {}</style></head><p>Agenda</p><p>1. Café  & talk</p><div>two</div></html>",
        'STYLED-DESCRIPTION;VALUE=TEXT:<p class="a">Agenda</p>1. Café & talk<br/>two',
    ],
)
def test_html_is_read_as_the_text_in_it(line):
    assert described(line) == ("Agenda\n1. Café & talk\ntwo", True)


@pytest.mark.parametrize(
    "text",
    [
        "a < b and c > d", "Join <https://example.org/a>", "Ask <a.haddad@example.org> & co", "Fill in <title> first",
        "where a <b and c> d", "<p and q> of <style>", "<!DOCTYPE> is no word",
    ],
)  # fmt: skip
def test_text_with_angle_brackets_stays_as_it_is(text):
    assert described(f"DESCRIPTION:{text}") == (text, False)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<!DOCTYPE html><p>Agenda</p>", "Agenda"),
        ("<!-- a <b>\\n--><p>Agenda</p><![if !mso]>x<![endif]>", "Agenda\nx"),
        ("<p>Agenda<o:p></o:p></p><?xml:namespace prefix=o />", "Agenda"),
        ("<style>a</title>b</style><p>Agenda</p>", "Agenda"),
        ("<p>Agenda</p><title>of the call", "Agenda\nof the call"),
        ("<title/>Agenda<br><script src=x />of the call<title>x</title>", "Agenda\nof the call"),
        ("<p>Join <https://example.org/a></p>", "Join <https://example.org/a>"),
    ],
)
def test_what_a_reader_of_the_html_does_not_see_is_left_out_and_nothing_else(html, text):
    assert described(f"DESCRIPTION:{html}") == (text, True)


def test_a_description_comes_before_the_html_beside_it():
    assert described("X-ALT-DESC:<p>html</p>", "DESCRIPTION:plain") == ("plain", False)


def test_html_that_never_ends_takes_linear_time():
    began = time.monotonic()
    described("DESCRIPTION:" + "<p" * 300_000 + "<style>" * 50_000 + "<!--" * 100_000)

    assert time.monotonic() - began < LIMIT
