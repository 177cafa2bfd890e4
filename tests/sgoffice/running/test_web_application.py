"""The server of `start` before a small application: no client delays another, however slowly it writes or reads."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.sgoffice.running.echo import LARGE, PATIENCE

ROOT = Path(__file__).resolve().parents[3]
_SERVE = (
    "import sys; from sgoffice.running.web_server import serve; "
    "serve('127.0.0.1', int(sys.argv[1]), application='tests.sgoffice.running.echo:application')"
)
_CHUNKED = b"POST /slow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"
_HALF = b"POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nab"


class Served:
    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "SGOFFICE_WORKERS": "1",
            "DJANGO_SETTINGS_MODULE": "sgoffice.settings",
        }
        self.process = subprocess.Popen([sys.executable, "-c", _SERVE, str(self.port)], cwd=ROOT, env=environment)

    def answer(self, path, method="GET", body=None, headers=None, *, is_chunked=False, timeout=10):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        connection.request(method, path, body, headers or {}, encode_chunked=is_chunked)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body

    def held(self, count, text):
        """Return connections that sent this and neither send nor read on."""
        connections = []
        for _ in range(count):
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect(("127.0.0.1", self.port))
            connection.sendall(text)
            connections.append(connection)
        return connections

    def memory(self):
        """Return the megabytes that the workers hold."""
        found = subprocess.run(
            ["ps", "-o", "rss=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=True
        )
        return sum(map(int, found.stdout.split())) // 1024


@pytest.fixture(scope="module")
def served():
    server = Served()
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            server.answer("/livez")
            break
        except OSError:
            time.sleep(0.05)
    yield server
    server.process.send_signal(signal.SIGTERM)
    server.process.wait(20)


def told(served, *args, **options):
    return json.loads(served.answer(*args, **options)[1])


def test_half_sent_bodies_delay_nobody_and_are_ended(served):
    held = served.held(200, _HALF) + served.held(100, _CHUNKED) + served.held(100, b"GET / HTTP/1.1\r\nHo")

    for path in ("/livez", "/others", "/livez", "/others"):
        begun = time.monotonic()
        assert served.answer(path, timeout=2)[0].status == 200
        assert time.monotonic() - begun < 1

    for slow in (held[0], held[200]):
        slow.settimeout(PATIENCE + 10)
        assert slow.recv(1000).startswith(b"HTTP/1.1 408 ")
    for connection in held:
        connection.close()


def test_answers_that_nobody_reads_cost_no_memory_and_delay_nobody(served):
    before = served.memory()

    with ExitStack() as opened:
        for connection in served.held(30, b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n"):
            opened.enter_context(closing(connection))

        # a busy machine may say so while it makes thirty large answers; threads that wait for readers never come back
        assert 200 in (served.answer("/others")[0].status for _ in range(5))
        assert served.memory() - before < 5 * LARGE // 1_000_000


def test_large_answer_and_stream_arrive_whole_with_their_length(served):
    response, body = served.answer("/large")
    assert (len(body), response.headers["Content-Length"]) == (LARGE, str(LARGE))
    response, body = served.answer("/stream")
    assert (body, response.headers["Content-Length"], response.headers["X-Kept"]) == (b"onetwo", "6", "yes")


def test_stream_that_fails_is_a_problem_with_the_headers_of_every_answer(served):
    response, body = served.answer("/broken")

    assert (response.status, json.loads(body)["type"]) == (500, "/problems/fault")
    assert (response.headers["X-Kept"], response.headers["ETag"]) == ("yes", None)


def test_chunked_body_is_read(served):
    sent = told(served, "/chunked", "POST", iter([b"a=1", b"&b=2"]), {"Content-Type": "a/b"}, is_chunked=True)

    assert (sent["body"], sent["CONTENT_LENGTH"], sent["CONTENT_TYPE"]) == ("a=1&b=2", "7", "a/b")


@pytest.mark.parametrize("media_type", ["application/json", "application/x-www-form-urlencoded; charset=utf-8"])
def test_body_above_its_limit_is_not_read_and_keeps_its_length(served, media_type):
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    connection.putrequest("POST", "/large-body")
    connection.putheader("Content-Type", media_type)
    connection.putheader("Content-Length", "1000001")
    connection.endheaders()

    sent = json.loads(connection.getresponse().read())

    assert (sent["body"], sent["CONTENT_LENGTH"]) == ("", "1000001")
    connection.close()


def test_chunked_body_above_its_limit_is_cut_off_with_a_length_that_is_refused(served):
    pieces = iter([b"x" * 100_000] * 11)

    sent = told(served, "/long", "POST", pieces, {"Content-Type": "application/json"}, is_chunked=True)

    assert int(sent["CONTENT_LENGTH"]) > 1_000_000


def test_environment_is_what_django_takes(served):
    sent = told(served, "/%C3%A9/%2F?q=%C3%A9", headers={"X-A": "1", "X_A": "2", "Cookie": "a=b"})

    assert sent["PATH_INFO"].encode("latin-1").decode() == "/é//"
    assert (sent["QUERY_STRING"], sent["HTTP_X_A"], sent["HTTP_COOKIE"]) == ("q=%C3%A9", "1", "a=b")
    assert (sent["REMOTE_ADDR"], sent["SERVER_PORT"]) == ("127.0.0.1", str(served.port))
    assert "CONTENT_LENGTH" in sent
    assert "HTTP_CONTENT_LENGTH" not in sent


def test_health_needs_no_thread_and_carries_the_request_id(served):
    response, body = served.answer("/livez", headers={"X-Request-ID": "mine"})

    assert json.loads(body) == {"status": "alive"}
    assert (response.headers["X-Request-ID"], response.headers["Cache-Control"]) == ("mine", "no-store")
    assert len(served.answer("/livez", headers={"X-Request-ID": "a b"})[0].headers["X-Request-ID"]) == 32
