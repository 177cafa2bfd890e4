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


@pytest.mark.parametrize("text", ["a < b and c > d", "Join <https://example.org/a>", "Ask <a.haddad@example.org> & co"])
def test_text_with_angle_brackets_stays_as_it_is(text):
    assert described(f"DESCRIPTION:{text}") == (text, False)


def test_a_description_comes_before_the_html_beside_it():
    assert described("X-ALT-DESC:<p>html</p>", "DESCRIPTION:plain") == ("plain", False)


def test_html_that_never_ends_takes_linear_time():
    began = time.monotonic()
    described("DESCRIPTION:" + "<p" * 300_000 + "<style>" * 50_000 + "<!--" * 100_000)

    assert time.monotonic() - began < LIMIT
