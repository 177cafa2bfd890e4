"""Pings go to public addresses only: hostile URLs and resolvers lead to no connection, whatever server listens there.

The watch hears from the interpreter of every connection that is asked for; a socket listens where many of them lead.
"""

import ipaddress
import socket
import time

import pytest

from sgoffice.partners.pings import egress
from tests.sgoffice.partners.pings.hostile_addresses import HOSTILE_URLS, NOT_PUBLIC
from tests.sgoffice.partners.pings.receivers import AUTHORITY, Watch, receiving, talking

PUBLIC = "93.184.216.34"


@pytest.fixture(scope="module")
def watch() -> Watch:
    return Watch()


@pytest.fixture
def listener():
    """A socket at which nobody may arrive."""
    with socket.create_server(("127.0.0.1", 0)) as made:
        made.setblocking(False)
        yield made
        with pytest.raises(BlockingIOError):
            made.accept()


def always(*addresses):
    return lambda *_: list(addresses)


@pytest.mark.parametrize("url", HOSTILE_URLS)
def test_hostile_url_leads_to_no_connection(watch, url):
    """Its name would stand for a public address: the URL alone is what is refused."""
    with watch.on() as connected, pytest.raises(egress.Refused):
        egress.post(url, {}, b"{}", policy=egress.Policy(), resolver=always(PUBLIC))

    assert connected == []


@pytest.mark.parametrize("address", NOT_PUBLIC)
@pytest.mark.parametrize("others", [[], [PUBLIC], ["2606:2800:220:1:248:1893:25c8:1946", PUBLIC]])
def test_hostile_answer_of_a_resolver_leads_to_no_connection(watch, listener, address, others):
    """Alone, after good answers and before them: one that is not public spoils all."""
    port = listener.getsockname()[1]
    given = egress.Policy(ports=frozenset({port}))
    with watch.on() as connected:
        for answer in ([*others, address], [address, *others]):
            with pytest.raises(egress.Refused):
                egress.post(f"https://partner.example:{port}/", {}, b"", policy=given, resolver=always(*answer))

    assert connected == []


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_public_address_is_the_only_one_that_is_asked(watch, address):
    """The control: the watch hears of a connection when there is one."""
    with watch.on() as connected, pytest.raises(egress.Unreachable):
        egress.post("https://partner.example/", {}, b"", policy=egress.Policy(), resolver=always(address))

    assert connected == [(address, 443)]


def test_name_that_stands_for_another_address_the_second_time_is_asked_once(watch, listener):
    port = listener.getsockname()[1]
    answers = [[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]]

    with watch.on() as connected, pytest.raises(egress.Unreachable):
        egress.post(
            f"https://partner.example:{port}/", {}, b"",
            policy=egress.Policy(ports=frozenset({port})), resolver=lambda *_: answers.pop(0),
        )  # fmt: skip

    assert connected == [(PUBLIC, port)]
    assert len(answers) == 2


@pytest.mark.parametrize("answer", [[], ["partner.example"], ["127.0.0.1, 93.184.216.34"], ["0x7f.1"], ["127.1"]])
def test_answer_that_is_no_address_leads_to_no_connection(watch, answer):
    with watch.on() as connected, pytest.raises(egress.Unreachable):
        egress.post("https://partner.example/", {}, b"", policy=egress.Policy(), resolver=always(*answer))

    assert connected == []


def test_name_of_another_host_is_never_taken_for_this_machine(watch, listener):
    """What a trial allows is this machine by its own name, not any name that leads to it."""
    port = listener.getsockname()[1]
    given = egress.Policy(ports=frozenset({port}), to_loopback=True)

    with watch.on() as connected:
        for url, answer in [
            (f"https://partner.example:{port}/", "127.0.0.1"),
            (f"http://localhost:{port}/", "10.0.0.1"),
            (f"http://127.0.0.2:{port}/", "127.0.0.2"),
            (f"http://partner.example:{port}/", PUBLIC),
        ]:
            with pytest.raises(egress.Refused):
                egress.post(url, {}, b"", policy=given, resolver=always(answer))

    assert connected == []


@pytest.fixture
def trial():
    return egress.Policy(ca_file=str(AUTHORITY), to_loopback=True)


@pytest.mark.parametrize("scheme", ["https", "http"])
def test_body_and_headers_arrive_at_the_judged_address(watch, trial, scheme, monkeypatch):
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    with receiving(scheme) as receiver, watch.on() as connected:
        status = egress.post(receiver.url, {"webhook-id": "msg_1"}, b'{"a":1}', policy=trial, resolver=egress.resolve)

    [(headers, body)] = receiver.received
    assert (status, body, headers["webhook-id"]) == (204, b'{"a":1}', "msg_1")
    assert headers["host"] == f"localhost:{receiver.port}"
    assert connected[-1] == ("127.0.0.1", receiver.port)


def test_redirect_is_not_followed(watch, trial):
    with (
        receiving() as elsewhere,
        receiving(answers=[302], location=elsewhere.url) as receiver,
        watch.on() as connected,
    ):
        assert egress.post(receiver.url, {}, b"", policy=trial, resolver=always("127.0.0.1")) == 302

    assert elsewhere.received == []
    assert connected == [("127.0.0.1", receiver.port)]


def test_certificate_of_an_unknown_authority_is_refused():
    given = egress.Policy(to_loopback=True)
    with receiving() as receiver:
        with pytest.raises(egress.Unreachable, match="CERTIFICATE_VERIFY_FAILED"):
            egress.post(receiver.url, {}, b"", policy=given, resolver=always("127.0.0.1"))

        assert receiver.received == []


def test_certificate_of_another_name_is_refused(trial):
    with receiving() as receiver:
        url = receiver.url.replace("localhost", "127.0.0.1")
        with pytest.raises(egress.Unreachable, match="CERTIFICATE_VERIFY_FAILED"):
            egress.post(url, {}, b"", policy=trial, resolver=always("127.0.0.1"))

        assert receiver.received == []


def _silent(connection):
    connection.recv(1)
    while connection.recv(4096):
        pass


def _dripping(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        connection.sendall(b"a")
        time.sleep(0.05)


def _continuing(connection):
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(0.01)


def _flooding(connection):
    while True:
        connection.sendall(b"X-Header: " + b"a" * 1000 + b"\r\n")


def _flooding_headers(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    _flooding(connection)


def _babbling(connection):
    connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
    _silent(connection)


def _leaving(connection):
    connection.recv(4096)


@pytest.mark.parametrize("talk", [_silent, _dripping, _continuing, _flooding, _flooding_headers, _babbling, _leaving])
def test_answer_that_never_ends_or_is_none_ends_by_itself(talk):
    """Each of these would go on until we leave: that the test ends is what it shows."""
    given = egress.Policy(to_loopback=True, seconds=1)
    with talking(talk) as port, pytest.raises(egress.Unreachable):
        egress.post(f"http://localhost:{port}/", {}, b"{}", policy=given, resolver=always("127.0.0.1"))


def test_handshake_that_never_comes_ends_by_itself():
    given = egress.Policy(to_loopback=True, seconds=1)
    with talking(_silent) as port, pytest.raises(egress.Unreachable):
        egress.post(f"https://localhost:{port}/", {}, b"{}", policy=given, resolver=always("127.0.0.1"))


def test_body_without_end_is_read_for_a_little_only():
    sent = []

    def talk(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while True:
            sent.append(connection.send(b"a" * 1024))

    with talking(talk) as port:
        given = egress.Policy(to_loopback=True)
        assert egress.post(f"http://localhost:{port}/", {}, b"{}", policy=given, resolver=always("127.0.0.1")) == 200

    assert sent  # it was still talking when we left


def test_second_address_is_asked_when_the_first_does_not_answer(watch, trial):
    with receiving() as receiver, watch.on() as connected:
        status = egress.post(receiver.url, {}, b"", policy=trial, resolver=always("::1", "127.0.0.1"))

    assert status == 204
    assert connected == [("::1", receiver.port), ("127.0.0.1", receiver.port)]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_no_special_address_is_public(address):
    assert not egress.is_public(ipaddress.ip_address(address))
