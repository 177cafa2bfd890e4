"""A register of its own for the browser: started afresh with the public facts, and stopped afterwards."""

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
_STATE = ROOT / "var" / "browser" / "state"
_PASSWORD = re.compile(r"sign in as officer\s+password: (\S+)")


@contextmanager
def running() -> Iterator[str]:
    """Serve a new register; yield the password of the officer to try it with."""
    shutil.rmtree(_STATE, ignore_errors=True)
    _STATE.mkdir(parents=True)
    command = [ROOT / ".venv/bin/python", "manage.py", "start", "--port", str(PORT)]
    environment = {"SGOFFICE_STATE": str(_STATE), "SGOFFICE_PG_FAST": "1", "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield _password(server)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(60)


def _password(server: subprocess.Popen[str]) -> str:
    found = ""
    for line in server.stdout or ():
        if said := _PASSWORD.search(line):
            found = said[1]
        if line.startswith("Serving"):
            return found
    message = "the register did not start"
    raise RuntimeError(message)


def picture(name: str) -> Path:
    return ROOT / "docs" / "images" / f"{name}.png"
