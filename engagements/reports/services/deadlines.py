"""Everything with a day by which the office must act, in one list, under the reader's own rights."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from engagements.reports.services import agreement_deadlines, dated_records
from engagements.reports.services.deadline_candidates import Candidate, DeadlineFilter
from engagements.reports.services.report_types import DeadlineLine, marking_of
from engagements.reports.vocabulary import DeadlineKind
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
    sources = [source for source in _SOURCES if source.kinds & wanted.kinds]
    found = [one for source in sources for one in source.find(wanted, by) if wanted.takes(one)]
    found.sort(key=lambda one: one.order)
    lines: dict[Candidate, DeadlineLine] = {}
    for source in sources:
        lines |= source.lines_of([one for one in found[:most] if one.kind in source.kinds], wanted, by)
    results = tuple(lines[one] for one in found[:most] if one in lines)
    return Deadlines(on=wanted.on, until=wanted.until, marking=marking_of(results), count=len(found), results=results)
