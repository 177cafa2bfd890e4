"""Gathering reports for a reader; the names other modules import."""

from engagements.reports.services.briefs import Brief, brief_on
from engagements.reports.services.counterparts import Counterpart, counterpart_of, find_counterpart
from engagements.reports.services.deadline_candidates import DeadlineFilter
from engagements.reports.services.deadlines import Deadlines, deadlines_ahead
from engagements.reports.services.programmes import Programme, programme_of

__all__ = [
    "Brief",
    "Counterpart",
    "DeadlineFilter",
    "Deadlines",
    "Programme",
    "brief_on",
    "counterpart_of",
    "deadlines_ahead",
    "find_counterpart",
    "programme_of",
]
