"""Real servers that pings are sent to, with certificates of the tests' own authority, and a watch on connections.

`authority.pem` signed `endpoint.pem` for `localhost` and `partner.example`, until 2120; its key was thrown away.
"""

import json
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from sgoffice.partners import services
from tests.factories import partners as make

AUTHORITY = Path(__file__).with_name("authority.pem")
ENDPOINT = Path(__file__).with_name("endpoint.pem")


@dataclass
class Receiver:
    """What a partner's system got, and the statuses that it answers one after the other, the last one for ever."""

    port: int = 0
    scheme: str = "https"
    answers: list[int] = field(default_factory=lambda: [204])
    location: str = ""
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    hold: threading.Event | None = None
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    @property
    def url(self) -> str:
        return f"{self.scheme}://localhost:{self.port}/told"

    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.received]

    def next(self) -> tuple[dict[str, str], bytes]:
        """Wait for one more request; return it."""
        assert self.arrived.acquire(timeout=60)
        return self.received[-1]


def answering(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.received.append(({name.lower(): value for name, value in self.headers.items()}, body))
            status = receiver.answers.pop(0) if len(receiver.answers) > 1 else receiver.answers[0]
            receiver.arrived.release()
            if receiver.hold is not None:
                receiver.hold.wait(60)
            with suppress(OSError):  # who asked may be dead by now
                self.send_response(status)
                if receiver.location:
                    self.send_header("Location", receiver.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    return Handler


class Quiet(ThreadingHTTPServer):
    """Says nothing of clients that went away."""

    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        pass


@contextmanager
def receiving(scheme: str = "https", **values: Any) -> Iterator[Receiver]:
    """Serve a receiver on a free port of this machine."""
    receiver = Receiver(scheme=scheme, **values)
    with Quiet(("127.0.0.1", 0), answering(receiver)) as server:
        if scheme == "https":
            server.socket = tls().wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        receiver.port = server.server_port
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield receiver
        finally:
            if receiver.hold is not None:
                receiver.hold.set()
            server.shutdown()
            thread.join()


def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ENDPOINT)
    return context


@contextmanager
def talking(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """Hand each connection to `talk`, which may do what no decent server does; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with connection, suppress(OSError):
                        talk(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


class Watch:
    """Every connection that Python asks the system for, heard from the interpreter itself.

    What is not for this machine is refused by the watch, so that no test reaches out.
    """

    def __init__(self) -> None:
        self.connected: list[Any] = []
        self.is_on = False
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.is_on and event == "socket.connect":
            address = arguments[1]
            self.connected.append(address[:2] if isinstance(address, tuple) else address)
            if isinstance(address, tuple) and address[0] != "127.0.0.1":
                raise ConnectionRefusedError("no test reaches out")

    @contextmanager
    def on(self) -> Iterator[list[Any]]:
        self.connected = []
        self.is_on = True
        try:
            yield self.connected
        finally:
            self.is_on = False


def positions(receiver):
    """Return the positions of the cursors that pings named."""
    return [services.decode_cursor(json.loads(body)["data"]["cursor"])[2] for _, body in receiver.received]


def newest(partner):
    """Return the cursor that the partner would have after pulling everything."""
    puller = make.Puller(partner)
    puller.pull()
    return puller.cursor
