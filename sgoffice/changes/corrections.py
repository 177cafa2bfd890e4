"""Mark a record of any kind as entered in error, or restore it. Nobody deletes."""

from typing import TypeVar
from uuid import UUID

from sgoffice.changes.door import Expected, change
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.models import Record

R = TypeVar("R", bound=Record)


def enter_in_error(model: type[R], record_id: UUID, *, by: Actor, expected: Expected, reason: str) -> R:
    """Mark a record as entered in error: not listed or counted, but its page, links and history stay.

    Raises InvalidEntry without a reason, RuleViolation when it is marked already.
    """
    by.require(model.write_permission)
    if not reason.strip():
        raise InvalidEntry([("/reason", "Say why: the next reader will ask.")])
    with change(model, record_id, verb="enter_in_error", by=by, expected=expected, reason=reason) as record:
        if record.is_in_error:
            detail = "The record is already marked as entered in error."
            raise RuleViolation(detail, rule="in-error", pointer="/is_in_error")
        record.is_in_error = True
    return record


def restore(model: type[R], record_id: UUID, *, by: Actor, expected: Expected, reason: str) -> R:
    """Restore a record that was marked as entered in error; every rule must hold for it again.

    Raises InvalidEntry without a reason, RuleViolation when it is not marked or would break a rule now.
    """
    by.require(model.write_permission)
    if not reason.strip():
        raise InvalidEntry([("/reason", "Say why: the next reader will ask.")])
    with change(model, record_id, verb="restore", by=by, expected=expected, reason=reason) as record:
        if not record.is_in_error:
            detail = "The record is not marked as entered in error."
            raise RuleViolation(detail, rule="in-error", pointer="/is_in_error")
        record.is_in_error = False
    return record
