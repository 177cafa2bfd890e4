"""The embedded PostgreSQL: initialised, started and stopped by whoever uses it.

It listens on a Unix socket in a folder of mode 0700 only. Every process that uses it holds a shared lock (flock) on one
file, and the last one to leave stops it. Such locks die with their process: a kill -9 leaves nothing stale.
"""

import atexit
import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from sgoffice.database import binaries, roles
from sgoffice.database.binaries import ServerError

_LONGEST_SOCKET_FOLDER = 70
_CRASH_PATIENCE = 10.0  # seconds until the processes of a killed server must be gone
_servers: dict[Path, "EmbeddedServer"] = {}


def server_in(state: Path) -> "EmbeddedServer":
    """Return the server of a state folder, one object for each process."""
    state = state.resolve()
    if state not in _servers or _servers[state].process != os.getpid():
        _servers[state] = EmbeddedServer(state)
    return _servers[state]


class EmbeddedServer:
    """One PostgreSQL cluster with its state in a folder of its own."""

    def __init__(self, state: Path) -> None:
        self.process = os.getpid()
        self.is_root = os.geteuid() == 0
        owner = pwd.getpwnam("nobody") if self.is_root else pwd.getpwuid(os.geteuid())
        self.uid, self.gid = owner.pw_uid, owner.pw_gid
        self.key = hashlib.sha256(str(state).encode()).hexdigest()[:10]
        self.state = self._usable(state)
        self.data = self.state / "data"
        self.log = self.state / "postgresql.log"
        self.socket = self._socket_folder()
        self._users: int | None = None
        self._programs: Path | None = None

    @property
    def programs(self) -> Path:
        """The folder of PostgreSQL's programs."""
        if self._programs is None:
            found = binaries.folder()
            self._programs = binaries.reachable_copy(found) if self.is_root else found
        return self._programs

    def start(self) -> None:
        """Make sure that the server runs, and hold on to it; safe in any number of processes at once."""
        if self._users is not None and self.is_alive():
            return
        self.state.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if self._users is None:
                self._users = os.open(self.state / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self._users, fcntl.LOCK_SH)
                atexit.register(self.leave)
            self._prepare()
            if not self.is_alive():
                self._clear_stale_locks()
                self._launch()
            roles.provide(self.state, self.socket)

    def leave(self) -> None:
        """Let go of the server; the last one to leave stops it."""
        if self._users is None or self.process != os.getpid():
            return
        with self._alone():
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # somebody else still uses it
            else:
                if self.is_alive():
                    self.run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")
            os.close(self._users)
            self._users = None

    def is_alive(self) -> bool:
        """Tell whether the process that postmaster.pid names is this folder's server, and no zombie."""
        try:
            number = int((self.data / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0])
            status = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
            command = Path(f"/proc/{number}/cmdline").read_bytes()
        except (OSError, ValueError):
            return False
        return status not in "ZX" and str(self.data).encode() in command

    def run(self, program: str, *arguments: Any, timeout: float = 120) -> str:
        """Run one of PostgreSQL's programs as the server's user and return what it printed."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        user: dict[str, Any] = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_root else {}
        with tempfile.TemporaryFile("w+") as output:  # a pipe would stay open in the server
            done = subprocess.run(
                [str(self.programs / program), *map(str, arguments)],
                stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd="/", timeout=timeout,
                env=environment | {"LC_ALL": "C", "TZ": "UTC"}, check=False, **user,
            )  # fmt: skip
            output.seek(0)
            said = output.read()
        if done.returncode:
            message = f"{program} failed:\n{said[-2000:]}{self._tail()}\nThe server's own log is {self.log}."
            raise ServerError(message)
        return said

    def _usable(self, state: Path) -> Path:
        if self.is_root and not binaries.is_reachable(state.parent):
            return binaries.ROOT_STATE / self.key
        try:
            state.mkdir(parents=True, exist_ok=True)
        except OSError:  # a checkout that one can only read
            home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
            return Path(home) / "sgoffice" / self.key
        if (state / "data").exists() and (state / "data").stat().st_uid != self.uid:
            owner = pwd.getpwuid((state / "data").stat().st_uid).pw_name
            message = f"The database in {state} belongs to {owner}: run this as {owner}, or set SGOFFICE_STATE."
            raise ServerError(message)
        return state

    def _socket_folder(self) -> Path:
        candidates = [tempfile.gettempdir(), "/tmp"]  # noqa: S108 - a folder of mode 0700 is made in it
        short = [place for place in candidates if len(place) < _LONGEST_SOCKET_FOLDER and os.access(place, os.W_OK)]
        if not short:
            message = "No folder for the server's socket: set TMPDIR to a short path that you can write to."
            raise ServerError(message)
        return Path(short[0]) / f"sgoffice-{self.uid}-{self.key}"

    def _alone(self) -> "_Exclusively":
        return _Exclusively(self.state / "start.lock")

    def _prepare(self) -> None:
        self.socket.mkdir(mode=0o700, exist_ok=True)
        place = self.socket.lstat()
        if place.st_uid not in {self.uid, os.geteuid()} or not self.socket.is_dir() or self.socket.is_symlink():
            message = f"{self.socket} belongs to somebody else: remove it, or set TMPDIR."
            raise ServerError(message)
        self._own(self.socket)
        if (self.data / "PG_VERSION").exists():
            return
        fresh = self.state / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self._own(fresh)
        with roles.password_file(self.state, self.uid, self.gid) as password:
            self.run(
                "initdb", "-D", fresh, "-U", roles.SUPERUSER, "-A", "scram-sha-256", "--pwfile", password,
                "-E", "UTF8", *self._locale(), "--no-instructions",
            )  # fmt: skip
        (fresh / "pg_hba.conf").write_text(roles.HBA, encoding="utf-8")
        fresh.rename(self.data)

    def _locale(self) -> list[str]:
        version = self.run("initdb", "--version").split()[2]
        if int(version.split(".")[0]) < 17:  # noqa: PLR2004 - the builtin provider came with 17
            return ["--locale=C.UTF-8"]
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]

    def _launch(self) -> None:
        self.log.touch()
        self._own(self.log)
        settings = {
            "listen_addresses": "''",
            "unix_socket_directories": f"'{self.socket}'",
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "shared_buffers": "96MB",
            "log_min_messages": "warning",
            "lock_timeout": "15s",
        }
        if os.environ.get("SGOFFICE_PG_FAST"):  # tests only: a crash of the machine may lose data
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self.run("pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", "60", "-o", options, "start")

    def _clear_stale_locks(self) -> None:
        """Remove the lock files of a killed server, which PostgreSQL takes for a live one if a number is used again.

        Safe only when no process of the cluster is left.
        """
        end = time.monotonic() + _CRASH_PATIENCE
        while left := self._processes():
            if time.monotonic() > end:
                message = f"Processes of a crashed server are still there: {left}. Wait for them to end, or end them."
                raise ServerError(message)
            time.sleep(0.05)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for stale in self.socket.glob(".s.PGSQL.*"):
            stale.unlink(missing_ok=True)

    def _processes(self) -> list[int]:
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            try:
                if (place / "cwd").readlink() == self.data and (place / "comm").read_text().startswith("postgres"):
                    found.append(int(place.name))
            except OSError:
                continue  # it ended meanwhile, or is not ours
        return found

    def _own(self, path: Path) -> None:
        if self.is_root:
            os.chown(path, self.uid, self.gid)

    def _tail(self) -> str:
        try:
            return "".join(self.log.read_text(encoding="utf-8").splitlines(keepends=True)[-15:])
        except OSError:
            return ""


class _Exclusively:
    """A lock on a file, held by one process of all at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        self.file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *details: object) -> None:
        os.close(self.file)
