"""Action items of an engagement, a mandate or an agreement: added, assigned, completed, dropped, carried forward."""

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
from engagements.services.links import set_targets
from engagements.services.papers import find_engagement, raise_marking_to, require_same_owner
from engagements.services.references import require_references, require_user
from engagements.vocabulary import ABOUT, UNFINISHED, ActionItemStatus, Relation
from sgoffice.changes.door import Expected, change, create
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import Correction, assign_fields, given_values, set_field
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.models import Entry

#: The columns of an action item that hold its owner.
_OWNER = {item.name: f"owner_{item.name}" for item in fields(OwnerEntry)}


def add_action_item(entry: ActionItemEntry, *, by: Actor) -> ActionItem:
    """Add an action item to an engagement, a mandate or an agreement.

    Raises InvalidEntry unless one of the three is named, for an unknown owner and for several owners; RuleViolation
    for a marking below that of the record that it is about.
    """
    by.require(Permission.WRITE)
    given = {name: value for name in ABOUT if (value := getattr(entry, name)) is not None}
    require_one_about(given)
    [(kind, record_id)] = given.items()
    return create_action_item(_find_about(kind, record_id, by=by), entry, by=by)


def create_action_item(
    about: Engagement | Mandate | Entry, entry: Promise, *, by: Actor, pointer: str = ""
) -> ActionItem:
    if not entry.text.strip():
        raise InvalidEntry([(f"{pointer}/text", "Say what is to be done.")])
    with create(ActionItem, verb="promise", by=by) as item:
        assign_fields(item, entry, skip=(*ABOUT, "owner"))
        item.engagement = about if isinstance(about, Engagement) else None
        item.mandate = about if isinstance(about, Mandate) else None
        item.agreement = about if isinstance(about, Entry) else None
        raise_marking_to(item, about)
        _set_owner(item, entry.owner)
        _set_due(item, entry.due_on)
    return item


def correct_action_item(
    item_id: UUID, correction: Correction[Any], *, by: Actor, expected: Expected, reason: str = ""
) -> ActionItem:
    """Correct an action item; its status changes by its steps, and it stays with the record that it is about."""
    by.require(Permission.WRITE)
    require_same_owner(correction)
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
    """Assign an open action item. Raises RuleViolation when it is finished."""
    with _unfinished(item_id, "assign", by=by, expected=expected, reason=entry.reason) as item:
        _set_owner(item, entry.owner)
    return item


def reschedule_action_item(item_id: UUID, entry: RescheduleEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Change when an open action item is due. Raises RuleViolation when it is finished."""
    with _unfinished(item_id, "reschedule", by=by, expected=expected, reason=entry.reason) as item:
        _set_due(item, entry.due_on)
    return item


def start_action_item(item_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Record that work on an action item began. Raises RuleViolation when it cannot be started."""
    status = ActionItemStatus.IN_PROGRESS
    with _moved(item_id, status, "start", by=by, expected=expected, reason=entry.reason) as item:
        item.completed_on = None
    return item


def complete_action_item(item_id: UUID, entry: CompletionEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Record that an action item was done, when, and the evidence.

    Raises InvalidEntry without evidence, RuleViolation when it cannot be completed.
    """
    status = ActionItemStatus.DONE
    with _moved(
        item_id, status, "complete", by=by, expected=expected, reason=entry.reason, evidence=entry.evidence
    ) as item:
        item.completed_on = entry.completed_on
        set_field(item, "evidence", [text for text in entry.evidence if text.strip()])
    return item


def drop_action_item(item_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Record that an action item will not be done, and why.

    Raises InvalidEntry without a reason, RuleViolation when it cannot be dropped.
    """
    with _moved(item_id, ActionItemStatus.DROPPED, "drop", by=by, expected=expected, reason=entry.reason) as item:
        pass
    return item


def reopen_action_item(item_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Reopen an action item that was done, dropped or started; its evidence stays in the history.

    Raises InvalidEntry without a reason when it was done or dropped, RuleViolation when it cannot be reopened.
    """
    with _moved(item_id, ActionItemStatus.OPEN, "reopen", by=by, expected=expected, reason=entry.reason) as item:
        item.completed_on = None
        item.evidence = []
    return item


def carry_action_item(item_id: UUID, entry: CarryEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Carry an action item forward to another engagement: the old one is closed, a copy goes on there.

    An item about a mandate or an agreement continues as one about the engagement. Returns the new item, linked to the
    old one. Raises RuleViolation when it cannot be carried, or is carried to its own engagement.
    """
    by.require(Permission.WRITE)
    with transaction.atomic():
        engagement = find_engagement(entry.engagement, by=by)
        status = ActionItemStatus.CARRIED_FORWARD
        with _moved(item_id, status, "carry_forward", by=by, expected=expected, reason=entry.reason) as old:
            if old.engagement_id == engagement.pk:
                detail = "It belongs to this engagement already: carry it to another one."
                raise RuleViolation(detail, rule="carried-onward", pointer="/engagement")
        with create(ActionItem, verb="carry_forward", by=by, reason=entry.reason) as item:
            _copy(old, item)
            item.marking = old.marking
            item.engagement = engagement
            raise_marking_to(item, engagement)
            _set_due(item, entry.due_on or old.due_on)
            set_targets(item.pk, Relation.CARRIES, (old.pk,), pointer="")
    return item


def _copy(old: ActionItem, item: ActionItem) -> None:
    for name in ("text", "owed_by", "readers", "sources", "caveats", "conflicts", "notes"):
        setattr(item, name, getattr(old, name))
    for name in _OWNER.values():
        attribute = name if name == "owner_unit" else f"{name}_id"
        setattr(item, attribute, getattr(old, attribute))


def _find_about(kind: str, record_id: UUID, *, by: Actor) -> Engagement | Mandate | Entry:
    """Return the record that an action item is to be about; raises InvalidEntry for one that the actor cannot see."""
    if kind == "engagement":
        return find_engagement(record_id, by=by)
    rows: Any = Mandate.objects if kind == "mandate" else Entry.objects.filter(kind=kind)
    found = rows.visible_to(by).filter(pk=record_id, is_in_error=False, merged_into=None).first()
    if found is None:
        raise InvalidEntry([(f"/{kind}", f"There is no {kind} {record_id}.")])
    return found


@contextmanager
def _unfinished(item_id: UUID, verb: str, *, by: Actor, expected: Expected, reason: str) -> Iterator[ActionItem]:
    by.require(Permission.WRITE)
    with change(ActionItem, item_id, verb=verb, by=by, expected=expected, reason=reason) as item:
        if item.status not in UNFINISHED:
            detail = f"It is {item.status.replace('_', ' ')} and no longer open."
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
        raise InvalidEntry([("/owner", "Name one owner: a member of staff, a unit, a person or an organization.")])
    require_user(owner.user)
    require_references({"owner_person": owner.person, "owner_organization": owner.organization})
    for name, column in _OWNER.items():
        set_field(item, column, getattr(owner, name))


def _set_due(item: ActionItem, due_on: date | None) -> None:
    item.due_on = due_on
    item.sort_due = due_on or date.max
