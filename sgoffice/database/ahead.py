"""Read ahead: what a request is about to ask is asked together with its sign-in, in one round trip.

A doorway says what it will read before anybody is signed in; the sign-in, the first statement of a request, takes it
along. Whoever then asks the very same question gets the answer that was read, once. Nothing is shown by it: rights are
applied to what was read as they are to any answer, and both come from one snapshot.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass
class _Reading:
    statement: str = ""
    parameters: Sequence[Any] = ()
    rows: list[Any] | None = None


_reading: ContextVar[_Reading | None] = ContextVar("reading", default=None)


@contextmanager
def of_one_request() -> Iterator[None]:
    """Keep what is read ahead inside the block, and forget it at its end."""
    token = _reading.set(_Reading())
    try:
        yield
    finally:
        _reading.reset(token)


def want(statement: str, parameters: Sequence[Any]) -> None:
    """Say what will be asked: a statement that returns one row or none."""
    reading = _reading.get()
    if reading is not None:
        reading.statement, reading.parameters, reading.rows = statement, parameters, None


def with_wanted(statement: str, parameters: Sequence[Any]) -> tuple[str, list[Any]]:
    """Return a statement of one row with what is wanted beside it, and first of that whether it has a row."""
    reading = _reading.get()
    if reading is None or not reading.statement:
        return statement, list(parameters)
    joined = f"""
        SELECT first.*, ahead.* FROM ({statement}) AS first
        LEFT JOIN LATERAL (SELECT true AS is_there, wanted.* FROM ({reading.statement}) AS wanted) AS ahead ON true
    """
    return joined, [*parameters, *reading.parameters]


def note(columns: Sequence[Any]) -> None:
    """Note the columns that came beside the first statement, if any did."""
    reading = _reading.get()
    if reading is not None and reading.statement and columns:
        is_there, *row = columns
        reading.rows = [tuple(row)] if is_there else []


def take(statement: str, parameters: Sequence[Any]) -> list[Any] | None:
    """Return the rows of this very question if they were read ahead, once; otherwise None."""
    reading = _reading.get()
    if reading is None or reading.rows is None:
        return None
    rows, reading.rows = reading.rows, None
    is_the_same = reading.statement == statement and list(reading.parameters) == list(parameters)
    return rows if is_the_same else None
