"""A register under load whose database hangs: what is asked meanwhile, how it is answered and how soon."""

import http.client
import json
import os
import signal
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import psycopg

from sgoffice.database import roles
from sgoffice.database.processes import listens_in
from tests.bench.register import free_port
from tests.prove.crashing import CrashingRegister
from tests.prove.test_crash_over_http import started

READS = (
    "/api/v1/people?limit=5",
    "/api/v1/organizations?limit=5",
    "/api/v1/engagements?limit=5",
    "/api/v1/search?q=united",
)
#: Waits for nothing but the database: it is locked by `locked_table`.
LOCKED = "/api/v1/topics?limit=5"


@dataclass(frozen=True)
class Answered:
    """One answer, or none: status 0. `at` and `seconds` by time.monotonic()."""

    what: str
    status: int
    at: float
    seconds: float
    retry_after: str = ""
    media_type: str = ""


@dataclass
class Load:
    """Clients that ask one after the other until they are stopped."""

    port: int
    token: str
    answers: list[Answered] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def one(self, what: str, method: str = "GET", body: Any = None) -> Answered:
        """Ask once."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if method == "POST":
            headers["Idempotency-Key"] = uuid.uuid4().hex
        begun = time.monotonic()
        answered = Answered(what, 0, begun, 0.0)
        with suppress(OSError, http.client.HTTPException), closing(self._connection()) as connection:
            connection.request(method, what, json.dumps(body) if body else None, headers)
            answer = connection.getresponse()
            answer.read()
            retry, kind = answer.headers.get("Retry-After", ""), answer.headers.get("Content-Type", "")
            answered = Answered(what, answer.status, begun, time.monotonic() - begun, retry, kind)
        self.answers.append(answered)
        return answered

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def read(self, path: str) -> None:
        while not self.stop.is_set():
            self.one(path)

    def write(self) -> None:
        while not self.stop.is_set():
            self.one("/api/v1/topics", "POST", {"name": f"topic {uuid.uuid4().hex}", "kind": "service"})

    def look(self) -> None:
        while not self.stop.wait(0.2):
            self.one("/livez")

    @contextmanager
    def running(self, *, readers: int, writers: int, paths: tuple[str, ...] = READS) -> Iterator[None]:
        """Ask while the block runs."""
        work = [threading.Thread(target=self.read, args=[paths[i % len(paths)]]) for i in range(readers)]
        work += [threading.Thread(target=self.write) for _ in range(writers)]
        work.append(threading.Thread(target=self.look))
        for thread in work:
            thread.start()
        try:
            yield
        finally:
            self.stop.set()
            for thread in work:
                thread.join()
            self.stop.clear()

    def begun(self, after: float, before: float) -> list[Answered]:
        """Return what was asked in this time, except whether the process lives."""
        return [one for one in self.answers if after <= one.at < before and one.what != "/livez"]

    def lives(self, after: float, before: float) -> list[float]:
        """Return how long /livez took."""
        return sorted(one.seconds for one in self.answers if after <= one.at < before and one.what == "/livez")


@contextmanager
def served_register() -> Iterator[tuple[CrashingRegister, Load]]:
    """A register that is served, and a load that nobody has started yet."""
    with CrashingRegister(seed=3) as register:
        register.environment["SGOFFICE_REQUESTS_A_MINUTE"] = "1000000"
        port = free_port()
        with started(register, port):
            token = register.run("manage.py", "issue_token", "administrator").split()[-1]
            yield register, Load(port, token)


@contextmanager
def stopped(register: CrashingRegister) -> Iterator[None]:
    """Stop every process of PostgreSQL, as a disk or a network does that stands still."""
    numbers = register.servers()
    for number in numbers:
        os.kill(number, signal.SIGSTOP)
    try:
        yield
    finally:
        for number in numbers:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGCONT)


@contextmanager
def holding(register: CrashingRegister, statement: str) -> Iterator[None]:
    """Hold what a statement locks, as whoever may do anything."""
    state = register.state / "postgresql"
    with psycopg.connect(
        host=str(listens_in(state / "data")),
        user=roles.SUPERUSER,
        password=roles.password_of(state, roles.SUPERUSER),
        dbname=roles.DATABASE,
    ) as boss:
        boss.execute(statement)
        yield
        boss.rollback()


COMMIT_LOCK = "SELECT pg_advisory_xact_lock(7261905201)"
TABLE_LOCK = "LOCK TABLE directory_topic IN ACCESS EXCLUSIVE MODE"
