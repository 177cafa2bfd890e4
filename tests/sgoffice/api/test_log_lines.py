"""A log line says what happened in which request, and no secret."""

import json
import logging

from sgoffice.api.log_lines import JSONLines


def line(message, *values):
    return json.loads(JSONLines().format(logging.LogRecord("django", logging.WARNING, "", 1, message, values, None)))


def test_the_secret_of_a_calendar_link_is_left_out():
    said = line("Not Found: %s", "/calendars/kN3-abc_DEF.ics?country=SG")["message"]

    assert said == "Not Found: /calendars/….ics?country=SG"


def test_other_words_stay():
    assert line("Not Found: /api/v1/people/1")["message"] == "Not Found: /api/v1/people/1"
