"""What one person may not do alone: the door holds it back and has it proposed, and carries it out once approved.

The room `sgoffice/approvals` keeps the proposals; here is only what the door must know of them.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final
from uuid import UUID

from sgoffice.records.actors import Actor
from sgoffice.records.errors import NotPermitted
from sgoffice.records.markings import Marking, is_narrower
from sgoffice.records.models import MarkedRecord, Record

#: Takes a record, the marking that was asked for, who asked and why; returns the proposal.
Proposer = Callable[[MarkedRecord, str, Actor, str], Record]

#: Takes an action, the record that it is about, who asked, why, and what is to be carried out; returns the proposal.
ActProposer = Callable[[str, Record, Actor, str, Mapping[str, object]], Record]

_proposers: list[Proposer] = []
_act_proposers: list[ActProposer] = []
_hiders: list[Callable[[Record, Actor], None]] = []
_approval: ContextVar[UUID | None] = ContextVar("approval", default=None)
_proposed: ContextVar[list[Record] | None] = ContextVar("proposed", default=None)
#: Verbs of changes in which readers follow those of another record, and nobody names them.
_READERS_FOLLOW: Final = frozenset({"raise", "merge", "unmerge"})


def proposes(proposer: Proposer) -> Proposer:
    """Register the decorated function as what proposes a wider marking."""
    _proposers.append(proposer)
    return proposer


def proposes_acts(proposer: ActProposer) -> ActProposer:
    """Register the decorated function as what proposes what is done to people and organizations."""
    _act_proposers.append(proposer)
    return proposer


def hides_alike(hider: Callable[[Record, Actor], None]) -> Callable[[Record, Actor], None]:
    """Register the decorated function as what hides proposals as much as the record that they are about."""
    _hiders.append(hider)
    return hider


def hide_alike(record: Record, *, by: Actor) -> None:
    """Hide the proposals about a record from whoever may not read it any more."""
    for hider in _hiders:
        hider(record, by)


@contextmanager
def carrying_out(approval: UUID) -> Iterator[None]:
    """Let changes inside the block do what was approved; the database looks at the approval itself."""
    token = _approval.set(approval)
    try:
        yield
    finally:
        _approval.reset(token)


def approval_in_force() -> UUID | None:
    """Return the approval that is being carried out."""
    return _approval.get()


@contextmanager
def noting_proposals() -> Iterator[list[Record]]:
    """Collect what is proposed inside the block, for whoever tells it to the caller."""
    found: list[Record] = []
    token = _proposed.set(found)
    try:
        yield found
    finally:
        _proposed.reset(token)


def note_proposal(proposal: Record) -> None:
    """Note that something waits for a second person."""
    found = _proposed.get()
    if found is not None:
        found.append(proposal)


def is_one_person(by: Actor) -> bool:
    """Tell whether an actor needs a second person: all but the office itself, which the operator of the server starts.

    No doorway gives a signed-in person the office's name.
    """
    return by.kind != "office" and _approval.get() is None


def is_act_of_two(record: Record, by: Actor) -> bool:
    """Tell whether what takes a record off the lists wants a second person.

    That of every person and organization: who may read one follows from the records that name it, which the actor need
    not see, and whether any does must not decide, or the answer would tell. And that of every appointment: a term that
    two people gave does not vanish by one.
    """
    return record.leaves_by_two and is_one_person(by)


def propose_act(action: str, record: Record, *, by: Actor, reason: str, **content: object) -> None:
    """Have an act of two proposed."""
    for proposer in _act_proposers:
        note_proposal(proposer(action, record, by, reason, content))


def hold_back_marking(record: Record, before: str, *, by: Actor) -> str:
    """Put a marking that is wider than before back and return it; empty if there is none, or if it may be changed.

    A new record has no marking before: it is never public from the start.
    """
    if not isinstance(record, MarkedRecord) or not is_one_person(by):
        return ""
    wanted, limit = record.marking, before or Marking.INTERNAL
    if wanted not in Marking.values or not is_narrower(limit, than=wanted):
        return ""
    record.marking = limit
    return wanted


def propose_marking(record: Record, marking: str, *, by: Actor, reason: str) -> None:
    """Have the marking that was held back proposed to a second person."""
    if marking and isinstance(record, MarkedRecord):
        for proposer in _proposers:
            note_proposal(proposer(record, marking, by, reason))


def require_right_to_name_readers(record: Record, before: list[str], *, by: Actor, verb: str) -> None:
    """Raise NotPermitted unless the readers are named by the author of the record or by an approver."""
    if not isinstance(record, MarkedRecord) or record.readers == before or verb in _READERS_FOLLOW:
        return
    if by.kind == "office" or by.may("approve") or by.id == record.entered_by:
        return
    detail = "Who may read this record is said by its author or by an approver: ask one of them."
    raise NotPermitted(detail)
