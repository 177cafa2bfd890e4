"""What each worker runs: the loop reads requests and sends answers, a few threads run Django in between.

No thread waits for a client, however slowly it writes or reads: a body is complete before a thread takes it, and a
large answer lies in a file before the first of it is sent. Nobody waits long for a thread, or for a database that hangs
(lanes.py). `/livez` needs no thread at all.
"""

import asyncio
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any

from sgoffice.api.headers import health_headers
from sgoffice.api.middleware import acceptable_request_id
from sgoffice.api.outages import MAYBE_SAVED, SILENT
from sgoffice.api.problems import handler
from sgoffice.database.watched import deadline
from sgoffice.exports.spools import SpooledAnswer, spool_of
from sgoffice.records.errors import Unavailable
from sgoffice.running.lanes import Busy, Lanes, NoAnswer
from sgoffice.running.request_metrics import note_request
from sgoffice.running.traces import Untraced
from sgoffice.running.web_bodies import BodyReader
from sgoffice.running.web_environ import environ_of

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]

#: An answer above this size is sent from a file: an answer that nobody reads costs no memory.
_LARGE = 1_000_000
#: Seconds within which the server opens the file of an answer.
_OPENING = 30
_HEALTH_HEADERS = health_headers()
_ALIVE = b'{"status": "alive"}'
_BUSY = "All threads for requests of this sort are taken; nothing was begun. Repeat the request."

_LENGTH = frozenset({"content-length"})
#: Headers of an answer that was not sent after all; the rest of them goes with the problem in its place.
_OF_CONTENT = frozenset({"content-length", "content-type", "content-encoding", "etag", "cache-control"})


@dataclass(frozen=True)
class Answer:
    """A whole answer: `body` are its bytes, or the file that has them."""

    status: int
    headers: Headers
    body: bytes | IO[bytes]

    def send(self, protocol: Any) -> None:
        """Hand the answer to the server, which sends it as fast as the client reads."""
        if isinstance(self.body, bytes):
            protocol.response_bytes(self.status, self.headers, self.body)
            return
        protocol.response_file(self.status, self.headers, f"/dev/fd/{self.body.fileno()}")
        # the server has opened the file for itself by then, or the client is gone
        asyncio.get_running_loop().call_later(_OPENING, self.body.close)


class WebApplication:
    """Serves a WSGI application of Django through granian's loop (its RSGI interface)."""

    def __init__(
        self,
        application: Application,
        *,
        threads: int,
        bodies: BodyReader | None = None,
        traces: Untraced | None = None,
    ) -> None:
        self._application = application
        self._traces = traces or Untraced()
        self._lanes = Lanes(threads)
        self._bodies = bodies or BodyReader()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        if scope.path == "/livez" and scope.method in {"GET", "HEAD"}:
            name = acceptable_request_id(scope.headers.get("x-request-id", ""))
            protocol.response_bytes(200, [*_HEALTH_HEADERS, ("x-request-id", name)], _ALIVE)
            return
        async with self._bodies.read(scope, protocol) as body:
            begun, environ = time.monotonic(), environ_of(scope, body)
            answer = await self._within_time(scope, environ)
            note_request(environ, answer.status, time.monotonic() - begun)
        if body.is_cut_off:
            answer.headers.append(("connection", "close"))
        answer.send(protocol)

    async def _within_time(self, scope: Any, environ: dict[str, Any]) -> Answer:
        """Have a thread answer; whoever gets none in time, or waits for a silent database, is told so."""
        lane = self._lanes.of(scope)
        try:
            return await lane.run(lambda until: self._answer(environ, until))
        except Busy:
            return _refusal(scope, _BUSY)
        except NoAnswer:
            return _refusal(scope, MAYBE_SAVED if lane is self._lanes.writes else SILENT)

    def _answer(self, environ: dict[str, Any], until: float) -> Answer:
        deadline.set(until)
        with self._traces.request(environ) as statuses:
            answer = self._made(environ)
            statuses.append(answer.status)
            return answer

    def _made(self, environ: dict[str, Any]) -> Answer:
        begun: list[tuple[str, Headers]] = []

        def begin(status: str, headers: Headers, error: object = None) -> None:
            begun.append((status, headers))

        response: Any = self._application(environ, begin)
        [(status, headers)] = begun
        try:
            body = _whole(response)
        except Exception as error:  # noqa: BLE001 - what a stream raises is answered as what a view raises
            refused = handler(error, {})
            return Answer(refused.status_code, [*_without(headers, _OF_CONTENT), *refused.items()], refused.content)
        finally:
            response.close()
        if not isinstance(body, bytes):
            headers = [*_without(headers, _LENGTH), ("content-length", str(body.seek(0, 2)))]
        return Answer(int(status[:3]), headers, body)


def _whole(response: Any) -> bytes | IO[bytes]:
    """Return the body of a response, in a file without a name if it is large or a stream."""
    if not response.streaming and len(response.content) <= _LARGE:
        return response.content
    if isinstance(response, SpooledAnswer):
        return os.fdopen(os.dup(response.spooled.fileno()), "rb")  # the response closes its own
    return spool_of(response)


def _refusal(scope: Any, detail: str) -> Answer:
    """Return a problem for a request that no thread answers, with the headers of every answer."""
    refused = handler(Unavailable(detail), {})
    name = acceptable_request_id(scope.headers.get("x-request-id", ""))
    usual = [*_without(_HEALTH_HEADERS, _OF_CONTENT), ("x-request-id", name)]
    return Answer(refused.status_code, [*usual, *_lowered(refused.items())], refused.content)


def _lowered(headers: Iterable[tuple[str, str]]) -> Headers:
    return [(name.lower(), value) for name, value in headers]


def _without(headers: Headers, names: frozenset[str]) -> Headers:
    return [(name, value) for name, value in headers if name.lower() not in names]
