"""The embedded PostgreSQL: initialized, started and stopped by the processes that use it.

It listens only on a Unix socket in a folder of mode 0700. Every process that uses it holds a shared lock (flock) on one
file, and the last one stops it. Such locks end with their process, so a kill -9 leaves nothing stale.
"""

import atexit
import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sgoffice.database import binaries, places, processes, roles, server_account
from sgoffice.database.errors import ServerError

_START_PATIENCE = 180  # seconds: recovery after a crash replays the log since the last checkpoint
_FIRST_WITH_OWN_LOCALES = 17  # the first major version with the builtin locale provider
#: Starts the server in the background. All paths are parameters; pg_ctl would pass them through a shell.
_LAUNCH = 'log=$1; shift; "$@" </dev/null >>"$log" 2>&1 & echo $!'
#: The server's log has no contents of rows: no refused statement with its error, no detail of one, no parameters. What
#: was refused is in the program's own log.
_SILENT = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
_servers: dict[Path, "EmbeddedServer"] = {}


def embedded_server(state: Path, *, programs: str = "", is_durable: bool = True) -> "EmbeddedServer":
    """Return the server of a state folder; each process has one object for it."""
    state = state.resolve()
    if state not in _servers or _servers[state].process != os.getpid():
        _servers[state] = EmbeddedServer(state, programs=programs, is_durable=is_durable)
    return _servers[state]


class EmbeddedServer:
    """One PostgreSQL cluster with its state in one folder.

    `programs` is the folder of PostgreSQL's programs (empty: searched for). Without `is_durable` the server does not
    wait for the disk: for tests only, because a crash of the machine loses data.
    """

    def __init__(self, state: Path, *, programs: str = "", is_durable: bool = True) -> None:
        self.process = os.getpid()
        self.is_root = os.geteuid() == 0
        self._account = server_account.server_account()
        self.uid, self.gid = self._account.pw_uid, self._account.pw_gid
        self.state = places.usable_state(state, self._account)
        self.data = self.state / "data"
        self.log = self.state / "postgresql.log"
        self.socket = places.socket_folder(self.state, self.uid)
        self.is_durable = is_durable
        self._named_programs = programs
        self._programs: Path | None = None
        self._users: int | None = None

    @property
    def programs(self) -> Path:
        """The folder of PostgreSQL's programs."""
        if self._programs is None:
            found = binaries.find_programs(self._named_programs)
            self._programs = binaries.reachable_copy(found) if self.is_root else found
        return self._programs

    def start(self) -> None:
        """Start the server unless it runs, and register as its user; safe in any number of processes."""
        if self._users is not None and processes.is_serving(self.data):
            return
        with self._start_lock():
            is_first = self._users is None
            if is_first:
                self._users = os.open(self.state / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self._users, fcntl.LOCK_SH)
                atexit.register(self.leave)
            self._initialise()
            if processes.is_serving(self.data):
                self.uid = self.data.stat().st_uid  # one that started before root's had an account of its own
            else:
                server_account.take_over(self.state, self._account)
                self.uid = self._account.pw_uid
                places.prepare_socket_folder(self.socket, self.uid, self.gid)
                processes.clear_stale_locks(self.data, self.socket)
                self._launch()
            self.socket = processes.listens_in(self.data) or self.socket
            if is_first:
                self._await_connections()
            roles.create_roles(self.state, self.socket)

    def leave(self) -> None:
        """Unregister as its user; the last one stops the server."""
        if self._users is None or self.process != os.getpid():
            return
        with self._start_lock():
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # somebody else still uses it
            else:
                if processes.is_serving(self.data):
                    self.run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")
                    with suppress(OSError):  # started with another TMPDIR, or already removed
                        self.socket.rmdir()
            os.close(self._users)
            self._users = None

    def run(self, program: str, *arguments: object) -> str:
        """Run one of PostgreSQL's programs as the user of the server and return its output."""
        return self._run([self.programs / program, *arguments])

    def _run(self, command: list[object]) -> str:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        user: dict[str, Any] = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_root else {}
        with tempfile.TemporaryFile("w+") as output:  # a pipe would stay open in the server
            done = subprocess.run(
                [str(word) for word in command],
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                cwd="/",
                timeout=_START_PATIENCE + 20,
                env=environment | {"LC_ALL": "C", "TZ": "UTC"},
                check=False,
                start_new_session=True,
                **user,  # a session of its own: Ctrl-C is for the command line
            )
            output.seek(0)
            text = output.read()
        if done.returncode:
            raise self._failure(Path(str(command[0])).name, text[-2000:])
        return text

    def _initialise(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        fresh = self.state / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self._give_to_server(fresh)
        with roles.password_file(self.state, self.uid, self.gid) as password:
            self.run(
                "initdb",
                "-D",
                fresh,
                "-U",
                roles.SUPERUSER,
                "-A",
                "scram-sha-256",
                "--pwfile",
                password,
                "-E",
                "UTF8",
                *self._locale(),
                "--data-checksums",
                "--no-instructions",
                *([] if self.is_durable else ["--no-sync"]),
            )
        (fresh / "pg_hba.conf").write_text(roles.HBA, encoding="utf-8")
        fresh.rename(self.data)

    def _version(self) -> int:
        return int(self.run("postgres", "--version").split()[2].split(".")[0])

    def _locale(self) -> list[str]:
        if self._version() < _FIRST_WITH_OWN_LOCALES:
            return ["--locale=C.UTF-8"]
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]

    def _launch(self) -> None:
        made_by = int((self.data / "PG_VERSION").read_text(encoding="utf-8").split(".")[0])
        if made_by != self._version():
            message = (
                f"The database in {self.state} was created by PostgreSQL {made_by}, and {self.programs} is "
                f"{self._version()}: transfer the data with pg_dump and pg_restore, or set SGOFFICE_STATE."
            )
            raise ServerError(message)
        os.close(os.open(self.log, os.O_WRONLY | os.O_CREAT, 0o600))
        self.log.chmod(0o600)
        self._give_to_server(self.log)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": f"{self.socket}",
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "shared_buffers": "96MB",
            **_SILENT,
        }
        if not self.is_durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        started = self._run(
            ["/bin/sh", "-c", _LAUNCH, "sh", self.log, self.programs / "postgres", "-D", self.data, *options]
        )
        self._await(int(started))

    def _await(self, number: int) -> None:
        """Wait until the server with this process id accepts connections."""
        end = time.monotonic() + _START_PATIENCE
        while not processes.is_ready(self.data, number):
            if not processes.is_alive(number):
                raise self._failure("postgres", "")
            if time.monotonic() > end:
                raise self._failure("postgres", f"It was not ready after {_START_PATIENCE} seconds.\n")
            time.sleep(0.02)

    def _await_connections(self) -> None:
        """Wait while a server that another process started recovers: it is alive but accepts no connections."""
        end = time.monotonic() + _START_PATIENCE
        while processes.is_serving(self.data) and not processes.takes_connections(self.socket):
            if time.monotonic() > end:
                raise self._failure("postgres", f"It was not ready after {_START_PATIENCE} seconds.\n")
            time.sleep(0.05)

    def _failure(self, program: str, output: str) -> ServerError:
        return ServerError(f"{program} failed:\n{output}{self._tail()}\nThe server's own log is {self.log}.")

    @contextmanager
    def _start_lock(self) -> Iterator[None]:
        """Hold the lock for starting or stopping the server, which one process has at a time."""
        lock = os.open(self.state / "start.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _give_to_server(self, path: Path) -> None:
        if self.is_root:
            os.chown(path, self.uid, self.gid)

    def _tail(self) -> str:
        try:
            return "".join(self.log.read_text(encoding="utf-8").splitlines(keepends=True)[-15:])
        except OSError:
            return ""
