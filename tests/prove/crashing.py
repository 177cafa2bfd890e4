"""A register of its own whose PostgreSQL and writers are killed again and again while they write."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Self

from sgoffice.database.places import key_of
from tests.states import fill_migrated

ROOT = Path(__file__).resolve().parents[2]


class CrashingRegister:
    """A register in a folder of its own, as `start` would keep it: it waits for the disk, unless told otherwise."""

    def __init__(self, *, seed: int, is_durable: bool = True, is_empty: bool = False) -> None:
        self.chance = random.Random(seed)
        self.place = Path(tempfile.mkdtemp(prefix="sgoffice-crash-", dir="/tmp"))
        self.place.chmod(0o711)
        self.state = self.place / "state"
        taken = {"SGOFFICE_PG_FAST", "DATABASE_URL", "DATABASE_OWNER_URL"}
        self.environment = {name: value for name, value in os.environ.items() if name not in taken}
        self.environment |= {"SGOFFICE_STATE": str(self.state), "SGOFFICE_LOG_LEVEL": "CRITICAL"}
        if not is_durable:
            self.environment["SGOFFICE_PG_FAST"] = "1"
        self.is_empty = is_empty
        self.writers: dict[int, subprocess.Popen[bytes]] = {}
        self.files: list[Path] = []

    def __enter__(self) -> Self:
        """Make the register, with one organization in it unless it is empty, and leave it stopped."""
        fill_migrated(self.state)
        if not self.is_empty:
            self.run("-c", _FIRST)
        return self

    def __exit__(self, *details: object) -> None:
        self.end_writers()
        while numbers := self.servers():
            kill(*numbers)
            time.sleep(0.02)
        shutil.rmtree(self.place)
        for socket in Path(tempfile.gettempdir()).glob(f"sgoffice-*-{key_of(self.state / 'postgresql')}"):
            shutil.rmtree(socket)

    def run(self, *command: str) -> str:
        """Run a program against this register; its failure is the test's."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def start_writer(self, number: int) -> None:
        """Start a process that writes until it is killed."""
        self.files.append(self.place / f"{number}-{len(self.files)}")
        self.files[-1].touch()
        self.writers[number] = subprocess.Popen(
            [sys.executable, "-m", "tests.prove.writer", str(number), str(self.files[-1])],
            cwd=ROOT, env=self.environment,
        )  # fmt: skip

    def end_writers(self) -> None:
        """Kill every writer, in the middle of whatever it does."""
        for writer in self.writers.values():
            writer.kill()
            writer.wait()
        self.writers.clear()

    def servers(self) -> list[int]:
        """Return the processes of PostgreSQL, the postmaster first."""
        data = self.state / "postgresql" / "data"
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            try:
                if (place / "cwd").readlink() == data:
                    found.append(int(place.name))
            except OSError:
                continue  # it ended meanwhile
        first = (data / "postmaster.pid").read_text().split("\n")[0] if (data / "postmaster.pid").exists() else ""
        return sorted(found, key=lambda number: (str(number) != first, number))

    def crash(self, what: str) -> None:
        """Kill -9: `all` of PostgreSQL, its `postmaster`, one `backend` of it, a `writer`, or `everything`."""
        numbers = self.servers()
        if what == "writer":
            number = self.chance.choice(sorted(self.writers))
            self.writers[number].kill()
            self.writers[number].wait()
            self.start_writer(number)
        elif what == "everything":
            kill(*numbers, *(writer.pid for writer in self.writers.values()))
            for number in sorted(self.writers):
                self.writers[number].wait()
                self.start_writer(number)
        elif numbers:
            kill(*{"all": numbers, "postmaster": numbers[:1], "backend": [self.chance.choice(numbers[1:])]}[what])

    def noted(self) -> int:
        """Return how many lines the writers have written."""
        return sum(place.read_bytes().count(b"\n") for place in self.files)

    def await_writes(self, count: int) -> None:
        """Wait until so many more lines were written: the register is at work again."""
        wanted, end = self.noted() + count, time.monotonic() + 60
        while self.noted() < wanted:
            assert time.monotonic() < end, "the writers did not come back"
            time.sleep(0.02)

    def verdict(self) -> dict[str, Any]:
        """Stop the writers and return what tests.prove.checker finds."""
        self.end_writers()
        return json.loads(self.run("-m", "tests.prove.checker", *map(str, self.files)))


def kill(*numbers: int) -> None:
    """Send SIGKILL to processes that may be gone already."""
    for number in numbers:
        try:
            os.kill(number, signal.SIGKILL)
        except ProcessLookupError:
            continue


def crash_and_judge(plan: list[str], *, writers: int, seed: int) -> dict[str, Any]:
    """Let writers write, crash things in the order of the plan, and return the verdict on what is left."""
    with CrashingRegister(seed=seed) as register:
        for number in range(writers):
            register.start_writer(number)
        register.await_writes(20)
        for what in plan:
            time.sleep(register.chance.uniform(0.1, 0.6))
            register.crash(what)
            register.await_writes(15)
        return register.verdict()


def require_nothing_lost(found: dict[str, Any]) -> None:
    """Assert what must hold after any crash."""
    assert found["settings"] == {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
    assert found["lost"] == []
    assert found["unsaid"] == []
    assert found["faults"] == []
    assert found["differences"] == []
    assert found["feed"] == {"double": 0, "pending": 0}
    assert found["holes"] == 0
    assert found["acknowledged"] > 0


_FIRST = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "sgoffice.settings"
import django
django.setup()
from sgoffice.directory import services
from sgoffice.records.actors import OFFICE
services.register_organization(services.OrganizationEntry(name="United Nations", allow_duplicate=True), by=OFFICE)
"""
