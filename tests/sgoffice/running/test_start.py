"""The main job, run as people run it: serves, stops in order, comes back, and leaves nobody behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.states import fill_migrated

ROOT = Path(__file__).resolve().parents[3]
_SERVING = "Ctrl-C stops"


class Register(subprocess.Popen[str]):
    """`manage.py start` on a free port, with a state of its own."""

    def __init__(self, state: Path, host: str = "127.0.0.1", stderr: IO[bytes] | None = None) -> None:
        self.state = state
        self.host = f"[{host}]" if ":" in host else host
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        outside = {"DATABASE_URL", "DATABASE_OWNER_URL"}
        environment = {name: value for name, value in os.environ.items() if name not in outside}
        super().__init__(
            [sys.executable, "manage.py", "start", "--without-facts", "--host", host, "--port", str(self.port)],
            cwd=ROOT, env=environment | {"SGOFFICE_STATE": str(state)}, text=True,
            stdout=subprocess.PIPE, stderr=stderr,
        )  # fmt: skip

    def said(self, until: str) -> str:
        """Return what it printed up to the line with these words."""
        assert self.stdout is not None
        lines = []
        for line in self.stdout:
            lines.append(line)
            if until in line:
                break
        return "".join(lines)

    def answer(self, path: str) -> int:
        with urllib.request.urlopen(f"http://{self.host}:{self.port}{path}", timeout=30) as answer:
            return answer.status

    def end(self, by: int) -> int:
        self.send_signal(by)
        self.communicate(timeout=60)
        return self.returncode


@pytest.fixture
def state() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="sgoffice-test-", dir="/tmp"))
    place.chmod(0o711)
    yield place
    shutil.rmtree(place)


@pytest.fixture
def migrated(state: Path) -> Path:
    """A state that needs no migrating, for what is about something else than the first start."""
    fill_migrated(state)
    return state


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def test_serves_stops_and_comes_back_with_what_it_had(state):
    first = Register(state)
    said = first.said(_SERVING)
    for name in ("administrator", "officer", "approver"):
        assert f"sign in as {name}   password: " in said
    assert first.answer("/livez") == 200
    assert first.answer("/readyz") == 200
    assert first.end(signal.SIGTERM) == 0
    assert not (state / "postgresql" / "data" / "postmaster.pid").exists()

    second = Register(state, "::1" if has_ipv6() else "127.0.0.1")
    said = second.said(_SERVING)

    assert "password" not in said
    assert f"http://{second.host}:{second.port}/admin/" in said
    assert second.answer("/readyz") == 200
    assert second.end(signal.SIGINT) == 0
    assert not (state / "postgresql" / "data" / "postmaster.pid").exists()


def test_kill_9_leaves_nobody_on_the_port_and_the_next_start_works(migrated):
    first = Register(migrated)
    first.said(_SERVING)

    first.end(signal.SIGKILL)

    end = time.monotonic() + 20
    while not is_free(first.port) and time.monotonic() < end:
        time.sleep(0.05)
    assert is_free(first.port)
    second = Register(migrated)
    second.said(_SERVING)
    assert second.answer("/readyz") == 200
    assert second.end(signal.SIGTERM) == 0


def test_port_in_use_is_said_with_what_to_do(state):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        done = subprocess.run(
            [sys.executable, "manage.py", "start", "--port", str(port)],
            cwd=ROOT, env=os.environ | {"SGOFFICE_STATE": str(state)}, text=True, capture_output=True, check=False,
        )  # fmt: skip

    assert done.returncode == 1
    assert "choose another one with --port" in done.stderr
    assert "Traceback" not in done.stderr
