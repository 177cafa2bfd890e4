"""The steps of an action item: each declared once, with the service that takes it.

Each raises RuleViolation when the item cannot take it from its status.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from engagements.models import ActionItem
from engagements.rules import ITEM_MOVES, require_item_move
from engagements.services.action_items import OWNER_COLUMNS, set_due, set_owner
from engagements.services.entries import (
    AssignmentEntry,
    CarryEntry,
    CompletionEntry,
    RescheduleEntry,
    StepEntry,
)
from engagements.services.links import set_targets
from engagements.services.owners import find_engagement, raise_marking_to
from engagements.vocabulary import UNFINISHED, Relation
from engagements.vocabulary import ActionItemStatus as Status
from sgoffice.changes.door import Expected, change, create
from sgoffice.changes.refusals import undone_as_one
from sgoffice.changes.steps import Steps
from sgoffice.records.actors import Actor
from sgoffice.records.entries import set_field
from sgoffice.records.errors import RuleViolation
from sgoffice.records.example_ids import A_LATER_ENGAGEMENT

STEPS = Steps(columns=ActionItem)


def _can_become(status: Status) -> Callable[[ActionItem], bool]:
    return lambda item: status in ITEM_MOVES[item.status]


def _is_unfinished(item: ActionItem) -> bool:
    return item.status in UNFINISHED


@STEPS.declare(
    "complete",
    "Done",
    summary="Complete an action item",
    description="When it was done, and the evidence.",
    example={"completed_on": "2025-10-01", "evidence": ["Letter of 1 October 2025"]},
    is_open=_can_become(Status.DONE),
    tone="primary",
)
def complete_action_item(item_id: UUID, entry: CompletionEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Raise InvalidEntry without evidence."""
    status = Status.DONE
    with _moved(
        item_id, status, "complete", by=by, expected=expected, reason=entry.reason, evidence=entry.evidence
    ) as item:
        item.completed_on = entry.completed_on
        set_field(item, "evidence", [text for text in entry.evidence if text.strip()])
    return item


@STEPS.declare(
    "reschedule",
    "Reschedule",
    summary="Reschedule an action item",
    example={"due_on": "2026-06-30", "reason": "Their answer is late."},
    is_open=_is_unfinished,
)
def reschedule_action_item(item_id: UUID, entry: RescheduleEntry, *, by: Actor, expected: Expected) -> ActionItem:
    with _unfinished(item_id, "reschedule", by=by, expected=expected, reason=entry.reason) as item:
        set_due(item, entry.due_on)
    return item


@STEPS.declare(
    "start",
    "Start",
    summary="Start work on an action item",
    example={"reason": "The draft is being written."},
    is_open=_can_become(Status.IN_PROGRESS),
)
def start_action_item(item_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected) -> ActionItem:
    status = Status.IN_PROGRESS
    with _moved(item_id, status, "start", by=by, expected=expected, reason=entry.reason) as item:
        item.completed_on = None
    return item


@STEPS.declare(
    "drop",
    "Drop",
    summary="Drop an action item",
    description="It will not be done; the reason says why.",
    example={"reason": "They withdrew the request."},
    is_open=_can_become(Status.DROPPED),
    tone="danger",
)
def drop_action_item(item_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Raise InvalidEntry without a reason."""
    with _moved(item_id, Status.DROPPED, "drop", by=by, expected=expected, reason=entry.reason) as item:
        pass
    return item


@STEPS.declare(
    "carry-forward",
    "Carry forward",
    summary="Carry an action item forward",
    description="To a later engagement; the answer is the new item, linked to this one.",
    example={"engagement": A_LATER_ENGAGEMENT, "due_on": "2026-09-30", "reason": "It was not raised."},
    is_open=_can_become(Status.CARRIED_FORWARD),
)
def carry_action_item(item_id: UUID, entry: CarryEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Close the item as carried forward and return the new one, linked to it, at the later engagement.

    What was owed under a mandate or an agreement is owed from that engagement from then on. Raises RuleViolation for
    the engagement that the item already belongs to.
    """
    with undone_as_one(by):
        engagement = find_engagement(entry.engagement, by=by)
        status = Status.CARRIED_FORWARD
        with _moved(item_id, status, "carry_forward", by=by, expected=expected, reason=entry.reason) as old:
            if old.engagement_id == engagement.pk:
                detail = "It belongs to this engagement already: carry it to another one."
                raise RuleViolation(detail, rule="carried-onward", pointer="/engagement")
        with create(ActionItem, verb="carry_forward", by=by, reason=entry.reason) as item:
            _copy(old, item)
            item.marking = old.marking
            item.engagement = engagement
            raise_marking_to(item, engagement)
            set_due(item, entry.due_on or old.due_on)
            set_targets(item.pk, Relation.CARRIES, (old.pk,), pointer="")
    return item


@STEPS.declare(
    "reopen",
    "Reopen",
    summary="Reopen an action item",
    description="Its evidence stays in the history.",
    example={"reason": "The letter was returned."},
    is_open=_can_become(Status.OPEN),
)
def reopen_action_item(item_id: UUID, entry: StepEntry, *, by: Actor, expected: Expected) -> ActionItem:
    """Raise InvalidEntry without a reason where it was done or dropped."""
    with _moved(item_id, Status.OPEN, "reopen", by=by, expected=expected, reason=entry.reason) as item:
        item.completed_on = None
        item.evidence = []
    return item


@STEPS.declare(
    "assign",
    "Assign",
    summary="Assign an action item",
    example={"owner": {"unit": "External Relations"}, "reason": "They lead the talks."},
    is_open=_is_unfinished,
    has_button=False,
)
def assign_action_item(item_id: UUID, entry: AssignmentEntry, *, by: Actor, expected: Expected) -> ActionItem:
    with _unfinished(item_id, "assign", by=by, expected=expected, reason=entry.reason) as item:
        set_owner(item, entry.owner)
    return item


def _copy(old: ActionItem, item: ActionItem) -> None:
    for name in ("text", "owed_by", "readers", "sources", "caveats", "conflicts", "notes"):
        setattr(item, name, getattr(old, name))
    for name in OWNER_COLUMNS.values():
        attribute = name if name == "owner_unit" else f"{name}_id"
        setattr(item, attribute, getattr(old, attribute))


@contextmanager
def _unfinished(item_id: UUID, verb: str, *, by: Actor, expected: Expected, reason: str) -> Iterator[ActionItem]:
    with change(ActionItem, item_id, verb=verb, by=by, expected=expected, reason=reason) as item:
        if item.status not in UNFINISHED:
            detail = f"It is {item.status.replace('_', ' ')} and no longer open."
            raise RuleViolation(detail, rule="unfinished-only", pointer="/status")
        yield item


@contextmanager
def _moved(
    item_id: UUID,
    status: Status,
    verb: str,
    *,
    by: Actor,
    expected: Expected,
    reason: str,
    evidence: tuple[str, ...] = (),
) -> Iterator[ActionItem]:
    with change(ActionItem, item_id, verb=verb, by=by, expected=expected, reason=reason) as item:
        require_item_move(item.status, status, reason=reason, evidence=evidence)
        item.status = status
        set_field(item, "status_reason", reason)
        yield item
