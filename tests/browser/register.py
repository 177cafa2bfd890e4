"""A register of its own for a program: started afresh with the public facts, and stopped afterwards."""

import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.architecture.source import ROOT

PORT = 8719
ADDRESS = f"http://127.0.0.1:{PORT}"
_PASSWORD = re.compile(r"sign in as (\w+)\s+password: (\S+)")


@contextmanager
def running(name: str = "browser", port: int = PORT, **settings: str) -> Iterator[dict[str, str]]:
    """Serve a new register from var/{name}/state; yield the passwords of those to try it with, by name."""
    state = ROOT / "var" / name / "state"
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)
    command = [ROOT / ".venv/bin/python", "manage.py", "start", "--port", str(port)]
    environment = {"SGOFFICE_STATE": str(state), "SGOFFICE_PG_FAST": "1", "PATH": "/usr/bin:/bin"} | settings
    with (
        (state / "log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True) as server,
    ):
        try:
            yield _passwords(server)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(60)


def _passwords(server: subprocess.Popen[str]) -> dict[str, str]:
    found = {}
    for line in server.stdout or ():
        if said := _PASSWORD.search(line):
            found[said[1]] = said[2]
        if line.startswith("Serving"):
            return found
    message = "the register did not start"
    raise RuntimeError(message)


def picture(name: str) -> Path:
    return ROOT / "docs" / "images" / f"{name}.png"
