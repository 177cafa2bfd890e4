"""Everything with a day by which the office must act, in one list, under the reader's own rights."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from engagements.reports.services import agreement_deadlines, dated_records
from engagements.reports.services.deadline_candidates import Candidate, DeadlineFilter
from engagements.reports.services.report_types import DeadlineLine, marking_of
from engagements.reports.vocabulary import DeadlineKind
from sgoffice.exports.lists import visible_pieces
from sgoffice.records.actors import Actor

MOST = 500


@dataclass(frozen=True, kw_only=True)
class Deadlines:
    """What is to be done until a day, soonest first, so that what is overdue leads.

    `count` counts all, also those that the list has no room for. The marking is the highest of what it mentions.
    """

    on: date
    until: date
    marking: str
    count: int
    results: tuple[DeadlineLine, ...]


@dataclass(frozen=True)
class _Source:
    """Deadlines of some kinds: what finds candidates cheaply, and what reads the lines of those that are shown.

    Each takes as many queries for many deadlines as for one.
    """

    kinds: frozenset[str]
    find: Callable[[DeadlineFilter, Actor], list[Candidate]]
    lines_of: Callable[[list[Candidate], DeadlineFilter, Actor], dict[Candidate, DeadlineLine]]


_SOURCES = (
    _Source(agreement_deadlines.KINDS, agreement_deadlines.find, agreement_deadlines.lines_of),
    _Source(frozenset({DeadlineKind.END_OF_TERM}), dated_records.find_terms, dated_records.lines_of_terms),
    _Source(frozenset({DeadlineKind.REPLY}), dated_records.find_replies, dated_records.lines_of_replies),
    _Source(frozenset({DeadlineKind.MANDATE}), dated_records.find_mandates, dated_records.lines_of_mandates),
    _Source(frozenset({DeadlineKind.ACTION_ITEM}), dated_records.find_items, dated_records.lines_of_items),
)


def deadlines_ahead(wanted: DeadlineFilter, *, by: Actor, most: int = MOST) -> Deadlines:
    """Return what the office has to do by a day, as far as the actor may see it: as it is known today.

    Another day than today moves what the days are counted from; what was answered since stays answered.
    """
    found = _found(wanted, by)
    results = _lines(found[:most], wanted, by)
    return Deadlines(on=wanted.on, until=wanted.until, marking=marking_of(results), count=len(found), results=results)


def every_deadline(wanted: DeadlineFilter, *, by: Actor) -> Iterator[tuple[DeadlineLine, ...]]:
    """Yield all deadlines in the same order, a few at a time."""
    for piece in visible_pieces(_found(wanted, by), lambda one: one.record, by):
        yield _lines(piece, wanted, by)


def _found(wanted: DeadlineFilter, by: Actor) -> list[Candidate]:
    found = [one for source in _asked(wanted) for one in source.find(wanted, by) if wanted.takes(one)]
    return sorted(found, key=lambda one: one.order)


def _lines(found: list[Candidate], wanted: DeadlineFilter, by: Actor) -> tuple[DeadlineLine, ...]:
    lines: dict[Candidate, DeadlineLine] = {}
    for source in _asked(wanted):
        lines |= source.lines_of([one for one in found if one.kind in source.kinds], wanted, by)
    return tuple(lines[one] for one in found if one in lines)


def _asked(wanted: DeadlineFilter) -> list[_Source]:
    return [source for source in _SOURCES if source.kinds & wanted.kinds]
