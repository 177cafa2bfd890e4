"""The process that serves requests: granian with a few workers. `start` runs it and it never outlives `start`."""

import ctypes
import os
import resource
import signal
import sys

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from sgoffice.settings.environment import read_environment

_PR_SET_PDEATHSIG = 1
#: Seconds for a worker to finish its requests.
_GRACE = 10
#: Connections that a worker holds open; one costs a file descriptor and a few kilobytes.
_CONNECTIONS = 4000
_SPARE = 100
#: Bytes that wait for a client to read them, and the most that headers may have. Each client that does not read holds
#: so many; usual are four hundred kilobytes.
_BUFFER = 2**16


def end_with_parent(parent: int) -> None:
    """Have the kernel end this process when its parent dies, even by kill -9 (on Linux only)."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # the parent died before prctl()
        sys.exit(1)


def serve(host: str, port: int, *, application: str = "sgoffice.running.web_worker:application") -> None:
    """Serve until a signal arrives."""
    environment = read_environment()
    _allow_files(_CONNECTIONS + _SPARE)
    Granian(
        application,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=environment.sgoffice_workers,
        backlog=256,
        backpressure=_CONNECTIONS,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(max_buffer_size=_BUFFER),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_GRACE,
        log_level=LogLevels.warning,
    ).serve()


def _allow_files(wanted: int) -> None:
    """Let this process and its workers open so many files, as far as its user may."""
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if usual < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, most), most))


if __name__ == "__main__":
    end_with_parent(int(sys.argv[3]))
    serve(sys.argv[1], int(sys.argv[2]))
