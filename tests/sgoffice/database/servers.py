"""Servers of the tests' own, and the means to kill them."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from sgoffice.database import roles
from sgoffice.database.places import key_of
from sgoffice.database.processes import is_alive
from sgoffice.database.server import EmbeddedServer
from sgoffice.settings.environment import read_environment

ROOT = Path(__file__).resolve().parents[3]
#: The programs that this run is about: those of 15, in the short set.
PROGRAMS = read_environment().sgoffice_pg_bin

#: Holds on to the server until its standard input ends or it is killed.
_CLIENT = """
import sys
from pathlib import Path
from sgoffice.database.server import embedded_server
server = embedded_server(Path(sys.argv[1]), programs=sys.argv[2], is_durable=False)
server.start()
print((server.data / "postmaster.pid").read_text().split()[0], server.socket, flush=True)
sys.stdin.read()
"""


class Client(subprocess.Popen[str]):
    """Another process that uses the server of a state folder."""

    def __init__(self, state: Path, **environment: str) -> None:
        super().__init__(
            [sys.executable, "-c", _CLIENT, str(state), PROGRAMS],
            cwd=ROOT, env=os.environ | environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def told(self) -> tuple[int, Path]:
        """Wait until the server runs; return its number and the folder where it listens."""
        assert self.stdout is not None
        number, socket = self.stdout.readline().split()
        return int(number), Path(socket)

    def leave(self) -> None:
        """End in order."""
        self.communicate(timeout=60)
        assert self.returncode == 0


@contextmanager
def place_for_state() -> Iterator[Path]:
    """A folder for a server that its user can reach; its processes and files are gone afterwards."""
    made = Path(tempfile.mkdtemp(prefix="sgoffice-test-", dir="/tmp"))
    made.chmod(0o711)
    wanted = made / "postgresql"
    yield wanted
    _kill_servers(made)
    shutil.rmtree(made)
    for socket in Path("/tmp").glob(f"sgoffice-*-{key_of(wanted)}"):  # noqa: S108 - where the server made it
        shutil.rmtree(socket)


def new_server(state: Path, *, is_durable: bool = False) -> EmbeddedServer:
    return EmbeddedServer(state, programs=PROGRAMS, is_durable=is_durable)


def connect(server: EmbeddedServer, role: str = roles.OWNER) -> psycopg.Connection:
    password = roles.password_of(server.state, role)
    return psycopg.connect(
        host=str(server.socket), user=role, password=password, dbname=roles.DATABASE, autocommit=True
    )


def processes_of(state: Path) -> list[int]:
    """Return the numbers of all processes of the servers below a folder."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if (place / "cwd").readlink().is_relative_to(state):
                found.append(int(place.name))
        except OSError:
            continue
    return found


def kill_all(state: Path) -> None:
    """Kill every process of a server at once, as a loss of power would, and wait until they are dead."""
    numbers = processes_of(state)
    for number in numbers:
        with suppress(ProcessLookupError):  # one ends when another does
            os.kill(number, signal.SIGKILL)
    for number in numbers:
        until_gone(number)


def until_gone(number: int) -> None:
    """Wait for a killed process to be dead: the signal is only sent when kill() returns."""
    end = time.monotonic() + 10
    while is_alive(number) and time.monotonic() < end:
        time.sleep(0.01)


def _kill_servers(place: Path) -> None:
    end = time.monotonic() + 10
    while processes_of(place) and time.monotonic() < end:
        kill_all(place)
        time.sleep(0.05)
