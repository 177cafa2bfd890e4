"""`work`: the worker. Runs the clock and sends pings to partners, for ever or once. `start` has one of its own."""

import signal
from threading import Event, Thread
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from sgoffice.partners import pings
from sgoffice.running import background
from sgoffice.settings.environment import read_environment


class Command(BaseCommand):
    """Notes what time alone changes, and tells partners what changed. Any number of workers may run at once."""

    help = (
        "Run the passes of the clock and send pings to partners: for ever, or with --once a single time. "
        "Safe beside other workers."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how often."""
        parser.add_argument("--once", action="store_true", help="run everything once; status 1 when something failed")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        """Work until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):  # a shell has a command in the background ignore the latter
            signal.signal(number, _stop)
        try:
            if once:
                self._once()
            else:
                self._for_ever()
        except KeyboardInterrupt:
            if once:
                message = "Stopped before the end; the next run goes on from there."
                raise CommandError(message) from None
            self.stdout.write("Stopped.")

    def _once(self) -> None:
        runs = background.run_once(timezone.now())
        for run in runs:
            self.stdout.write(f"{run.name}: {run.applied} applied")
        failed = [f"{run.name}: {run.failure_report()}" for run in runs if not run.is_clean]
        try:
            self.stdout.write(f"pings: {pings.run_once()} sent")
        except DatabaseError as error:
            failed.append(f"pings: {error}")
        if failed:
            raise CommandError("\n".join(["Something failed; the next run tries it again.", *failed]))

    def _for_ever(self) -> None:
        """Work in threads, so that a signal never comes in the middle of a record."""
        stop = Event()
        threads = background.start_tasks(stop)
        self.stdout.write(
            f"The clock runs every {read_environment().sgoffice_clock_seconds} seconds; SIGTERM or Ctrl-C stops it."
        )
        self.stdout.flush()
        try:
            _join(threads)
        finally:
            stop.set()
            _join(threads)


def _join(threads: list[Thread]) -> None:
    for thread in threads:
        thread.join()


def _stop(number: int, frame: Any) -> None:
    raise KeyboardInterrupt
