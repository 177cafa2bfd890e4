"""`work`: runs the background tasks of all apps, forever or once. `start` runs them too."""

import signal
from datetime import date
from threading import Event, Thread
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sgoffice.changes import today as clock_day
from sgoffice.running.background import background_tasks, start_tasks


class Command(BaseCommand):
    help = (
        "Apply what time alone changes and send pings to partners: until stopped, or once with --once. "
        "Any number of workers may run at the same time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run every task once; exit status 1 if anything failed")
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            help="say that today is this day (2026-11-30), where it lies more than a day after the last run",
        )

    def handle(self, *args: Any, once: bool, today: date | None, **options: Any) -> None:
        if today is not None:
            self._believe(today)
        for number in (signal.SIGTERM, signal.SIGINT):  # a shell makes its background commands ignore SIGINT
            signal.signal(number, _stop)
        try:
            if once:
                self._work_once()
            else:
                self._work_until_stopped()
        except KeyboardInterrupt:
            if once:
                message = "Stopped before the end; the next run goes on from there."
                raise CommandError(message) from None
            self.stdout.write("Stopped.")

    def _believe(self, day: date) -> None:
        try:
            clock_day.believe(day)
        except clock_day.DayNotBelieved as error:
            raise CommandError(str(error)) from None

    def _work_once(self) -> None:
        failed = [fault for task in background_tasks().values() for fault in task.work_once(self.stdout.write)]
        if failed:
            raise CommandError("\n".join(["Something failed; the next run tries it again.", *failed]))

    def _work_until_stopped(self) -> None:
        """Work in threads, so that a signal never interrupts the change of a record."""
        stop = Event()
        threads = start_tasks(stop)
        self.stdout.write(f"Running {', '.join(background_tasks())}; SIGTERM or Ctrl-C stops it.")
        self.stdout.flush()
        try:
            _join(threads)
        finally:
            stop.set()
            _join(threads)


def _join(threads: list[Thread]) -> None:
    for thread in threads:
        thread.join()


def _stop(number: int, frame: object) -> None:
    raise KeyboardInterrupt
