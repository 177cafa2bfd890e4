"""A register of the benchmark's own: made, filled, served, and gone afterwards."""

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
from typing import Self

from sgoffice.database.places import key_of

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 60.0  # seconds until a server answers


class BenchRegister:
    """A register in a folder of its own, durable as `start` makes it, that counts no requests a minute."""

    def __init__(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="sgoffice-bench-", dir="/tmp"))
        self.place.chmod(0o711)
        self.state = self.place / "state"
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
        shutil.rmtree(self.place)
        for left in Path(tempfile.gettempdir()).glob(f"sgoffice-*-{key_of(self.state / 'postgresql')}"):
            shutil.rmtree(left)

    def run(self, *command: str) -> str:
        """Run a program against this register and return what it printed."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout

    @contextmanager
    def served(self, *command: str, port: int) -> Iterator[int]:
        """Serve the register by a program; yields the number of its process."""
        server = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=self.environment | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _await(server, port)
            yield server.pid
        finally:
            server.terminate()
            server.wait(_PATIENCE)


def free_port() -> int:
    """Return a port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(server: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not begin to answer; its lines above say why.")
