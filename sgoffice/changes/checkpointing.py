"""The background task that writes checkpoints: each hour, and when the worker stops."""

import logging
from collections.abc import Callable
from threading import Event

from django.db import DatabaseError, connections
from django.utils import timezone

from sgoffice.database.errors import ServerError
from sgoffice.history import checkpoints
from sgoffice.history.signing import UnusableKey

_log = logging.getLogger(__name__)


def work(stop: Event, *, every: float) -> None:
    """Write a checkpoint now, then each time, and a last one when `stop` is set. What fails is logged."""
    while True:
        if fault := _write():
            _log.error("no checkpoint was written: %s", fault)
        connections.close_all()
        if stop.is_set():
            return
        stop.wait(every)


def work_once(report: Callable[[str], object]) -> list[str]:
    """Write a checkpoint; return what failed."""
    fault = _write()
    report(f"checkpoints: {fault or 'written'}")
    return [f"checkpoints: {fault}"] if fault else []


def _write() -> str:
    """Write a checkpoint; return why it could not be written."""
    try:
        checkpoints.write(at=timezone.now())
    except (checkpoints.Unsound, UnusableKey, OSError, DatabaseError, ServerError) as error:
        return str(error) or type(error).__name__
    return ""
