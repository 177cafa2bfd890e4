"""Machines of one register, each in a network namespace of its own, before one PostgreSQL and behind a proxy."""

import http.client
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Self

from sgoffice.database import roles
from tests.bench.register import free_port
from tests.prove.crashing import ROOT, CrashingRegister, kill
from tests.sgoffice.database.servers import new_server

PROXY = shutil.which("caddy")
#: Addresses that are set apart for measuring networks (RFC 2544); the first is ours.
_NET, _OURS, ADDRESSES = "198.18.7", "198.18.7.1", ("198.18.7.11", "198.18.7.12")
_PORT = 8000
_STARTED_WITHIN = 180


def lacking() -> str:
    """Return what is missing on this machine; nothing if the proof can be run."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        return "network namespaces need root and iproute2"
    return "" if PROXY else "a proxy is needed (apt install caddy)"


def _ip(*words: object) -> str:
    return subprocess.run(["ip", *map(str, words)], check=True, capture_output=True, text=True).stdout


class Machine:
    """A computer that serves the register: a namespace, and whatever runs in it."""

    def __init__(self, number: int, environment: dict[str, str], state: Path) -> None:
        self.name, self.address = f"sgo{os.getpid()}-{number}", ADDRESSES[number]
        self._near, self._far = f"sgn{os.getpid()}-{number}", f"sgf{os.getpid()}-{number}"
        self._environment = environment | {
            "SGOFFICE_STATE": str(state),
            "SGOFFICE_HOSTS": f"127.0.0.1,{self.address}",
        }
        self._process: subprocess.Popen[bytes] | None = None
        self.starts = 0

    @contextmanager
    def plugged_in(self, bridge: str) -> Iterator[None]:
        """Have a network while the block runs."""
        _ip("netns", "add", self.name)
        try:
            _ip("link", "add", self._near, "type", "veth", "peer", "name", self._far, "netns", self.name)
            _ip("link", "set", self._near, "master", bridge, "up")
            inside = ("-n", self.name)
            _ip(*inside, "link", "set", "lo", "up")
            _ip(*inside, "addr", "add", f"{self.address}/24", "dev", self._far)
            _ip(*inside, "link", "set", self._far, "up")
            yield
        finally:
            self.kill()
            _ip("netns", "del", self.name)

    def start(self) -> None:
        command = ["ip", "netns", "exec", self.name, sys.executable, "manage.py", "start", "--without-facts"]
        self._process = subprocess.Popen(
            [*command, "--host", self.address, "--port", str(_PORT)],
            cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        self.starts += 1

    def kill(self) -> None:
        """Kill -9 everything that runs on it, as a loss of power would."""
        while numbers := [int(one) for one in _ip("netns", "pids", self.name).split()]:
            kill(*numbers)
            time.sleep(0.02)
        if self._process is not None:
            self._process.wait()

    def await_ready(self) -> None:
        end = time.monotonic() + _STARTED_WITHIN
        while not self._is_ready():
            assert time.monotonic() < end, f"{self.name} did not come back"
            time.sleep(0.2)

    def _is_ready(self) -> bool:
        try:
            with closing(http.client.HTTPConnection(self.address, _PORT, timeout=5)) as connection:
                connection.request("GET", "/readyz")
                return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False


class Machines(CrashingRegister):
    """A register on two machines; `port` is where the proxy listens, on the loopback address alone."""

    def __init__(self, *, seed: int) -> None:
        super().__init__(seed=seed, is_empty=True)
        self.port = free_port()
        self.machines: list[Machine] = []
        self._environment: dict[str, str] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        super().__enter__()
        self._stack.enter_context(self._network())
        self._stack.enter_context(self._database())
        self._environment = self.environment | {
            "DATABASE_URL": self._url(roles.APPLICATION),
            "DATABASE_OWNER_URL": self._url(roles.OWNER),
            "SGOFFICE_SECRET_KEY": (self.state / "secret_key").read_text().strip(),
            "SGOFFICE_PLAIN_HTTP": "1",
            "SGOFFICE_REQUESTS_A_MINUTE": "1000000",
        }
        self.machines = [Machine(number, self._environment, self.place / f"machine-{number}") for number in range(2)]
        for machine in self.machines:
            self._stack.enter_context(machine.plugged_in(self._bridge))
            machine.start()
            machine.await_ready()
        self._stack.enter_context(self._proxy())
        return self

    def __exit__(self, *details: object) -> None:
        self._stack.close()
        super().__exit__(*details)

    def on_machine(self, program: str) -> str:
        """Run a program against the register while it is served, and return what it prints."""
        return subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT, env=self._environment, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip

    def end_machines(self) -> None:
        """Kill the machines and the network, and stop PostgreSQL in order: `run` has the register for itself."""
        self._stack.close()

    def _url(self, role: str) -> str:
        password = roles.password_of(self.state / "postgresql", role)
        return f"postgresql://{role}:{password}@{_OURS}:5432/{roles.DATABASE}"

    @property
    def _bridge(self) -> str:
        return f"sgb{os.getpid()}"

    @contextmanager
    def _network(self) -> Iterator[None]:
        _ip("link", "add", self._bridge, "type", "bridge")
        try:
            _ip("addr", "add", f"{_OURS}/24", "dev", self._bridge)
            _ip("link", "set", self._bridge, "up")
            yield
        finally:
            _ip("link", "del", self._bridge)

    @contextmanager
    def _database(self) -> Iterator[None]:
        """Run the register's PostgreSQL where both machines reach it, waiting for the disk."""
        server = new_server(self.state / "postgresql", is_durable=True)
        server.start()
        rights = server.data / "pg_hba.conf"
        rights.write_text(rights.read_text() + f"host all all {_NET}.0/24 scram-sha-256\n")
        server.leave()
        socket = self.place / "socket"
        socket.mkdir()
        os.chown(socket, server.uid, server.gid)
        options = f"-c listen_addresses={_OURS} -c unix_socket_directories={socket} -c shared_buffers=96MB"
        server.run("pg_ctl", "-D", server.data, "-l", server.log, "-o", options, "-w", "start")
        try:
            yield
        finally:
            server.run("pg_ctl", "-D", server.data, "-m", "fast", "-w", "stop")

    @contextmanager
    def _proxy(self) -> Iterator[None]:
        """Run the proxy of docs/deploy, without TLS."""
        text = (ROOT / "docs" / "deploy" / "Caddyfile.two-machines").read_text(encoding="utf-8")
        for before, after in (
            ("register.example {", f"http://127.0.0.1:{self.port} {{"),
            ("192.0.2.11", ADDRESSES[0]),
            ("192.0.2.12", ADDRESSES[1]),
        ):
            assert before in text
            text = text.replace(before, after)
        file = self.place / "Caddyfile"
        file.write_text(f"{{\n\tadmin off\n}}\n{text}")
        home = {"HOME": str(self.place), "XDG_DATA_HOME": str(self.place), "XDG_CONFIG_HOME": str(self.place)}
        with (self.place / "proxy.log").open("wb") as log:
            proxy = subprocess.Popen(
                [str(PROXY), "run", "--adapter", "caddyfile", "--config", str(file)],
                env=os.environ | home, stdout=log, stderr=log,
            )  # fmt: skip
        try:
            yield
        finally:
            proxy.terminate()
            proxy.wait(20)
