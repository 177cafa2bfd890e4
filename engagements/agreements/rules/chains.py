"""Agreements that rest on one another: what belongs to the chain of one, and what would close a circle."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from engagements.agreements.vocabulary import ChainPlace
from sgoffice.records.errors import RuleViolation

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Tie(Generic[Key]):
    """That one agreement amends, supersedes, implements or supplements another, or these places of it."""

    source: Key
    relation: str
    target: Key
    places: tuple[str, ...] = ()


def places_in_chain(start: Key, ties: Iterable[Tie[Key]]) -> dict[Key, ChainPlace]:
    """Return every agreement that hangs together with one, each with where it stands seen from there.

    Earlier is what it rests on, through whatever chain; later is what rests on it; beside is what is reached otherwise,
    as another amendment of the same agreement is.
    """
    down, up, both = defaultdict(set), defaultdict(set), defaultdict(set)
    for tie in ties:
        down[tie.source].add(tie.target)
        up[tie.target].add(tie.source)
        both[tie.source].add(tie.target)
        both[tie.target].add(tie.source)
    found = dict.fromkeys(_reached(start, both), ChainPlace.BESIDE)
    found |= dict.fromkeys(_reached(start, up), ChainPlace.LATER)
    found |= dict.fromkeys(_reached(start, down), ChainPlace.EARLIER)
    return found | {start: ChainPlace.ASKED}


def require_no_circle(source: Key, earlier: Iterable[Key], *, pointer: str = "/relations") -> None:
    """Refuse relations through which an agreement would rest on itself; `earlier` is all that its targets rest on."""
    if source in set(earlier):
        raise RuleViolation(
            "The other agreement rests on this one already, so this one cannot amend, supersede, implement or "
            "supplement it: take the older relation away first, if that is the wrong one.",
            rule="no-circle",
            pointer=pointer,
        )


def _reached(start: Key, steps: dict[Key, set[Key]]) -> set[Key]:
    seen: set[Key] = set()
    waiting = {start}
    while waiting:
        seen |= waiting
        waiting = {other for key in waiting for other in steps.get(key, ())} - seen
    return seen
