"""Relations between agreements: the chain around one of them, and relations that would close a circle."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from engagements.agreements.vocabulary import ChainPlace
from sgoffice.records.errors import RuleViolation

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class RelationFact(Generic[Key]):
    """One agreement amends, supersedes, implements or supplements another, or these places of it."""

    source: Key
    relation: str
    target: Key
    places: tuple[str, ...] = ()


def places_in_chain(start: Key, relations: Iterable[RelationFact[Key]]) -> dict[Key, ChainPlace]:
    """Return every agreement related to one, directly or through others, each with its place seen from there.

    Earlier is what it rests on, through any number of steps; later is what rests on it; beside is everything else, such
    as another amendment of the same agreement.
    """
    down, up, both = defaultdict(set), defaultdict(set), defaultdict(set)
    for item in relations:
        down[item.source].add(item.target)
        up[item.target].add(item.source)
        both[item.source].add(item.target)
        both[item.target].add(item.source)
    found = dict.fromkeys(_reached(start, both), ChainPlace.BESIDE)
    found |= dict.fromkeys(_reached(start, up), ChainPlace.LATER)
    found |= dict.fromkeys(_reached(start, down), ChainPlace.EARLIER)
    return found | {start: ChainPlace.ASKED}


def require_no_circle(source: Key, earlier: Iterable[Key], *, pointer: str = "/relations") -> None:
    """Refuse relations by which an agreement would rest on itself; `earlier` is all that its targets rest on."""
    if source in set(earlier):
        raise RuleViolation(
            "The other agreement already rests on this one, so this one cannot amend, supersede, implement or "
            "supplement it. If the older relation is wrong, remove it first.",
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
