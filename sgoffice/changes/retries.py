"""The one silent retry: a transaction that failed by chance, not by its content, is run again.

That is: PostgreSQL chose it as the victim of a deadlock, or another one took the same random reference.
"""

from collections.abc import Callable
from typing import TypeVar

from django.db import Error, IntegrityError, connection

from sgoffice.records.constraints import constraint_of

T = TypeVar("T")
_DEADLOCK, _SERIALIZATION = "40P01", "40001"
_REFERENCE = "_reference_key"  # how PostgreSQL names the unique constraint of a column `reference`


def retry_once(work: Callable[[], T]) -> T:
    """Run the whole call of a doorway, and run it again if it failed by chance.

    Inside an open transaction nothing is repeated: only the owner of that transaction can.
    """
    try:
        return work()
    except Error as error:
        if not (is_deadlock(error) or is_reference_taken(error)) or connection.in_atomic_block:
            raise
        return work()


def is_deadlock(error: BaseException) -> bool:
    """Tell whether the database gave up the transaction in favor of another one."""
    return getattr(error.__cause__, "sqlstate", None) in {_DEADLOCK, _SERIALIZATION}


def is_reference_taken(error: BaseException) -> bool:
    """Tell whether another transaction took the random reference that was free a moment ago."""
    return isinstance(error, IntegrityError) and constraint_of(error).endswith(_REFERENCE)
