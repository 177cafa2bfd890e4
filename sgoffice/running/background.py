"""What `work` and `start` do for ever: run the passes of the clock, rest, run them again; and send pings to partners.

The two have a thread each, so that neither waits for the other.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

from django.db import connections
from django.utils import timezone

from sgoffice.changes import clock
from sgoffice.partners import pings
from sgoffice.settings.environment import read_environment

_log = logging.getLogger(__name__)


def run_once(now: datetime, is_stopping: Callable[[], bool] = lambda: False) -> list[clock.PassRun]:
    """Run every pass once; raises nothing: a database that does not answer is logged, and is a run that failed."""
    try:
        return clock.run_passes(now, is_stopping=is_stopping)
    except Exception as error:  # noqa: BLE001 - the worker goes on whatever happens
        _log.exception("the clock could not run")
        return [clock.PassRun("clock", fault=str(error))]


def work(stop: Event, *, every: float) -> None:
    """Run the passes until told to stop: a record that was begun is finished. No connection is kept while resting."""
    while not stop.is_set():
        run_once(timezone.now(), stop.is_set)
        connections.close_all()
        stop.wait(every)


def start_tasks(stop: Event) -> list[Thread]:
    """Run the passes in a thread of this process, and send pings in another one."""
    environment = read_environment()
    works = (
        ("clock", work, environment.sgoffice_clock_seconds),
        ("pings", pings.work, environment.sgoffice_ping_seconds),
    )
    threads = [
        Thread(target=target, args=[stop], kwargs={"every": every}, name=name, daemon=True)
        for name, target, every in works
    ]
    for thread in threads:
        thread.start()
    return threads
