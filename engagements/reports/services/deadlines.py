"""Everything with a day by which the office must act, in one list, under the reader's own rights."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from engagements.reports.services import dues, foreseen
from engagements.reports.services.asking import Found, Wanted
from engagements.reports.services.lines import DeadlineLine, marking_of
from engagements.reports.vocabulary import DeadlineKind
from sgoffice.records.actors import Actor

MOST = 500


@dataclass(frozen=True, kw_only=True)
class Deadlines:
    """What is to be done until a day, soonest first; what was to be done before and was not stands first of all.

    `count` counts what the list may be too short for. Its marking is the highest of what it mentions.
    """

    on: date
    until: date
    marking: str
    count: int
    results: tuple[DeadlineLine, ...]


@dataclass(frozen=True)
class _Source:
    """Where deadlines of some kinds are found cheaply, and how their lines are told, in as many queries for many."""

    kinds: frozenset[str]
    find: Callable[[Wanted, Actor], list[Found]]
    tell: Callable[[list[Found], Wanted, Actor], dict[Found, DeadlineLine]]


_SOURCES = (
    _Source(foreseen.KINDS, foreseen.find, foreseen.tell),
    _Source(frozenset({DeadlineKind.END_OF_TERM}), dues.find_terms, dues.tell_terms),
    _Source(frozenset({DeadlineKind.REPLY}), dues.find_replies, dues.tell_replies),
    _Source(frozenset({DeadlineKind.MANDATE}), dues.find_mandates, dues.tell_mandates),
    _Source(frozenset({DeadlineKind.ACTION_ITEM}), dues.find_items, dues.tell_items),
)


def deadlines_ahead(wanted: Wanted, *, by: Actor, most: int = MOST) -> Deadlines:
    """Return what the office has to do by a day, as far as the actor may see it: as it is known today.

    Another day than today moves what the days are counted from; what was answered since stays answered.
    """
    sources = [source for source in _SOURCES if source.kinds & wanted.kinds]
    found = [one for source in sources for one in source.find(wanted, by) if wanted.takes(one)]
    found.sort(key=lambda one: one.order)
    told: dict[Found, DeadlineLine] = {}
    for source in sources:
        told |= source.tell([one for one in found[:most] if one.kind in source.kinds], wanted, by)
    results = tuple(told[one] for one in found[:most] if one in told)
    return Deadlines(on=wanted.on, until=wanted.until, marking=marking_of(results), count=len(found), results=results)
