"""The one silent retry: a whole transaction is run again when PostgreSQL chose it as a deadlock's victim."""

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection

T = TypeVar("T")
_DEADLOCK, _SERIALIZATION = "40P01", "40001"


def once_more(work: Callable[[], T]) -> T:
    """Run a doorway's whole call, and run it a second time if a deadlock undid the first.

    Inside an open transaction nothing is repeated: only its owner can.
    """
    try:
        return work()
    except OperationalError as error:
        if not is_deadlock(error) or connection.in_atomic_block:
            raise
        return work()


def is_deadlock(error: BaseException) -> bool:
    """Tell whether the transaction was undone through no fault of its own."""
    return getattr(error.__cause__, "sqlstate", None) in {_DEADLOCK, _SERIALIZATION}
