"""Metrics of a register that is served: all workers together, for this machine or with a token, and no content."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import suppress

import pytest
from prometheus_client.parser import text_string_to_metric_families

from sgoffice.running.metrics_address import MetricsRefused, address_of
from sgoffice.settings.environment import read_environment
from tests.bench.register import free_port
from tests.sgoffice.running.test_start import _SERVING, ROOT, Register, migrated, state

__all__ = ["migrated", "state"]
_TOKEN = "a token of metrics"


def scraped(port, token=_TOKEN, path="/metrics"):
    headers = {"Authorization": f"Bearer {token}"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own
        return answer.read().decode()


def samples_of(text):
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def measured(migrated, monkeypatch):
    """A register with metrics and a line for each request; yields it, the port of metrics, and where its lines are."""
    port, lines = free_port(), migrated / "lines"
    for name, value in {"METRICS": f"127.0.0.1:{port}", "METRICS_TOKEN": _TOKEN, "ACCESS_LOG": "1"}.items():
        monkeypatch.setenv(f"SGOFFICE_{name}", value)
    with lines.open("wb") as errors:
        register = Register(migrated, stderr=errors)
        assert _SERVING in register.said(_SERVING), lines.read_text()
        yield register, port, lines
        register.end(signal.SIGTERM)


def ask_in_many_ways(register):
    """Ask as an officer, with a word that nothing may repeat; return the token."""
    token = subprocess.run(
        [sys.executable, "manage.py", "issue_token", "officer"],
        cwd=ROOT, env=os.environ | {"SGOFFICE_STATE": str(register.state)}, text=True, capture_output=True, check=True,
    ).stdout.split()[-1]  # fmt: skip

    def ask(path, body=None):
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        address = f"http://127.0.0.1:{register.port}{path}"
        with suppress(urllib.error.HTTPError):
            urllib.request.urlopen(urllib.request.Request(address, body and json.dumps(body).encode(), headers)).close()

    for number in range(30):  # by connections of their own: both workers get some
        ask(f"/api/v1/people?q=Zacanary&limit={number + 1}")
    ask("/api/v1/topics", {"name": "Zacanary", "kind": "service"})
    ask("/api/v1/people/Zacanary")
    ask("/Zacanary")
    return token


def test_all_workers_are_counted_and_no_content_is_told(measured):
    register, port, lines = measured
    token = ask_in_many_ways(register)

    text = scraped(port)
    found = samples_of(text)

    assert found["sgoffice_requests_total", "2xx", "GET", "person-list"] == 30
    assert found["sgoffice_requests_total", "2xx", "POST", "topic-list"] == 1
    assert found["sgoffice_requests_total", "4xx", "GET", "person-detail"] == 1
    assert found["sgoffice_requests_total", "4xx", "GET", "none"] == 1
    assert found["sgoffice_request_seconds_count", "GET", "person-list"] == 30
    assert found["sgoffice_lane_threads", "read"] == 2 * 4
    assert found["sgoffice_lane_requests", "read"] == 0
    assert found["sgoffice_database_up",] == 1
    assert found["sgoffice_history_position",] > 0
    assert found["sgoffice_disk_free_bytes",] > 0
    assert "acanary" not in text

    told = lines.read_text()
    answered = [line for line in map(json.loads, told.splitlines()) if line["logger"] == "sgoffice.requests"]
    assert len(answered) == 33
    assert {line["actor"].split(":")[0] for line in answered if line["route"].startswith("person")} == {"staff"}
    assert all(line["request_id"] for line in answered)
    assert "acanary" not in told
    assert token not in told

    for credential in ("", "another"):
        with pytest.raises(urllib.error.HTTPError, match="401"):
            scraped(port, credential)
    with pytest.raises(urllib.error.HTTPError, match="404"):
        scraped(port, path="/")


@pytest.mark.parametrize("given", ["0.0.0.0:9464", "[::]:9464", "192.0.2.1:9464"])
def test_no_stranger_reads_metrics_without_a_token(given):
    with pytest.raises(MetricsRefused, match="SGOFFICE_METRICS_TOKEN"):
        address_of(read_environment({"SGOFFICE_METRICS": given}))
    assert address_of(read_environment({"SGOFFICE_METRICS": given, "SGOFFICE_METRICS_TOKEN": "a"}))[1] == 9464


@pytest.mark.parametrize("given", ["9464", "localhost:9464", "127.0.0.1", "127.0.0.1:99999", "127.0.0.1:x"])
def test_address_that_cannot_be_read_is_said_before_anything_is_prepared(given):
    with pytest.raises(MetricsRefused, match=r"127\.0\.0\.1:9464"):
        address_of(read_environment({"SGOFFICE_METRICS": given}))


def test_metrics_for_this_machine_need_no_token():
    assert address_of(read_environment({"SGOFFICE_METRICS": "[::1]:9464"})) == ("::1", 9464)
