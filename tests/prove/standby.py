"""A standby of a register's PostgreSQL by streaming replication: paused, killed, stopped, promoted, made anew."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from sgoffice.database import processes, roles
from sgoffice.database.server import EmbeddedServer
from tests.prove.crashing import kill
from tests.sgoffice.database.servers import processes_of, until_gone

_PATIENCE = 60


class Standby:
    """Follows an embedded server, which runs; all of it lies in a folder of its own."""

    def __init__(self, primary: EmbeddedServer, place: Path) -> None:
        self.primary, self.place = primary, place
        self.data, self.socket = self.place / "data", self.place / "socket"

    @property
    def url(self) -> str:
        password = roles.password_of(self.primary.state, roles.APPLICATION)
        return f"postgresql://{roles.APPLICATION}:{password}@/{roles.DATABASE}?host={self.socket}"

    def make(self) -> None:
        """Copy the primary and follow it; what was there before is gone."""
        self.kill()
        shutil.rmtree(self.place, ignore_errors=True)
        for folder in (self.place, self.socket):
            folder.mkdir(mode=0o700)
            os.chown(folder, self.primary.uid, self.primary.gid)
        hba = self.primary.data / "pg_hba.conf"
        line = f"local replication {roles.SUPERUSER} scram-sha-256\n"
        if line not in hba.read_text():
            hba.write_text(hba.read_text() + line)
            self.primary.run("pg_ctl", "-D", self.primary.data, "reload")
        place = f"host={self.primary.socket} user={roles.SUPERUSER} dbname={roles.DATABASE} password="
        place += roles.password_of(self.primary.state, roles.SUPERUSER)
        self.primary.run("pg_basebackup", "-D", self.data, "-R", "--checkpoint=fast", "-d", place)
        self.start()

    def start(self) -> None:
        """Start it, also after kill -9, and wait until it has caught up."""
        processes.clear_stale_locks(self.data, self.socket)
        options = f"-c listen_addresses= -c unix_socket_directories={self.socket} -c hot_standby_feedback=on"
        self.primary.run(
            "pg_ctl", "-D", self.data, "-l", self.place / "log", "-o", options, "-t", _PATIENCE, "-w", "start"
        )
        self.await_primary()

    def connect(self, place: Path | None = None) -> psycopg.Connection[Any]:
        password = roles.password_of(self.primary.state, roles.SUPERUSER)
        return psycopg.connect(
            host=str(place or self.socket), user=roles.SUPERUSER, password=password, dbname=roles.DATABASE,
            autocommit=True,
        )  # fmt: skip

    def ask(self, statement: str, parameters: Any = None) -> Any:
        """Return one value from the standby."""
        with self.connect() as connection:
            return connection.execute(statement.encode(), parameters).fetchone()[0]

    def await_primary(self) -> None:
        """Wait until it has replayed what the primary has written by now."""
        with self.connect(self.primary.socket) as primary:
            [position] = primary.execute("SELECT pg_current_wal_flush_lsn()").fetchone()
        end = time.monotonic() + _PATIENCE
        while not self.ask("SELECT coalesce(pg_last_wal_replay_lsn() >= %s, true)", [position]):
            assert time.monotonic() < end, (self.place / "log").read_text()[-2000:]
            time.sleep(0.05)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Replay nothing while the block runs; what is replayed already stays readable."""
        self.await_primary()
        self.ask("SELECT pg_wal_replay_pause()::text")
        while self.ask("SELECT pg_get_wal_replay_pause_state()") != "paused":
            time.sleep(0.02)
        try:
            yield
        finally:
            self.ask("SELECT pg_wal_replay_resume()::text")
        self.await_primary()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Hang while the block runs, as behind a disk or network that stands still."""
        numbers = processes_of(self.place)
        for number in numbers:
            os.kill(number, signal.SIGSTOP)
        try:
            yield
        finally:
            for number in numbers:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGCONT)

    def promote(self) -> None:
        """Make it a server of its own."""
        self.primary.run("pg_ctl", "-D", self.data, "-w", "promote")

    def kill(self) -> None:
        """Kill -9 all of it."""
        while numbers := processes_of(self.place):
            kill(*numbers)
            for number in numbers:
                until_gone(number)
