"""`work`: the worker. Runs the passes of the clock for ever, or once. `start` has one of its own."""

import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sgoffice.facts import working
from sgoffice.settings.environment import read


class Command(BaseCommand):
    """Notes what time alone changes. Any number of workers may run at once."""

    help = "Run the passes of the clock: for ever, or with --once a single time. Safe beside other workers."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how often."""
        parser.add_argument("--once", action="store_true", help="run every pass once; status 1 when something failed")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        """Work until SIGTERM or SIGINT."""
        signal.signal(signal.SIGTERM, _stop)
        try:
            if once:
                self._once()
            else:
                self._for_ever(read().sgoffice_clock_seconds)
        except KeyboardInterrupt:
            if once:
                message = "Stopped before the end; the next run goes on from there."
                raise CommandError(message) from None
            self.stdout.write("Stopped.")

    def _once(self) -> None:
        runs = working.run_once(timezone.now())
        for run in runs:
            self.stdout.write(f"{run.name}: {run.noted} noted")
        if failed := [f"{run.name}: {run.told()}" for run in runs if not run.is_good]:
            raise CommandError("\n".join(["Something failed; the next run tries it again.", *failed]))

    def _for_ever(self, every: int) -> None:
        """Work in a thread, so that a signal never comes in the middle of a record."""
        stop = Event()
        thread = working.in_background(stop, every=every)
        self.stdout.write(f"The clock runs every {every} seconds; SIGTERM or Ctrl-C stops it.")
        self.stdout.flush()
        try:
            thread.join()
        finally:
            stop.set()
            thread.join()


def _stop(number: int, frame: Any) -> None:
    raise KeyboardInterrupt
