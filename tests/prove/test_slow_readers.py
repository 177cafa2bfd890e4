"""A hundred partners open a snapshot of 50 MB and do not read it: no memory, and nobody else is slower."""

import http.client
import json
import os
import socket
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest

from tests.bench import processes
from tests.bench.register import free_port
from tests.prove.crashing import CrashingRegister
from tests.prove.test_crash_over_http import started
from tests.sgoffice.running.hanging import READS, Load

READERS = int(os.environ.get("SGOFFICE_PROVE_READERS", "100"))
DOCUMENTS, BYTES = 1_400, 36_000
SNAPSHOT = "/api/v1/partner/snapshot"
#: Megabytes beyond what the same processes hold after such snapshots were read at once, by so many.
MOST, QUICK = 50, 8
#: Seconds that others are measured for, without slow readers and beside them.
LONG = 20


class Measured:
    """What all processes of a register hold, looked at again and again."""

    def __init__(self, server: int, register: CrashingRegister) -> None:
        self._server, self._data = server, register.state / "postgresql" / "data"

    def now(self) -> dict[str, float]:
        return processes.memory_mb(processes.family(self._server, self._data))

    @contextmanager
    def most(self) -> Iterator[list[dict[str, float]]]:
        seen, end = [self.now()], threading.Event()

        def look() -> None:
            while not end.wait(0.5):
                seen.append(self.now())

        looking = threading.Thread(target=look)
        looking.start()
        try:
            yield seen
        finally:
            end.set()
            looking.join()


def slow_reader(port: int, token: str) -> socket.socket:
    """Ask for a snapshot and read the first bytes of it; when the register is busy, wait as it says."""
    while True:
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        one.connect(("127.0.0.1", port))
        one.sendall(f"GET {SNAPSHOT} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
        status = one.recv(12).split()[1]
        if status == b"200":
            return one
        assert status in {b"503", b"429"}, status
        one.close()
        time.sleep(1)


def size_of(port: int, token: str) -> int:
    """Read a snapshot whole; when the register is busy, again."""
    while True:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=300)) as connection:
            connection.request("GET", SNAPSHOT, headers={"Authorization": f"Bearer {token}"})
            answer = connection.getresponse()
            size = len(answer.read())
        if answer.status == http.HTTPStatus.OK:
            return size
        time.sleep(1)


def others(load: Load) -> list[float]:
    """Return how long others wait for their answers, all of which must be right."""
    begun = time.monotonic()
    with load.running(readers=2, writers=1):
        time.sleep(LONG)
    answers = load.begun(begun, time.monotonic())
    assert {one.status for one in answers} <= {200, 201}
    return sorted(one.seconds for one in answers)


def p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


@pytest.fixture(scope="module")
def served():
    with CrashingRegister(seed=5, is_durable=False) as register:
        register.environment["SGOFFICE_REQUESTS_A_MINUTE"] = "1000000"
        said = register.run("-m", "tests.prove.slow_readers_seed", str(READERS), str(DOCUMENTS), str(BYTES))
        port = free_port()
        with started(register, port) as server:
            token = register.run("manage.py", "issue_token", "administrator").split()[-1]
            yield json.loads(said), Load(port, token), Measured(server.pid, register)


def test_a_hundred_snapshots_that_nobody_reads_cost_no_memory_and_slow_nobody(served, capsys):
    tokens, load, measured = served
    for path in READS:
        assert load.one(path).status == 200
    cold = sum(measured.now().values())
    with ThreadPoolExecutor(QUICK) as quick:  # as many at once, read at once: what every thread holds by then
        size = max(quick.map(lambda token: size_of(load.port, token), tokens[: 4 * QUICK]))
    alone, before = others(load), measured.now()

    begun = time.monotonic()
    with measured.most() as seen:
        held = [slow_reader(load.port, token) for token in tokens]
        took = time.monotonic() - begun
        beside = others(load)
    again = others(load)
    for one in held:
        one.close()
    after = others(load)

    most = max(seen, key=lambda found: sum(found.values()))
    told = [{name: round(mb) for name, mb in found.items()} for found in (before, most, seen[-1])]
    said = f"{len(held)} readers of {size / 1e6:.0f} MB, opened in {took:.0f} s; "
    said += f"MB cold: {cold:.0f}, before, at most, at last: {told}"
    turns = {"alone": alone, "beside them": beside, "again": again, "after them": after}
    with capsys.disabled():
        sys.stdout.write(
            f"\n  {said}; p95 of others: { ({name: round(p95(found), 3) for name, found in turns.items()}) }\n"
        )
    assert size > 50e6
    assert sum(most.values()) - sum(before.values()) <= MOST
    assert min(p95(beside), p95(again)) <= 1.5 * max(p95(alone), p95(after))
