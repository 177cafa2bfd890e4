"""The controls: readers of the same changes by a sequence and by a time, as one would write them, who lose some."""

import time
from threading import Event
from typing import Any

import psycopg

from tests.prove.exchange.serving import ServedRegister

_BY_SEQUENCE = "SELECT id, id FROM history_entry WHERE id > %s ORDER BY id"
_BY_TIME = "SELECT id, at FROM history_entry WHERE at > %s ORDER BY at"


class NaiveReader:
    """Reads what was written since the highest number, or the latest time, that it has seen."""

    def __init__(self, register: ServedRegister, statement: str, begin: Any) -> None:
        self.register, self.statement, self.cursor = register, statement, begin
        self.read: set[int] = set()

    def work(self, stop: Event) -> None:
        """Read until told to stop, whatever is killed meanwhile, and once more."""
        while not stop.wait(0.005):
            self.read_on(stop)

    def read_on(self, stop: Event | None = None) -> None:
        try:
            with self.register.connect() as connection:
                while True:
                    if found := connection.execute(self.statement, [self.cursor]).fetchall():
                        self.read |= {key for key, _ in found}
                        self.cursor = found[-1][1]
                    if stop is None or stop.wait(0.005):
                        return
        except psycopg.OperationalError:
            time.sleep(0.05)  # it is being started again

    def lost(self) -> tuple[int, int]:
        """Return how many entries this reader never saw, and how many there are; the writers have ended."""
        self.read_on()
        with self.register.connect() as connection:
            there = {key for (key,) in connection.execute("SELECT id FROM history_entry")}
        return len(there - self.read), len(there)


def naive_readers(register: ServedRegister) -> dict[str, NaiveReader]:
    return {
        "sequence": NaiveReader(register, _BY_SEQUENCE, 0),
        "time": NaiveReader(register, _BY_TIME, "2000-01-01T00:00:00Z"),
    }
