"""The process that serves requests: granian with a few workers. `start` runs it and it never outlives `start`.

It loads the application once and forks the workers from it, so that they share its memory; it never connects to the
database itself, and has no thread of its own that could hold a lock when it forks.
"""

import ctypes
import gc
import multiprocessing
import os
import resource
import signal
import sys
from contextlib import suppress
from functools import partial
from importlib import import_module
from threading import Thread
from typing import Any

from granian import Granian
from granian._internal import load_target
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from sgoffice.running.metrics_address import FOLDER, MetricsRefused, folder_of
from sgoffice.settings.environment import read_environment

_APPLICATION = "sgoffice.running.web_worker:application"
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


def preload(application: str) -> None:
    """Load the module of an application for the workers to share; the garbage collector leaves it alone from then on.

    Until then it does not run: all that is made here is kept.
    """
    gc.disable()
    import_module(application.partition(":")[0])
    gc.freeze()
    gc.enable()


def serve(host: str, port: int, *, application: str = _APPLICATION) -> None:
    """Serve until a signal arrives; `application` names a function that returns the application of a worker."""
    environment = read_environment()
    preload(application)
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
    ).serve(target_loader=partial(_load_in_worker, parent=os.getpid()))


def _load_in_worker(target: str, *, parent: int) -> Any:
    """Return the application in a worker, which ends with its parent."""
    # a SIGTERM while loading ends the worker: the server's handler would wait for a loop that has not started
    handler = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent(parent)
    loaded = load_target(target, factory=True)
    signal.signal(signal.SIGTERM, handler)
    return loaded


def _allow_files(wanted: int) -> None:
    """Let this process and its workers open so many files, as far as its user may."""
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if usual < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, most), most))


def _main(parent: int) -> None:
    """Load, and serve at the host and port that `start` writes when all is prepared; end if it gives up."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until granian has its own handlers
    end_with_parent(parent)
    environment = read_environment()
    if environment.sgoffice_metrics:
        with suppress(MetricsRefused):  # `start` says so, and ends
            os.environ[FOLDER] = str(folder_of(environment))
    preload(_APPLICATION)
    host, _, port = sys.stdin.readline().strip().rpartition(" ")
    if port:
        _have_documents_made()
        serve(host, int(port))


def _have_documents_made() -> None:
    """Have a process make the documents of the API for all workers, when nothing else is to be done."""
    from sgoffice.api.schema import handover  # the application is loaded by now, and not before

    if multiprocessing.get_start_method() != "fork":
        return
    handover.open_files()
    process = multiprocessing.Process(target=_make_documents, args=[os.getpid()], daemon=True)
    process.start()
    Thread(target=process.join, daemon=True).start()


def _make_documents(parent: int) -> None:
    from sgoffice.api.schema import handover, served

    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent(parent)
    os.nice(19)
    handover.hand_on(served.make_document)


if __name__ == "__main__":
    _main(int(sys.argv[1]))
