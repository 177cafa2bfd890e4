"""Mark a record of any kind as entered in error, or restore it. Nobody deletes."""

from typing import TypeVar
from uuid import UUID

from django.db import transaction

from sgoffice.changes import second_person
from sgoffice.changes.door import Expected, change
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.models import Record

R = TypeVar("R", bound=Record)
#: The verbs in history, and the actions that a second person approves.
IN_ERROR, RESTORE = "enter_in_error", "restore"


def enter_in_error(model: type[R], record_id: UUID, *, by: Actor, expected: Expected, reason: str) -> R:
    """Mark a record as entered in error: not listed or counted, but its page, links and history stay.

    Of a person, an organization or an appointment one person alone only proposes it. Raises InvalidEntry without a
    reason, RuleViolation when it is marked already.
    """
    by.require(model.write_permission)
    if not reason.strip():
        raise InvalidEntry([("/reason", "Say why: the next reader will ask.")])
    with transaction.atomic():
        with change(model, record_id, verb=IN_ERROR, by=by, expected=expected, reason=reason) as record:
            if record.is_in_error:
                detail = "The record is already marked as entered in error."
                raise RuleViolation(detail, rule="in-error", pointer="/is_in_error")
            waits = second_person.is_act_of_two(record, by)
            record.is_in_error = not waits
        if waits:
            second_person.propose_act(IN_ERROR, record, by=by, reason=reason)
    return record


def take_back(model: type[R], record_id: UUID, *, by: Actor, expected: Expected, reason: str) -> R:
    """Mark as entered in error what was entered by mistake and nobody changed or named since.

    No second person is asked: for a caller that has made sure of that.
    """
    by.require(model.write_permission)
    with change(model, record_id, verb=IN_ERROR, by=by, expected=expected, reason=reason) as record:
        record.is_in_error = True
    return record


def restore(model: type[R], record_id: UUID, *, by: Actor, expected: Expected, reason: str) -> R:
    """Restore a record that was marked as entered in error; every rule must hold for it again.

    A term of office is given back by two, as it was given; of other records one person undoes what was done in error.
    Raises InvalidEntry without a reason, RuleViolation when it is not marked or would break a rule now.
    """
    by.require(model.write_permission)
    if not reason.strip():
        raise InvalidEntry([("/reason", "Say why: the next reader will ask.")])
    with transaction.atomic():
        with change(model, record_id, verb=RESTORE, by=by, expected=expected, reason=reason) as record:
            if not record.is_in_error:
                detail = "The record is not marked as entered in error."
                raise RuleViolation(detail, rule="in-error", pointer="/is_in_error")
            waits = record.returns_by_two and second_person.is_one_person(by)
            record.is_in_error = waits
        if waits:
            second_person.propose_act(RESTORE, record, by=by, reason=reason)
    return record
