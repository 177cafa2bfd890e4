"""A register of the benchmark's own: made, filled, served, and gone afterwards, unless it is kept for the next time."""

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sgoffice.database.places import key_of

ROOT = Path(__file__).resolve().parents[2]
#: What a kept register is made by: when one of these changes, it is made again. Migrations are applied to it.
_MADE_BY = ("tests/bench/seed.py", "tests/sgoffice/api/many_engagements.py", "engagements/api/documents.py")
_PATIENCE = 60.0  # seconds until a server answers


class BenchRegister:
    """A register in a folder of its own, durable as `start` makes it, that counts no requests a minute.

    One with a name is kept in var/bench.
    """

    def __init__(self, name: str = "") -> None:
        self.is_kept = bool(name)
        self.place = _kept_place(name) if name else Path(tempfile.mkdtemp(prefix="sgoffice-bench-", dir="/tmp"))
        self.place.chmod(0o711)
        self.state, self._said = self.place / "state", self.place / "said.json"
        self.data = self.state / "postgresql" / "data"
        taken = {"SGOFFICE_PG_FAST", "DATABASE_URL", "DATABASE_OWNER_URL"}
        self.environment = {name: value for name, value in os.environ.items() if name not in taken} | {
            "SGOFFICE_STATE": str(self.state),
            "SGOFFICE_LOG_LEVEL": "ERROR",
            "SGOFFICE_REQUESTS_A_MINUTE": "1000000",
        }

    def __enter__(self) -> Self:
        self.run("manage.py", "migrate", "--verbosity", "0")
        return self

    def __exit__(self, *details: object) -> None:
        if not self.is_kept:
            self.remove()

    def remove(self) -> None:
        """Remove all of it."""
        shutil.rmtree(self.place)
        for left in Path(tempfile.gettempdir()).glob(f"sgoffice-*-{key_of(self.state / 'postgresql')}"):
            shutil.rmtree(left)

    def filled(self, program: str, *arguments: str) -> Any:
        """Return what a program printed, as JSON, that filled the register, now or when it was kept."""
        if not self._said.exists():
            text = self.run("-m", program, *arguments)
            self._said.write_text(text, encoding="utf-8")
        return json.loads(self._said.read_text(encoding="utf-8"))

    def run(self, *command: str) -> str:
        """Run a program against this register and return what it printed."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout

    @contextmanager
    def served(self, *command: str, port: int, patience: float = _PATIENCE) -> Iterator[int]:
        """Serve the register by a program; yields the number of its process."""
        server = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=self.environment | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for(server, port, patience)
            yield server.pid
        finally:
            server.terminate()
            server.wait(_PATIENCE)


def _kept_place(name: str) -> Path:
    """Return the folder of a kept register; what was left of one that was never filled is removed."""
    found = hashlib.sha256(b"".join((ROOT / path).read_bytes() for path in _MADE_BY))
    folder = ROOT / "var" / "bench"
    place = folder / f"{name}-{found.hexdigest()[:10]}"
    for other in folder.glob(f"{name}-*"):
        if other != place or not (other / "said.json").exists():
            shutil.rmtree(other)
    place.mkdir(parents=True, exist_ok=True)
    return place


def free_port() -> int:
    """Return a port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(server: "subprocess.Popen[bytes]", port: int, patience: float = _PATIENCE) -> None:
    """Wait until a server takes connections."""
    end = time.monotonic() + patience
    while server.poll() is None and time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not begin to answer; its lines above say why.")
