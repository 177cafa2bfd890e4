"""What a refusal undoes: one change, or everything that a service or a doorway does as one."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import IntegrityError, transaction

from sgoffice.records.actors import Actor
from sgoffice.records.constraints import violation_of

_is_in_one: ContextVar[bool] = ContextVar("is_in_one", default=False)


@contextmanager
def undone_if_refused(by: Actor) -> Iterator[None]:
    """Store everything inside or nothing; raises RuleViolation for what a constraint refuses, in words for the actor.

    It is a transaction or a savepoint; inside `undone_as_one` it is neither, since the outer one is undone.
    """
    try:
        with transaction.atomic(savepoint=not _is_in_one.get()):
            yield
    except IntegrityError as error:
        violation = violation_of(error, by=by)
        if violation is None:
            raise
        raise violation from error


@contextmanager
def undone_as_one(by: Actor) -> Iterator[None]:
    """Let any refusal inside undo all of it: each savepoint takes two statements, and a record needs several.

    For callers that let every refusal out. After one that is caught inside, the next query raises
    TransactionManagementError.
    """
    with undone_if_refused(by):
        token = _is_in_one.set(True)
        try:
            yield
        finally:
            _is_in_one.reset(token)
