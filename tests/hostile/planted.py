"""A small API that breaks its own document on purpose: what the run over the register must be able to find."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

_PROBLEM = {"description": "A problem", "content": {"application/problem+json": {"schema": {"type": "object"}}}}
_STATUSES = {"/fails": 500, "/undocumented": 418, "/keeps-quiet": 400}
_DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Planted", "version": "1"},
    "paths": {
        path: {"get": {"operationId": path[1:], "responses": {"200": {"description": "Fine"}, "400": _PROBLEM}}}
        for path in _STATUSES
    },
}
#: The checks that must find them, as reports name them.
FINDERS = {"ServerError", "UndefinedStatusCode", "CustomFailure"}


class _Planted(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, body = (200, _DOCUMENT) if self.path == "/openapi.json" else (_STATUSES.get(self.path, 404), {})
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if status == 200 else "application/problem+json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@contextmanager
def planted() -> Iterator[str]:
    """Serve it; yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Planted)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
