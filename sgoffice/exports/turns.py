"""How many files are written for one person at once: the longest lists keep a processor busy for a minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction

from sgoffice.records.actors import Actor

MOST: Final = 2
_LOCK: Final = 726190530


class TooManyExports(Exception):
    """Others are being written for the same person."""

    def __init__(self) -> None:
        super().__init__(f"{MOST} files are being written for you already: wait until one of them is there.")


@contextmanager
def turn_of(actor: Actor) -> Iterator[None]:
    """Take one of an actor's turns for the block, over all processes; raises TooManyExports if none is free."""
    with transaction.atomic(), connection.cursor() as cursor:
        for number in range(MOST):
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [_LOCK + number, str(actor)])
            if cursor.fetchone() == (True,):
                break
        else:
            raise TooManyExports
        yield
