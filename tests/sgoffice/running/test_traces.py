"""Traces as a collector gets them: requests with their statements, and nothing of what anybody typed or keeps."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from ipaddress import ip_network

import pytest
from django.db import IntegrityError, connection, transaction

from sgoffice.database.base import around_statements
from sgoffice.running.traces import Traces, TracesNotAvailable, Untraced, require_available, summary_of, traces_to
from tests.canaries import CANARY
from tests.sgoffice.running.collectors import attributes, collecting
from tests.sgoffice.running.test_start import _SERVING, ROOT, Register, migrated, state

__all__ = ["migrated", "state"]
_TRACE, _CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
_PARENT = f"00-{_TRACE}-{_CALLER}-01"
_RECORD = "/api/v1/partner/agreements/01a22f84-efe8-7055-94f1-b207734b104e"


def asked(port, path, **headers):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


@contextmanager
def served(place):
    lines = place / "lines"
    with lines.open("wb") as errors:
        register = Register(place, stderr=errors)
        try:
            assert _SERVING in register.said(_SERVING), lines.read_text()
            yield register.port
        finally:
            register.end(signal.SIGTERM)


@pytest.fixture
def collector(monkeypatch):
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "100")
    with collecting() as found:
        yield found


@pytest.fixture
def traces(collector):
    found = Traces(collector.address)
    connection.execute_wrappers.append(found.statement)
    yield found
    found.send()
    connection.execute_wrappers.clear()
    around_statements.clear()


def environ(**more):
    return {"REQUEST_METHOD": "GET", "REMOTE_ADDR": "192.0.2.1", "sgoffice.route": "agreement-list", **more}


def test_a_served_register_sends_requests_and_their_statements_without_content(collector, migrated, monkeypatch):
    monkeypatch.setenv("SGOFFICE_TRACES", collector.address)
    with served(migrated) as port:
        token = {"Authorization": f"Bearer sgp_{CANARY}", "User-Agent": CANARY, "X-Request-ID": CANARY}

        statuses = [
            asked(port, "/readyz"),
            asked(port, f"{_RECORD}?q={CANARY}", **token),
            asked(port, f"/api/v1/people/{CANARY}?q={CANARY}", **token),
        ]
        ready = collector.wait_for(lambda span: span.name == "GET sgoffice.health.ready")
        refused = collector.wait_for(lambda span: span.name == "GET partner-agreement-detail")
        collector.wait_for(lambda span: span.name == "GET person-detail")

    assert statuses == [200, 401, 403]
    assert collector.services == {"sgoffice"}
    assert attributes(ready)["http.response.status_code"] == 200
    assert attributes(refused)["http.response.status_code"] == 401
    assert any(one.name.startswith("SELECT") for one in collector.below(refused))
    assert {attributes(one)["db.system.name"] for one in collector.below(refused)} == {"postgresql"}
    sent = b"".join(collector.bodies)
    assert CANARY.lower().encode() not in sent.lower()
    assert _RECORD.rpartition("/")[2].encode() not in sent


def test_what_was_traced_last_is_sent_when_the_register_stops(collector, migrated, monkeypatch):
    monkeypatch.setenv("SGOFFICE_TRACES", collector.address)
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "600000")
    with served(migrated) as port:
        assert asked(port, "/readyz") == 200
        assert collector.spans == []

    collector.wait_for(lambda span: span.name == "GET sgoffice.health.ready")


@pytest.mark.django_db
def test_a_statement_tells_its_verb_and_tables_and_no_value(collector, traces):
    with traces.request(environ()) as statuses:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM accounts_user WHERE username = %s", [CANARY])
            cursor.execute(f"SELECT count(*) FROM partners_partner WHERE name = '{CANARY}'")
        statuses.append(200)
    traces.send()

    [request] = [span for span in collector.spans if span.name == "GET agreement-list"]
    assert [one.name for one in collector.below(request)] == ["SELECT accounts_user", "SELECT partners_partner"]
    assert CANARY.encode() not in b"".join(collector.bodies)


@pytest.mark.django_db
def test_an_error_tells_its_name_and_not_its_text(collector, traces):
    with (
        pytest.raises(IntegrityError),
        traces.request(environ()),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("INSERT INTO django_session (session_key, session_data) VALUES (%s, NULL)", [CANARY])
    traces.send()

    told = {span.name: attributes(span).get("error.type") for span in collector.spans}
    assert (told["GET"], told["INSERT django_session"]) == ("IntegrityError", "IntegrityError")
    assert all(not span.events and not span.status.message for span in collector.spans)
    assert CANARY.encode() not in b"".join(collector.bodies)


@pytest.mark.django_db
def test_statements_of_no_request_are_not_traced(collector, traces):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    traces.send()

    assert collector.spans == []


def test_only_a_trusted_proxy_names_the_trace_that_a_request_belongs_to(collector, traces, settings):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]

    for address in ("192.0.2.1", "10.0.0.7"):
        with traces.request(environ(REMOTE_ADDR=address, HTTP_TRACEPARENT=_PARENT)) as statuses:
            statuses.append(200)
    traces.send()

    stranger, proxy = collector.spans
    assert stranger.trace_id.hex() != _TRACE
    assert (proxy.trace_id.hex(), proxy.parent_span_id.hex()) == (_TRACE, _CALLER)


def test_a_collector_that_is_away_delays_no_request_and_not_the_end_for_long():
    traces = Traces("http://127.0.0.1:1/v1/traces")

    begun = time.monotonic()
    for _ in range(1000):
        with traces.request(environ()) as statuses:
            statuses.append(200)
    asked_by = time.monotonic()
    traces.send()

    assert asked_by - begun < 2
    assert time.monotonic() - asked_by < 10


@pytest.mark.parametrize(
    ("sql", "summary"),
    [
        ('SELECT "a" FROM "accounts_user" INNER JOIN "x_y" ON (1=1)', "SELECT accounts_user x_y"),
        ("\n    INSERT INTO api_guess AS g (key) VALUES (%s)", "INSERT api_guess"),
        ("(SELECT 1)", "SELECT"),
        ("UPDATE ONLY feed_stream SET a = (SELECT b FROM feed_stream)", "UPDATE feed_stream"),
        ("", "OTHER"),
        (object(), "OTHER"),
    ],
)
def test_summary_of_a_statement(sql, summary):
    assert summary_of(sql) == summary


def test_nothing_is_imported_where_no_collector_is_named():
    program = (
        "import django, sys; django.setup(); from sgoffice.running import web_worker; web_worker.application(); "
        "sys.exit(any(name.startswith('opentelemetry') for name in sys.modules))"
    )
    given = {name: value for name, value in os.environ.items() if name != "SGOFFICE_TRACES"}

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=given | {"PYTHONPATH": str(ROOT)}, check=False)

    assert done.returncode == 0
    assert type(traces_to("")) is Untraced


def test_a_register_that_cannot_trace_says_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)

    with pytest.raises(TracesNotAvailable, match="opentelemetry-exporter-otlp-proto-http"):
        require_available("http://127.0.0.1:4318/v1/traces")
    with pytest.raises(TracesNotAvailable, match="write an address"):
        require_available("127.0.0.1:4318")
    require_available("")
