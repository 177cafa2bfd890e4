"""The threads of a worker in lanes: no sort of work takes the threads of another, and nobody waits for one for long."""

import asyncio
import re
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from sgoffice.database.pulse import pulse
from sgoffice.running.request_metrics import IN_LANE, THREADS, TURNED_AWAY

T = TypeVar("T")
#: Seconds that a request may wait for a thread; with the longest wait for a lock, less than three.
QUEUED_AT_MOST = 1.5
#: Seconds between two looks at a request that goes on.
_LOOK = 0.25
_READS = {"GET", "HEAD", "OPTIONS"}
#: Answers that are made of very many records, or of the whole program.
_LONG_PATHS = ("/partner/snapshot", "/openapi.json", "/api/v1/archive", "/desk/archive/file")
_FILE_TYPES = ("csv", "jsonl", "spreadsheet", "zip")
_A_FILE = re.compile(r"(?:^|&)(?:format|as)=(?!html|json(?:&|$))")


class Busy(Exception):
    """No thread was free in time: nothing was begun."""


class NoAnswer(Exception):
    """The database is silent, or the time is over; what was begun may yet come to its end."""


@dataclass(frozen=True)
class Lane:
    """Threads for one sort of request; `seconds` is what the first byte of its answer may take."""

    name: str
    executor: ThreadPoolExecutor
    seconds: float

    async def run(self, work: Callable[[float], T]) -> T:
        """Run `work` in a thread of this lane; it is told until when, by time.monotonic().

        Raises Busy if no thread was free in time, NoAnswer if the database is silent or the time is over.
        """
        if pulse.is_silent:
            raise self._without_answer()
        end = time.monotonic() + self.seconds
        begun: Future[T] = self.executor.submit(work, end)
        IN_LANE.labels(self.name).inc()
        begun.add_done_callback(lambda _: IN_LANE.labels(self.name).dec())
        answered = asyncio.wrap_future(begun)
        answered.add_done_callback(lambda done: done.cancelled() or done.exception())  # nobody may be there to see it
        await asyncio.wait([answered], timeout=QUEUED_AT_MOST)
        if not answered.done() and begun.cancel():
            TURNED_AWAY.labels(self.name, "busy").inc()
            raise Busy
        while not answered.done():
            if pulse.is_silent or time.monotonic() > end:
                raise self._without_answer()
            await asyncio.wait([answered], timeout=_LOOK)
        return answered.result()

    def _without_answer(self) -> NoAnswer:
        TURNED_AWAY.labels(self.name, "silent" if pulse.is_silent else "expired").inc()
        return NoAnswer()


class Lanes:
    """The lanes of one worker: reads and writes, with `threads` each, long answers, and checks of health."""

    def __init__(self, threads: int) -> None:
        self.reads = _lane("read", threads, 30)
        self.writes = _lane("write", threads, 300)
        self.long = _lane("long", max(1, threads // 2), 300)
        self.health = _lane("health", 1, 10)

    def of(self, scope: Any) -> Lane:
        """Return the lane of a request."""
        if scope.path == "/readyz":
            return self.health
        if scope.method not in _READS:
            return self.writes
        return self.long if _is_long(scope) else self.reads


def _lane(name: str, threads: int, seconds: float) -> Lane:
    THREADS.labels(name).set(threads)
    return Lane(name, ThreadPoolExecutor(threads, name), seconds)


def _is_long(scope: Any) -> bool:
    query, accepted = scope.query_string, scope.headers.get("accept", "")
    return (
        scope.path.endswith(_LONG_PATHS)
        or _A_FILE.search(query) is not None
        or any(kind in accepted for kind in _FILE_TYPES)
    )
