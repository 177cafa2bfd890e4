"""Processes of a server: which are alive, and what a kill -9 left behind."""

import os
import time
from pathlib import Path

from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from sgoffice.database.errors import ServerError

_CRASH_PATIENCE = 10.0  # seconds for the processes of a killed server to end
_SOCKET_LINE, _STATUS_LINE = 4, 7  # of postmaster.pid: the socket folder, and the status of the server
_HAS_PROC = Path("/proc/self/stat").exists()


def is_serving(data: Path) -> bool:
    """Tell whether postmaster.pid names a live server of this folder."""
    lines = _lock_lines(data)
    if not lines or not lines[0].isdigit() or not is_alive(int(lines[0])):
        return False
    return not _HAS_PROC or _works_in(int(lines[0]), data)


def is_ready(data: Path, number: int) -> bool:
    """Tell whether the server with this process id accepts connections."""
    lines = _lock_lines(data)
    return len(lines) > _STATUS_LINE and lines[0] == str(number) and lines[_STATUS_LINE].strip() == "ready"


def takes_connections(socket: Path) -> bool:
    """Tell whether the server behind a socket accepts connections; it does not while recovering from a crash."""
    return PGconn.ping(make_conninfo(host=str(socket), dbname="postgres").encode()) == Ping.OK


def is_alive(number: int) -> bool:
    """Tell whether a process exists and is not a zombie."""
    try:
        if not _HAS_PROC:
            os.kill(number, 0)
            return True
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] not in "ZX"
    except (OSError, IndexError):
        return False


def listens_in(data: Path) -> Path | None:
    """Return the socket folder of the running server, which may have been started with another TMPDIR."""
    lines = _lock_lines(data)
    return Path(lines[_SOCKET_LINE]) if len(lines) > _SOCKET_LINE and lines[_SOCKET_LINE] else None


def clear_stale_locks(data: Path, socket: Path) -> None:
    """Remove the lock files of a killed server, which PostgreSQL mistakes for a live one if its id is reused.

    Only safe without any process of the cluster: waits for them, and raises ServerError if they do not end.
    """
    if not _HAS_PROC:
        return  # processes are not visible here: PostgreSQL decides
    end = time.monotonic() + _CRASH_PATIENCE
    while left := _living(data):
        if time.monotonic() > end:
            message = f"Processes of a crashed server are still running: {left}. Wait for them, or end them."
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
    numbers = [int(place.name) for place in Path("/proc").glob("[0-9]*")]
    return [number for number in numbers if _works_in(number, data)]


def _works_in(number: int, data: Path) -> bool:
    """Tell whether a process is PostgreSQL with this data folder as its working directory; zombies have none."""
    place = Path(f"/proc/{number}")
    try:
        return (place / "cwd").readlink() == data and (place / "comm").read_text().startswith("postgres")
    except OSError:
        return False  # it has ended, or is not ours
