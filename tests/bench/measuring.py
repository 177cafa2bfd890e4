"""A client over real HTTP: how long it waits, how many answers a second it gets, and what they cost in processor time.

It is lean (sockets of its own, no library in between), so that it takes little of the processors it shares with the
servers, and the same of each of them.
"""

import selectors
import socket
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.bench import processes

CLIENTS = (1, 8)
_PIECE = 1 << 20
_WARM_UP, _FEWEST = 8, 3
_LENGTH, _END = b"\r\ncontent-length:", b"\r\n\r\n"


@dataclass(frozen=True)
class Target:
    """A server, the state of its register, and who asks."""

    port: int
    token: str
    process: int
    data: Path

    def request(self, path: str, body: bytes = b"", method: str = "GET", **headers: str) -> bytes:
        """Return the bytes of a request."""
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Authorization: Bearer {self.token}",
            "Accept: application/json",
            *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
        ]
        if body:
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def get(self, path: str) -> bytes:
        """Return the body of an answer."""
        return self.answer(self.request(path))[1]

    def answer(self, request: bytes) -> tuple[bytes, bytes]:
        """Return head and body of the answer to one request."""
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.sendall(request)
            answer = Answer()
            while not answer.is_whole:
                answer.take(connection.recv(_PIECE))
        answer.require_success()
        return answer.head, answer.body


class Answer:
    """What has arrived of an answer."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._missing: int | None = None
        self.head = b""

    @property
    def is_whole(self) -> bool:
        return self._missing == 0

    @property
    def body(self) -> bytes:
        return b"".join(self._pieces)

    def take(self, piece: bytes) -> None:
        """Take another piece."""
        if not piece:
            raise RuntimeError("The server closed the connection.")
        if self._missing is None:
            head, end, piece = (self.head + piece).partition(_END)
            self.head = head
            if not end:
                return
            place = head.lower().index(_LENGTH) + len(_LENGTH)
            self._missing = int(head[place:].split(b"\r\n", 1)[0])
        self._pieces.append(piece)
        self._missing -= len(piece)

    @property
    def is_busy(self) -> bool:
        return self.head.startswith(b"HTTP/1.1 503")

    def require_success(self) -> None:
        """Anything but 2xx is a fault of the benchmark."""
        if not self.head.startswith(b"HTTP/1.1 2"):
            raise RuntimeError(f"{self.head.decode('latin-1')}\n{self.body[:500]!r}")


@dataclass(frozen=True)
class _Waiting:
    """A client that waits for an answer since `begun`."""

    connection: socket.socket
    request: bytes
    begun: float
    answer: Answer = field(default_factory=Answer)

    def is_answered(self) -> bool:
        """Take what has arrived, and tell whether it is all."""
        self.answer.take(self.connection.recv(_PIECE))
        return self.answer.is_whole


@dataclass
class Batch:
    """What a number of clients at once got in a while."""

    times_ms: list[float] = field(default_factory=list)
    seconds: float = 0.0
    size: int = 0

    def note(self, waiting: _Waiting, begun: float) -> None:
        """Note an answer; anything but 2xx is a fault of the benchmark."""
        now = time.perf_counter()
        waiting.answer.require_success()
        self.times_ms.append((now - waiting.begun) * 1000)
        self.size, self.seconds = len(waiting.answer.body), now - begun

    @property
    def p50_ms(self) -> float:
        return statistics.median(self.times_ms)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times_ms) / self.seconds


def ask(port: int, requests: Iterator[bytes], *, clients: int, seconds: float, fewest: int = _FEWEST) -> Batch:
    """Send requests by so many clients at once, each after the answer to its last one, for so many seconds.

    What the server is too busy for (503) is sent again, and has waited since it was sent first.
    """
    batch = Batch()
    with selectors.DefaultSelector() as selector:
        for _ in range(clients):
            connection = socket.create_connection(("127.0.0.1", port))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _send(selector, _Waiting(connection, next(requests), time.perf_counter()))
        begun = time.perf_counter()
        while selector.get_map():
            for key, _ in selector.select():
                waiting: _Waiting = key.data
                if not waiting.is_answered():
                    continue
                selector.unregister(waiting.connection)
                if waiting.answer.is_busy:
                    _send(selector, replace(waiting, answer=Answer()))
                    continue
                batch.note(waiting, begun)
                if batch.seconds < seconds or len(batch.times_ms) < fewest:
                    _send(selector, _Waiting(waiting.connection, next(requests), time.perf_counter()))
                else:
                    waiting.connection.close()
    return batch


def _send(selector: selectors.BaseSelector, waiting: _Waiting) -> None:
    waiting.connection.sendall(waiting.request)
    selector.register(waiting.connection, selectors.EVENT_READ, waiting)


class Figures:
    """One address of one server, and what it cost in every round.

    `request` makes a request from its number, so that no two in a row ask for the same record.
    """

    def __init__(self, target: Target, request: Callable[[int], bytes], *, clients: Sequence[int] = CLIENTS) -> None:
        self.target, self.clients = target, clients
        self._requests = map(request, _numbers())
        self.batches: dict[int, list[Batch]] = {count: [] for count in clients}
        self.program_ms = self.database_ms = 0.0

    def warm_up(self) -> None:
        """Let workers, connections and plans get warm."""
        for clients in self.clients:
            ask(self.target.port, self._requests, clients=clients, seconds=0.3, fewest=_WARM_UP)

    def measure(self, seconds: float) -> None:
        """Measure one batch with each number of clients."""
        for clients in self.clients:
            before = processes.split_cpu_ms(self.target.process, self.target.data)
            batch = ask(self.target.port, self._requests, clients=clients, seconds=seconds)
            after = processes.split_cpu_ms(self.target.process, self.target.data)
            self.batches[clients].append(batch)
            self.program_ms += after[0] - before[0]
            self.database_ms += after[1] - before[1]

    @property
    def size(self) -> int:
        """The bytes of an answer."""
        return self.batches[self.clients[0]][-1].size

    @property
    def count(self) -> int:
        """How many requests were measured."""
        return sum(len(batch.times_ms) for batches in self.batches.values() for batch in batches)

    def p50_ms(self, clients: int = 1) -> float:
        """The median round's median time until the last byte."""
        return statistics.median(batch.p50_ms for batch in self.batches[clients])

    def p95_ms(self, clients: int = 1) -> float:
        """The time within which 95 of 100 requests of all rounds were answered."""
        return statistics.quantiles([one for batch in self.batches[clients] for one in batch.times_ms], n=20)[-1]

    def rate(self, clients: int = 8) -> float:
        """The median round's answers a second."""
        return statistics.median(batch.rate for batch in self.batches[clients])


def time_ratio(slower: Figures, faster: Figures, clients: int = 1) -> float:
    """Return the median, over the rounds, of how many times as long one takes as the other."""
    pairs = zip(slower.batches[clients], faster.batches[clients], strict=True)
    return statistics.median(one.p50_ms / other.p50_ms for one, other in pairs)


def rate_ratio(ours: Figures, theirs: Figures, clients: int = 8) -> float:
    """Return the median, over the rounds, of how many times as many answers a second one gives as the other."""
    pairs = zip(ours.batches[clients], theirs.batches[clients], strict=True)
    return statistics.median(one.rate / other.rate for one, other in pairs)


def measure_in_turn(wanted: dict[str, Figures], *, rounds: int, seconds: float) -> None:
    """Measure a batch of each in every round, so that whatever else the machine does meets them all alike."""
    for figures in wanted.values():
        figures.warm_up()
    for _ in range(rounds):
        for figures in wanted.values():
            figures.measure(seconds)


def _numbers() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1
