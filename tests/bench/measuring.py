"""One client over real HTTP: how long it waits, and what each request costs the server and PostgreSQL in CPU time."""

import http.client
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import processes

_WARM_UP = 30


@dataclass
class Figures:
    """What is asked for, so often in each round, and what it cost.

    `path` makes the address from the number of the request, so that no two in a row ask for the same record.
    """

    path: Callable[[int], str]
    batch: int
    times_ms: list[float] = field(default_factory=list)
    cpu_ms: float = 0.0
    size: int = 0

    @property
    def p50_ms(self) -> float:
        """The median time until the last byte."""
        return statistics.median(self.times_ms)

    @property
    def p95_ms(self) -> float:
        """The time within which 95 of 100 requests were answered."""
        return statistics.quantiles(self.times_ms, n=20)[-1]

    @property
    def cpu_ms_each(self) -> float:
        """CPU time of one request, in server and PostgreSQL."""
        return self.cpu_ms / len(self.times_ms)


class Client:
    """A signed-in client that keeps its connection."""

    def __init__(self, port: int, token: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}

    def get(self, path: str) -> bytes:
        """Return the body of an answer; anything but 200 is a fault of the benchmark."""
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {answer.status}: {body[:300]!r}")
        return body


def measure(client: Client, wanted: dict[str, Figures], *, server: int, data: Path, rounds: int) -> None:
    """Measure in turn, a batch of each in every round, so that whatever else the machine does meets them all alike."""
    for figures in wanted.values():
        for number in range(_WARM_UP):  # workers, connections and plans get warm
            figures.size = len(client.get(figures.path(number)))
    for turn in range(rounds):
        for figures in wanted.values():
            numbers = processes.family(server, data)
            before = processes.cpu_ms(numbers)
            for number in range(figures.batch):
                begun = time.perf_counter()
                client.get(figures.path(turn * figures.batch + number))
                figures.times_ms.append((time.perf_counter() - begun) * 1000)
            figures.cpu_ms += processes.cpu_ms(numbers) - before
