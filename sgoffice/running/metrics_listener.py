"""GET /metrics for Prometheus, on an address of its own: what all workers counted, and what the register is asked.

It listens on this machine only, unless callers show a token; `start` refuses anything else.
"""

import hmac
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import ClassVar
from urllib.parse import urlsplit

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector

from sgoffice.running.metrics_address import MetricsRefused, address_of, folder_of
from sgoffice.running.register_metrics import RegisterCollector
from sgoffice.settings.environment import Environment


@contextmanager
def serving_metrics(environment: Environment) -> Iterator[None]:
    """Serve metrics meanwhile, if a setting says where. Raises MetricsRefused."""
    if not environment.sgoffice_metrics:
        yield
        return
    host, port = address_of(environment)
    folder = folder_of(environment)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        server = _server(host, port, _Metrics(folder), environment.sgoffice_metrics_token)
    except OSError as error:
        message = f"SGOFFICE_METRICS cannot be served on {environment.sgoffice_metrics} ({error.strerror})."
        raise MetricsRefused(message) from error
    Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        shutil.rmtree(folder, ignore_errors=True)


class _Metrics:
    """Renders what the workers wrote into a folder, and what the register is asked; one at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._registry = CollectorRegistry()
        MultiProcessCollector(self._registry, path=str(folder))
        self._registry.register(RegisterCollector())

    def rendered(self, accepted: str) -> tuple[bytes, str]:
        encode, media_type = choose_encoder(accepted)
        with self._lock:
            self._forget_the_dead()
            return encode(self._registry), media_type

    def _forget_the_dead(self) -> None:
        """Leave out what a worker that has ended was doing; what it counted stays."""
        for place in self._folder.glob("gauge_live*.db"):
            try:
                os.kill(int(place.stem.rpartition("_")[2]), 0)
            except ProcessLookupError:
                place.unlink(missing_ok=True)


def _server(host: str, port: int, metrics: _Metrics, token: str) -> ThreadingHTTPServer:
    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

    class Handler(BaseHTTPRequestHandler):
        timeout: ClassVar = 5  # seconds for a caller that sends or reads slowly

        def do_GET(self) -> None:
            shown = self.headers.get("Authorization", "").removeprefix("Bearer ")
            if token and not hmac.compare_digest(shown.encode(), token.encode()):
                self._answer(HTTPStatus.UNAUTHORIZED, b"", {"WWW-Authenticate": "Bearer"})
            elif urlsplit(self.path).path != "/metrics":
                self._answer(HTTPStatus.NOT_FOUND, b"", {})
            else:
                body, media_type = metrics.rendered(self.headers.get("Accept", ""))
                self._answer(HTTPStatus.OK, body, {"Content-Type": media_type, "Cache-Control": "no-store"})

        def _answer(self, status: HTTPStatus, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in (headers | {"Content-Length": str(len(body))}).items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing: it is asked every few seconds."""

    return Server((host, port), Handler)
