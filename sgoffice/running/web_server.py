"""The process that serves requests: granian with a few workers. `start` runs it and it never outlives `start`."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterable
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from sgoffice.settings.environment import read_environment

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

_PR_SET_PDEATHSIG = 1
#: Seconds for a worker to finish its requests.
_GRACE = 10


def end_with_parent(parent: int) -> None:
    """Have the kernel end this process when its parent dies, even by kill -9 (on Linux only)."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # the parent died before prctl()
        sys.exit(1)


def send_whole_bodies(application: Application) -> Application:
    """Give the server bodies that are complete as a list: it iterates over anything else through more threads.

    A list cannot be closed, so the response is closed here before its body is sent.
    """

    def answer(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        response: Any = application(environ, start_response)
        if response.streaming:
            return response
        try:
            return [response.content]
        finally:
            response.close()

    return answer


def serve(host: str, port: int) -> None:
    """Serve until a signal arrives."""
    environment = read_environment()
    Granian(
        "sgoffice.running.web_worker:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=environment.sgoffice_workers,
        blocking_threads=environment.sgoffice_threads,
        backlog=256,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_GRACE,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    end_with_parent(int(sys.argv[3]))
    serve(sys.argv[1], int(sys.argv[2]))
