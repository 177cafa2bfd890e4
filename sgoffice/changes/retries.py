"""The one silent retry: a whole transaction is run again when chance undid it, and not its content.

That is: PostgreSQL chose it as a deadlock's victim, or another one took the same random reference at the same time.
"""

from collections.abc import Callable
from typing import TypeVar

from django.db import Error, IntegrityError, connection

from sgoffice.records.constraints import constraint_of

T = TypeVar("T")
_DEADLOCK, _SERIALIZATION = "40P01", "40001"
_REFERENCE = "_reference_key"  # how PostgreSQL names the unique constraint of a column `reference`


def retry_once(work: Callable[[], T]) -> T:
    """Run a doorway's whole call, and run it a second time if chance undid the first.

    Inside an open transaction nothing is repeated: only its owner can.
    """
    try:
        return work()
    except Error as error:
        if not (is_deadlock(error) or is_reference_taken(error)) or connection.in_atomic_block:
            raise
        return work()


def is_deadlock(error: BaseException) -> bool:
    """Tell whether the transaction was undone through no fault of its own."""
    return getattr(error.__cause__, "sqlstate", None) in {_DEADLOCK, _SERIALIZATION}


def is_reference_taken(error: BaseException) -> bool:
    """Tell whether another transaction took the random reference that this one had found free."""
    return isinstance(error, IntegrityError) and constraint_of(error).endswith(_REFERENCE)
