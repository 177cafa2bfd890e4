"""What `work` and `start` do for ever: run the passes of the clock, rest, run them again."""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

from django.db import connections
from django.utils import timezone

from sgoffice.records import clock

_log = logging.getLogger(__name__)


def run_once(now: datetime, is_stopping: Callable[[], bool] = lambda: False) -> list[clock.Run]:
    """Run every pass once; raises nothing: a database that does not answer is logged, and is a run that failed."""
    try:
        return clock.run(now, is_stopping=is_stopping)
    except Exception as error:  # noqa: BLE001 - the worker goes on whatever happens
        _log.exception("the clock could not run")
        return [clock.Run("clock", fault=str(error))]


def work(stop: Event, *, every: float) -> None:
    """Run the passes until told to stop: a record that was begun is finished. No connection is kept while resting."""
    while not stop.is_set():
        run_once(timezone.now(), stop.is_set)
        connections.close_all()
        stop.wait(every)


def in_background(stop: Event, *, every: float) -> Thread:
    """Run the passes in a thread of this process."""
    thread = Thread(target=work, args=[stop], kwargs={"every": every}, name="clock", daemon=True)
    thread.start()
    return thread
