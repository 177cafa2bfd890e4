"""Which restricted records the current request has read: the trace names them (api/tracing.py).

Whatever loads a row or a stored document notes it here. Outside collected() nothing is kept.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_seen: ContextVar[set[UUID] | None] = ContextVar("sightings", default=None)


@contextmanager
def collected() -> Iterator[set[UUID]]:
    """Collect the ids of restricted records that are read inside the block."""
    found: set[UUID] = set()
    token = _seen.set(found)
    try:
        yield found
    finally:
        _seen.reset(token)


def note(ids: Iterable[UUID]) -> None:
    """Note restricted records that are being read."""
    found = _seen.get()
    if found is not None:
        found.update(ids)
