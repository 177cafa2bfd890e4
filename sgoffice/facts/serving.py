"""The process that serves requests: granian with a few workers. `start` runs it, and it never outlives `start`."""

import ctypes
import os
import signal
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from sgoffice.settings.environment import read

_PR_SET_PDEATHSIG = 1
#: Seconds for a worker to end the requests that it has begun.
_GRACE = 10


def end_with_parent(parent: int) -> None:
    """Have the kernel end this process when its parent dies, even by kill -9 (Linux; elsewhere it is left alone)."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before the kernel was told
        sys.exit(1)


def serve(host: str, port: int) -> None:
    """Serve until a signal comes."""
    environment = read()
    Granian(
        "sgoffice.facts.worker:application",
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
