"""Propose to erase something of a record for good; it is carried out once a second person approved it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar
from uuid import UUID

from django.db import transaction

from sgoffice.changes import second_person
from sgoffice.changes.door import Expected, change
from sgoffice.changes.erasable import erased_by, settled
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Record

R = TypeVar("R", bound=Record)
#: The verb in history, and the action that a second person approves.
REDACT: Final = "redact"


@dataclass(frozen=True, kw_only=True)
class RedactionEntry:
    """What to erase of a record, by JSON pointers; “/” is all of its texts."""

    pointers: tuple[str, ...]
    reason: str


def propose_redaction(
    model: type[R], record_id: UUID, *, pointers: Sequence[str], by: Actor, expected: Expected, reason: str
) -> R:
    """Propose to erase what these pointers name, as it is now and as it ever was.

    Raises InvalidEntry without a reason, or for a pointer that names no text of the record.
    """
    by.require(model.write_permission)
    if not reason.strip():
        raise InvalidEntry([("/reason", "Say why, without repeating what is to be erased: the reason stays.")])
    if not pointers:
        raise InvalidEntry([("/pointers", "Name what to erase, such as /title, or “/” for all texts.")])
    with transaction.atomic():
        with change(model, record_id, verb=REDACT, by=by, expected=expected, reason=reason) as record:
            erased_by(record, pointers)
        content = {"pointers": settled(record, pointers)}
        second_person.propose_act(REDACT, record, by=by, reason=reason, **content)
    return record
