"""What belongs to a record: markings of papers and attachments, what action items are about, their steps."""

from collections.abc import Collection, Mapping, Sequence

from engagements.vocabulary import ABOUT, ActionItemStatus
from sgoffice.records.errors import InvalidEntry, RuleViolation

#: Markings from what all may see to what few may.
RANKS = ("public", "internal", "restricted")
#: What is said of nothing in particular; it follows its owner upwards.
_USUAL = "internal"

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


def marking_beside(owner: str, wanted: str) -> str:
    """Return the marking of what belongs to a record: as wanted, or the owner's where nothing particular is wanted.

    Raises RuleViolation for a marking that more people could read than the owner's.
    """
    if wanted == _USUAL and RANKS.index(owner) > RANKS.index(wanted):
        return owner
    require_not_below(owner, wanted)
    return wanted


def require_not_below(owner: str, marking: str) -> None:
    """Refuse a marking that shows what belongs to a record to more people than the record itself."""
    if RANKS.index(marking) < RANKS.index(owner):
        raise RuleViolation(
            f"What it belongs to is {owner}: it cannot be {marking}.",
            rule="marking-below-owner",
            pointer="/marking",
        )


def require_one_about(given: Collection[str]) -> None:
    """Raise InvalidEntry unless one thing is named that an action item is about, by the name of its key."""
    if not given:
        detail = "Say what it is about: name an engagement, a mandate or an agreement."
        raise InvalidEntry([(f"/{ABOUT[0]}", detail)])
    if len(given) > 1:
        detail = "It is about one record: name an engagement, a mandate or an agreement, not several of them."
        raise InvalidEntry([(f"/{name}", detail) for name in ABOUT if name in given])


def require_item_move(before: str, after: str, *, reason: str = "", evidence: Sequence[str] = ()) -> None:
    """Do nothing for a step of an action item that is open from here; raise RuleViolation for any other.

    Raises InvalidEntry when it is called done without evidence, or dropped or opened again without a reason.
    """
    if after not in ITEM_MOVES[before]:
        open_steps = ", ".join(sorted(ITEM_MOVES[before])) or "none: it goes on as another item"
        raise RuleViolation(
            f"An action item that is {before.replace('_', ' ')} cannot become {after.replace('_', ' ')}; "
            f"open are: {open_steps}.",
            rule="no-such-step",
            pointer="/status",
        )
    if after == ActionItemStatus.DONE and not any(item.strip() for item in evidence):
        raise InvalidEntry([("/evidence", "Say what shows that it is done: a document, an address, a reference.")])
    if (after == ActionItemStatus.DROPPED or before in _FINISHED) and not reason.strip():
        raise InvalidEntry([("/reason", "Say why.")])
