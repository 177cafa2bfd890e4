"""The process of the web server, as `start` has it: begun first, so that it has loaded when the register is prepared.

Nothing of Django is imported here: manage.py begins the process before it loads Django for itself.
"""

import http.client
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

_CHECKOUT = Path(__file__).resolve().parents[2]
#: Seconds for the server to stop, and for one answer.
_PATIENCE = 30.0
#: Seconds for the server to load: on a busy machine it takes long, and one that has died is noticed at once.
_LOADING = 180.0
#: How to sign in as the owner of the tables, which a process that serves requests never learns.
OWNER = ("DATABASE_OWNER_URL", "DATABASE_OWNER_URL_FILE")


class NoServer(Exception):
    """The server did not begin to answer."""


class WebProcess:
    """A server that loads at once, and serves when it is told to."""

    def __init__(self) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in OWNER}
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "sgoffice.running.web_server", str(os.getpid())],
            cwd=_CHECKOUT,
            env=environment | {"PYTHONPATH": str(_CHECKOUT), "SGOFFICE_SERVING": "1"},
            stdin=subprocess.PIPE,
            text=True,
        )
        self._told = cast("IO[str]", self._process.stdin)

    def serve(self, host: str, port: int, *, reached_at: str) -> None:
        """Begin to serve, and wait until a worker answers. Raises NoServer."""
        with suppress(BrokenPipeError), self._told:  # one that has died is noticed below
            self._told.write(f"{host} {port}\n")
        end = time.monotonic() + _LOADING
        while self._process.poll() is None and time.monotonic() < end:
            if _answers(reached_at, port):
                return
            time.sleep(0.02)
        message = f"The server did not answer on port {port} of {reached_at}; its output above, if any, says why."
        raise NoServer(message)

    def wait(self) -> int:
        """Wait until the server has ended, and return its status."""
        return self._process.wait()

    def stop(self) -> None:
        """Let the server answer what it has begun, and end it."""
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


_begun: list[WebProcess] = []


def begin() -> None:
    """Begin the process that `taken` will return."""
    _begun.append(WebProcess())


def taken() -> WebProcess:
    """Return the process that was begun, or begin one."""
    return _begun.pop() if _begun else WebProcess()


def _answers(host: str, port: int) -> bool:
    """Tell whether a worker has loaded the application; any status will do."""
    connection = http.client.HTTPConnection(host, port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/livez")
        connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    return True
