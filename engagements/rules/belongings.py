"""Markings of what belongs to a record, what action items are about, and their steps."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from engagements.vocabulary import ABOUT, ActionItemStatus, Kept
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.markings import is_narrower

#: The default marking; it follows the owner's upwards.
_DEFAULT = "internal"

ITEM_MOVES: Mapping[str, frozenset[ActionItemStatus]] = {
    ActionItemStatus.OPEN: frozenset(
        {
            ActionItemStatus.IN_PROGRESS,
            ActionItemStatus.DONE,
            ActionItemStatus.DROPPED,
            ActionItemStatus.CARRIED_FORWARD,
        }
    ),
    ActionItemStatus.IN_PROGRESS: frozenset(
        {ActionItemStatus.OPEN, ActionItemStatus.DONE, ActionItemStatus.DROPPED, ActionItemStatus.CARRIED_FORWARD}
    ),
    ActionItemStatus.DONE: frozenset({ActionItemStatus.OPEN}),
    ActionItemStatus.DROPPED: frozenset({ActionItemStatus.OPEN}),
    ActionItemStatus.CARRIED_FORWARD: frozenset(),
}
_FINISHED = frozenset({ActionItemStatus.DONE, ActionItemStatus.DROPPED})


def marking_under(owner: str, wanted: str, *, is_shareable: bool = False) -> str:
    """Return the marking for what belongs to a record: as wanted, or a default raised to the owner's.

    Raises RuleViolation for a marking below the owner's; a shareable paper may be entered as public under an internal
    owner, and waits for a second person.
    """
    if wanted == _DEFAULT and is_narrower(owner, than=wanted):
        return owner
    if not (is_shareable and owner == _DEFAULT):
        require_not_below(owner, wanted)
    return wanted


def require_not_below(owner: str, marking: str) -> None:
    """Refuse a marking below that of the record it belongs to."""
    if is_narrower(owner, than=marking):
        raise RuleViolation(
            f"It belongs to a record that is {owner}, so it cannot be {marking}.",
            rule="marking-below-owner",
            pointer="/marking",
        )


def require_one_about(given: Collection[str], among: Sequence[str] = ABOUT) -> None:
    """Raise InvalidEntry unless exactly one of these keys names what an action item or attachment is about."""
    *first, last = (f"an {name}" if name[0] in "ae" else f"a {name}" for name in among)
    choice = f"{', '.join(first)} or {last}"
    if not given:
        raise InvalidEntry([(f"/{among[0]}", f"Name what it is about: {choice}.")])
    if len(given) > 1:
        detail = f"It is about one record: name {choice}."
        raise InvalidEntry([(f"/{name}", detail) for name in among if name in given])


def require_item_move(before: str, after: str, *, reason: str = "", evidence: Sequence[str] = ()) -> None:
    """Refuse a step of an action item that is not open from here.

    Raises InvalidEntry when it is completed without evidence, or dropped or reopened without a reason.
    """
    if after not in ITEM_MOVES[before]:
        open_steps = ", ".join(sorted(ITEM_MOVES[before])) or "none: it continues as another item"
        raise RuleViolation(
            f"An action item that is {before.replace('_', ' ')} cannot become {after.replace('_', ' ')}; "
            f"possible: {open_steps}.",
            rule="no-such-step",
            pointer="/status",
        )
    if after == ActionItemStatus.DONE and not any(item.strip() for item in evidence):
        raise InvalidEntry([("/evidence", "Evidence is needed: a document, an address or a reference.")])
    if (after == ActionItemStatus.DROPPED or before in _FINISHED) and not reason.strip():
        raise InvalidEntry([("/reason", "Give the reason.")])


def how_kept(status: str, due_on: date, completed_on: date | None) -> Kept | None:
    """Return how what was promised by a day was kept; None if it was not done."""
    if status != ActionItemStatus.DONE or completed_on is None:
        return None
    return Kept.IN_TIME if completed_on <= due_on else Kept.LATE
