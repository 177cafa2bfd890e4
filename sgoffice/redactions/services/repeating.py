"""Carry out again what a restored backup has not erased yet, by the two people who agreed on it then."""

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction

from sgoffice import documents
from sgoffice.approvals import services as approvals
from sgoffice.changes.door import ANY_VERSION, lock_names_exclusively
from sgoffice.changes.erasable import erased_by
from sgoffice.changes.redactions import REDACT
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry, RegisterError
from sgoffice.records.models import Entry, Record
from sgoffice.redactions.services.kept_list import AGAIN, Listed, missing


def repeat_all() -> tuple[list[Listed], list[str]]:
    """Carry out again whatever is missing; return what was, and in words what could not be. Raises Unreadable."""
    done, failed = [], []
    for one in missing():
        try:
            _repeat(one)
        except RegisterError as error:
            failed.append(f"{one.reference}: {error}")
        else:
            done.append(one)
    return done, failed


def _repeat(one: Listed) -> None:
    """Propose and approve it as those two: they agreed on it. Raises RegisterError if they are not here any more."""
    proposer, approver = (_actor(key) for key in (one.proposed_by, one.approved_by))
    purpose = f"{one.reference}, carried out again after a restore"
    record = Entry.objects.get(pk=one.record)
    model = documents.model_of(record.kind)
    content = {"pointers": _pointers(model.rows().get(pk=record.pk), one.pointers), AGAIN: one.approval}
    with transaction.atomic():
        lock_names_exclusively()
        made = approvals.propose_of_record(REDACT, record.pk, by=proposer, purpose=purpose, content=content)
        approvals.approve(made.pk, approvals.ApprovalEntry(), by=approver, expected=ANY_VERSION)


def _pointers(record: Record, pointers: list[str]) -> list[str]:
    """Return pointers that name the same in an older state: of what stands elsewhere in a list, the whole list."""
    found = []
    for pointer in pointers:
        head = "/" + pointer.removeprefix("/").split("/")[0]
        try:
            is_column = any(erased.texts for erased in erased_by(record, [pointer]))
        except InvalidEntry:
            is_column = True
        found.append(head if is_column else pointer)
    return list(dict.fromkeys(found))


def _actor(key: str) -> Actor:
    users: Any = get_user_model()._default_manager
    user = users.filter(pk=UUID(key)).first()
    if user is None:
        raise InvalidEntry([("/approved_by", f"The member of staff {key} is not in this backup: restore a newer one.")])
    actor: Actor = user.as_actor()
    return actor
