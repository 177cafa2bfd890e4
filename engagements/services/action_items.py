"""Action items of an engagement, a mandate or an agreement. Their steps are in `action_item_steps`."""

from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from appointments.models import Mandate
from engagements.models import ActionItem, Engagement
from engagements.rules import require_not_below, require_one_about
from engagements.services.entries import (
    ActionItemEntry,
    OwnerEntry,
    Promise,
)
from engagements.services.owners import find_about, raise_marking_to, require_same_owner
from engagements.services.references import require_references, require_user
from engagements.vocabulary import ABOUT
from sgoffice.changes.door import Expected, change, create
from sgoffice.changes.references import takes_names
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import Correction, assign_fields, given_values, set_field
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Entry

#: The columns of an action item that hold its owner.
OWNER_COLUMNS = {item.name: f"owner_{item.name}" for item in fields(OwnerEntry)}


@takes_names
def add_action_item(entry: ActionItemEntry, *, by: Actor) -> ActionItem:
    """Add an action item to an engagement, a mandate or an agreement.

    Raises InvalidEntry unless one of the three is named, for an unknown owner and for several owners; RuleViolation
    for a marking below that of the record that it is about.
    """
    by.require(Permission.WRITE)
    given = {name: value for name in ABOUT if (value := getattr(entry, name)) is not None}
    require_one_about(given)
    [(kind, record_id)] = given.items()
    return create_action_item(find_about(kind, record_id, by=by), entry, by=by)


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
        set_owner(item, entry.owner)
        set_due(item, entry.due_on)
    return item


@takes_names
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
            set_owner(item, given["owner"] or OwnerEntry())
        set_due(item, item.due_on)
        require_not_below(item.about.marking, item.marking)
    return item


def set_owner(item: ActionItem, owner: OwnerEntry) -> None:
    if sum(bool(getattr(owner, name)) for name in OWNER_COLUMNS) > 1:
        raise InvalidEntry([("/owner", "Name one owner: a member of staff, a unit, a person or an organization.")])
    require_user(owner.user)
    require_references({"owner_person": owner.person, "owner_organization": owner.organization})
    for name, column in OWNER_COLUMNS.items():
        set_field(item, column, getattr(owner, name))


def set_due(item: ActionItem, due_on: date | None) -> None:
    item.due_on = due_on
    item.sort_due = due_on or date.max
