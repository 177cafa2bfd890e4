"""The one silent retry: a transaction that failed by chance, not by its content, is run again.

That is: PostgreSQL chose it as the victim of a deadlock, another one took the same random reference, or the connection
ended before PostgreSQL was told to commit. What may have been committed is never run again.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import Error, IntegrityError, connection

from sgoffice.database.errors import is_outcome_unknown
from sgoffice.database.watched import DatabaseSilent, RequestExpired
from sgoffice.records.constraints import constraint_of

T = TypeVar("T")
_DEADLOCK, _SERIALIZATION = "40P01", "40001"
_REFERENCE = "_reference_key"  # how PostgreSQL names the unique constraint of a column `reference`


def retry_once(work: Callable[[], T]) -> T:
    """Run the whole call of a doorway, and run it again if it failed by chance.

    Inside an open transaction nothing is repeated: only the owner of that transaction can.
    """
    before = connection.connection
    try:
        return work()
    except Error as error:
        is_by_chance = is_deadlock(error) or is_reference_taken(error) or _is_cut_off(error, before)
        if not is_by_chance or connection.in_atomic_block:
            raise
        return work()


def _is_cut_off(error: BaseException, before: Any) -> bool:
    """Tell whether the connection of before ended while nothing had been told to commit."""
    is_ended = before is not None and (connection.connection is not before or before.closed)
    return (
        is_ended and not is_outcome_unknown(error) and not isinstance(error.__cause__, DatabaseSilent | RequestExpired)
    )


def is_deadlock(error: BaseException) -> bool:
    """Tell whether the database gave up the transaction in favor of another one."""
    return getattr(error.__cause__, "sqlstate", None) in {_DEADLOCK, _SERIALIZATION}


def is_reference_taken(error: BaseException) -> bool:
    """Tell whether another transaction took the random reference that was free a moment ago."""
    return isinstance(error, IntegrityError) and constraint_of(error).endswith(_REFERENCE)
