"""Which processes of a server live, and what a kill -9 left behind."""

import os
import time
from pathlib import Path

from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from sgoffice.database.errors import ServerError

_CRASH_PATIENCE = 10.0  # seconds until the processes of a killed server must be gone
_SOCKET_LINE, _STATUS_LINE = 4, 7  # of postmaster.pid: the folder that the server listens in, and how far it is
_HAS_PROC = Path("/proc/self/stat").exists()


def is_serving(data: Path) -> bool:
    """Tell whether the process that postmaster.pid names is this folder's server, and no zombie."""
    lines = _lock_lines(data)
    if not lines or not lines[0].isdigit() or not is_alive(int(lines[0])):
        return False
    return not _HAS_PROC or _works_in(int(lines[0]), data)


def is_ready(data: Path, number: int) -> bool:
    """Tell whether the server with this number takes connections."""
    lines = _lock_lines(data)
    return len(lines) > _STATUS_LINE and lines[0] == str(number) and lines[_STATUS_LINE].strip() == "ready"


def takes_connections(socket: Path) -> bool:
    """Tell whether the server that listens in a folder lets anybody in: not while it recovers from a crash."""
    return PGconn.ping(make_conninfo(host=str(socket), dbname="postgres").encode()) == Ping.OK


def is_alive(number: int) -> bool:
    """Tell whether a process is there, and no zombie."""
    try:
        if not _HAS_PROC:
            os.kill(number, 0)
            return True
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] not in "ZX"
    except (OSError, IndexError):
        return False


def listens_in(data: Path) -> Path | None:
    """Return the folder in which the running server listens: it may have been started under another TMPDIR."""
    lines = _lock_lines(data)
    return Path(lines[_SOCKET_LINE]) if len(lines) > _SOCKET_LINE and lines[_SOCKET_LINE] else None


def clear_stale_locks(data: Path, socket: Path) -> None:
    """Remove the lock files of a killed server, which PostgreSQL takes for a live one if its number is used again.

    Safe only when no process of the cluster is left, so this waits for them, and raises ServerError if they stay.
    """
    if not _HAS_PROC:
        return  # nobody can be seen here: PostgreSQL judges by itself
    end = time.monotonic() + _CRASH_PATIENCE
    while left := _living(data):
        if time.monotonic() > end:
            message = f"Processes of a crashed server are still there: {left}. Wait for them to end, or end them."
            raise ServerError(message)
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)
    for stale in socket.glob(".s.PGSQL.*"):
        stale.unlink(missing_ok=True)


def _lock_lines(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _living(data: Path) -> list[int]:
    """Return the live processes of a cluster."""
    numbers = [int(place.name) for place in Path("/proc").glob("[0-9]*")]
    return [number for number in numbers if _works_in(number, data)]


def _works_in(number: int, data: Path) -> bool:
    """Tell whether a process is PostgreSQL with this data folder as its working directory; a zombie has none."""
    place = Path(f"/proc/{number}")
    try:
        return (place / "cwd").readlink() == data and (place / "comm").read_text().startswith("postgres")
    except OSError:
        return False  # it ended meanwhile, or is not ours
