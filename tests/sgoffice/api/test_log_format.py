"""A log line says what happened in which request, and no secret."""

import json
import logging
import sys

import pytest
from django.db import IntegrityError, connection, transaction

from sgoffice.api.log_format import JSONLines


def line(message, *values):
    return json.loads(JSONLines().format(logging.LogRecord("django", logging.WARNING, "", 1, message, values, None)))


def test_the_secret_of_a_calendar_link_is_left_out():
    said = line("Not Found: %s", "/calendars/kN3-abc_DEF.ics?country=SG")["message"]

    assert said == "Not Found: /calendars/….ics?country=SG"


def test_other_words_stay():
    assert line("Not Found: /api/v1/people/1")["message"] == "Not Found: /api/v1/people/1"


@pytest.mark.parametrize("given", ["told-by-the-caller", ""])
def test_line_of_a_refused_request_has_the_id_of_its_answer(caplog, client, given):
    answer = client.get("/api/v1/nothing-of-the-kind", headers={"X-Request-ID": given} if given else {})

    [line] = [json.loads(JSONLines().format(record)) for record in caplog.records if record.name == "django.request"]
    assert answer.status_code == 404
    assert line["request_id"].startswith(f"{answer['X-Request-ID']}.")
    assert given in line["request_id"]


@pytest.mark.parametrize("name", ["Zacanary", "Zacanáry", "%0AZacanary"])
def test_line_of_a_refused_request_names_the_route_and_not_what_was_typed(caplog, client, name):
    client.get(f"/api/v1/nothing/{name}")
    client.get(f"/api/v1/people/{name}?q={name}")

    told = [json.loads(JSONLines().format(record)) for record in caplog.records if record.name == "django.request"]

    assert told[0]["message"] == "Not Found: none"
    assert len(told) == 2
    assert not any("acan" in value for line in told for value in map(str, line.values()))


def test_line_of_no_request_has_no_id():
    assert line("Started")["request_id"] == ""


def test_traceback_leaves_out_the_row_that_the_database_refused(db):
    secret = "ZQ-LOG\nZQ"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO records_clockpass (name, detail) VALUES (%s, NULL)", [secret])
    except IntegrityError:
        record = logging.LogRecord("django", logging.ERROR, "", 1, "It failed", (), sys.exc_info())

    said = json.loads(JSONLines().format(record))["traceback"]

    assert "Failing row contains" not in said
    assert "(ZQ-" not in said
    assert "LOG\\nZQ" not in said
    assert said.count("null value in column") == 2
