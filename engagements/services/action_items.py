"""Action items: promised at an engagement, owed of a mandate or an agreement; assigned, done, dropped, carried on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from appointments.models import Mandate
from engagements.models import ActionItem, Engagement
from engagements.rules import require_item_move, require_not_below, require_one_about
from engagements.services.entries import (
    ActionItemEntry,
    AssignmentEntry,
    CarryEntry,
    CompletionEntry,
    OwnerEntry,
    Promise,
    RescheduleEntry,
    StepEntry,
)
from engagements.services.links import tie
from engagements.services.papers import engagement_for, place_beside, require_stays
from engagements.services.references import require_references, require_user
from engagements.vocabulary import ABOUT, UNFINISHED, ActionItemStatus, Relation
from sgoffice.changes.door import Expected, change, create
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import Correction, assign_fields, given_values, set_field
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.models import Entry

#: How an owner's fields are called on an action item.
_OWNER = {item.name: f"owner_{item.name}" for item in fields(OwnerEntry)}


def add_action_item(entry: ActionItemEntry, *, by: Actor) -> ActionItem:
    """Write down what was promised at an engagement, or is owed of a mandate or an agreement.

    Raises InvalidEntry unless one of the three is named, and for an owner that is not there, or several of them;
    RuleViolation when more people could read it than what it is about.
    """
    by.require(Permission.WRITE)
    given = [name for name in ABOUT if getattr(entry, name) is not None]
    require_one_about(given)
    (key,) = given
    return promise(_found(key, getattr(entry, key), by=by), entry, by=by, key=key)


def promise(
    about: Engagement | Mandate | Entry, entry: Promise, *, by: Actor, key: str = "engagement", pointer: str = ""
) -> ActionItem:
    """Write down what is owed of a record that was found: an engagement, or what the item's other keys name."""
    if not entry.text.strip():
        raise InvalidEntry([(f"{pointer}/text", "Say what is to be done.")])
    with create(ActionItem, verb="promise", by=by) as item:
        place_beside(item, about, entry, key=key, skip=("owner",))
        _set_owner(item, entry.owner)
        _set_due(item, entry.due_on)
    return item


def correct_action_item(
    item_id: UUID, correction: Correction[Any], *, by: Actor, expected: Expected, reason: str = ""
) -> ActionItem:
    """Correct what an action item says; its status changes by its steps, and it stays with what it is about."""
    by.require(Permission.WRITE)
    require_stays(correction)
    given = given_values(correction)
    with change(ActionItem, item_id, verb="correct", by=by, expected=expected, reason=reason) as item:
        assign_fields(item, correction, skip=("owner",))
        if not item.text.strip():
            raise InvalidEntry([("/text", "Say what is to be done.")])
        if "owner" in given:
            _set_owner(item, given["owner"] or OwnerEntry())
        _set_due(item, item.due_on)
        require_not_below(item.about.marking, item.marking)
    return item


def assign_action_item(item_id: UUID, entry: AssignmentEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Say who sees to an action item from now on. Raises RuleViolation when nobody owes it any more."""
    with _unfinished(item_id, "assign", by=by, expected=expected, reason=entry.reason) as item:
        _set_owner(item, entry.owner)
    return item


def reschedule_action_item(item_id: UUID, entry: RescheduleEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Say until when an action item is due from now on. Raises RuleViolation when nobody owes it any more."""
    with _unfinished(item_id, "reschedule", by=by, expected=expected, reason=entry.reason) as item:
        _set_due(item, entry.due_on)
    return item


def start_action_item(item_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Say that somebody is at work on it. Raises RuleViolation when that step is not open."""
    status = ActionItemStatus.IN_PROGRESS
    with _moved(item_id, status, "start", by=by, expected=expected, reason=entry.reason) as item:
        item.completed_on = None
    return item


def complete_action_item(item_id: UUID, entry: CompletionEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Say that an action item was done, when, and what shows it.

    Raises InvalidEntry without evidence, RuleViolation when that step is not open.
    """
    status = ActionItemStatus.DONE
    with _moved(
        item_id, status, "complete", by=by, expected=expected, reason=entry.reason, evidence=entry.evidence
    ) as item:
        item.completed_on = entry.completed_on
        set_field(item, "evidence", [text for text in entry.evidence if text.strip()])
    return item


def drop_action_item(item_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Say that it will not be done, and why.

    Raises InvalidEntry without a reason, RuleViolation when that step is not open.
    """
    with _moved(item_id, ActionItemStatus.DROPPED, "drop", by=by, expected=expected, reason=entry.reason) as item:
        pass
    return item


def reopen_action_item(item_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Take back that it was done or dropped, or that somebody is at work on it; the evidence stays in the history.

    Raises InvalidEntry without a reason where it was done or dropped, RuleViolation when that step is not open.
    """
    with _moved(item_id, ActionItemStatus.OPEN, "reopen", by=by, expected=expected, reason=entry.reason) as item:
        item.completed_on = None
        item.evidence = []
    return item


def carry_action_item(item_id: UUID, entry: CarryEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Take an action item up again at a later engagement: the old one is carried forward, a new one goes on.

    What was owed of a mandate or an agreement is owed from that engagement then. Returns the new one, tied to the old
    one. Raises RuleViolation when that step is not open or when it would be carried to where it is.
    """
    by.require(Permission.WRITE)
    with transaction.atomic():
        engagement = engagement_for(entry.engagement, by=by)
        status = ActionItemStatus.CARRIED_FORWARD
        with _moved(item_id, status, "carry_forward", by=by, expected=expected, reason=entry.reason) as old:
            if old.engagement_id == engagement.pk:
                detail = "It is carried to another engagement than its own."
                raise RuleViolation(detail, rule="carried-onward", pointer="/engagement")
        with create(ActionItem, verb="carry_forward", by=by, reason=entry.reason) as item:
            _copy(old, item)
            place_beside(item, engagement, Promise(text=old.text, marking=old.marking), skip=tuple(_COPIED))
            _set_due(item, entry.due_on or old.due_on)
            tie(item.pk, Relation.CARRIES, (old.pk,), pointer="")
    return item


_COPIED = ("text", "owed_by", "owner", "due_on", "readers", "sources", "caveats", "conflicts", "notes", "origin")


def _copy(old: ActionItem, item: ActionItem) -> None:
    for name in ("text", "owed_by", "readers", "sources", "caveats", "conflicts", "notes"):
        setattr(item, name, getattr(old, name))
    for name in _OWNER.values():
        attribute = name if name == "owner_unit" else f"{name}_id"
        setattr(item, attribute, getattr(old, attribute))


def _found(key: str, record_id: UUID, *, by: Actor) -> Engagement | Mandate | Entry:
    """Return what an action item shall be about; raises InvalidEntry for a record that the actor does not see."""
    if key == "engagement":
        return engagement_for(record_id, by=by)
    rows: Any = Mandate.objects if key == "mandate" else Entry.objects.filter(kind=key)
    found = rows.visible_to(by).filter(pk=record_id, is_in_error=False, merged_into=None).first()
    if found is None:
        raise InvalidEntry([(f"/{key}", f"There is no {key} {record_id}.")])
    return found


@contextmanager
def _unfinished(item_id: UUID, verb: str, *, by: Actor, expected: Expected, reason: str) -> Iterator[ActionItem]:
    by.require(Permission.WRITE)
    with change(ActionItem, item_id, verb=verb, by=by, expected=expected, reason=reason) as item:
        if item.status not in UNFINISHED:
            detail = f"It is {item.status.replace('_', ' ')}: nobody owes it any more."
            raise RuleViolation(detail, rule="unfinished-only", pointer="/status")
        yield item


@contextmanager
def _moved(
    item_id: UUID,
    status: ActionItemStatus,
    verb: str,
    *,
    by: Actor,
    expected: Expected,
    reason: str,
    evidence: tuple[str, ...] = (),
) -> Iterator[ActionItem]:
    by.require(Permission.WRITE)
    with change(ActionItem, item_id, verb=verb, by=by, expected=expected, reason=reason) as item:
        require_item_move(item.status, status, reason=reason, evidence=evidence)
        item.status = status
        set_field(item, "status_reason", reason)
        yield item


def _set_owner(item: ActionItem, owner: OwnerEntry) -> None:
    if sum(bool(getattr(owner, name)) for name in _OWNER) > 1:
        raise InvalidEntry([("/owner", "One owner: a member of staff, a unit, a person or an organization.")])
    require_user(owner.user)
    require_references({"owner_person": owner.person, "owner_organization": owner.organization})
    for name, column in _OWNER.items():
        set_field(item, column, getattr(owner, name))


def _set_due(item: ActionItem, due_on: date | None) -> None:
    item.due_on = due_on
    item.sort_due = due_on or date.max
