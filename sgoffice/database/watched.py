"""The connection of a process that serves requests: it waits for the database as long as the database is alive.

Statements are ended by the server, after its lock_timeout and statement_timeout. A server that hangs ends nothing: then
the connection is given up from here (decision 28).
"""

import time
from contextvars import ContextVar
from typing import Any, TypeVar

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout
from psycopg.waiting import READY_NONE

from sgoffice.database.pulse import pulse

T = TypeVar("T")
#: Seconds without a word after which it is asked whether the database answers at all.
_SUSPICIOUS = 0.5
_INTERVAL = 0.1
#: Until when the request of this thread may begin statements, by time.monotonic().
deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class DatabaseSilent(OperationalError):
    """The database does not answer anybody; whether what was sent last was done is unknown."""


class RequestExpired(OperationalError):
    """The time of this request is over: nothing more is done for it."""


class WatchedConnection(Connection[Any]):
    """Gives up, and is closed then, while the pulse of the database stays away or when the request's time is over."""

    def wait(self, gen: PQGen[T], interval: float = _INTERVAL, timeout: float | None = None) -> T:
        """Consume a generator of psycopg's."""
        self._require_hope()
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, _SUSPICIOUS)
        except _WaitTimeout:
            pulse.ask()
        return super().wait(self._as_long_as_there_is_hope(gen), interval)

    def _as_long_as_there_is_hope(self, gen: PQGen[T]) -> PQGen[T]:
        """Go on with a generator that has been begun; whoever waits for it looks in after each interval."""
        try:
            state = gen.send(READY_NONE)
            while True:
                ready = yield state
                if ready == READY_NONE and pulse.is_silent:
                    self._require_hope()
                state = gen.send(ready)
        except StopIteration as end:
            result: T = end.value
            return result

    def _require_hope(self) -> None:
        until = deadline.get()
        if pulse.is_silent:
            self.close()
            message = "the database answers nobody"
            raise DatabaseSilent(message)
        if until is not None and time.monotonic() > until:
            self.close()
            message = "the time of this request is over"
            raise RequestExpired(message)
