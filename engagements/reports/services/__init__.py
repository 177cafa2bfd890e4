"""Gathering reports for a reader; the names other modules import."""

from engagements.reports.services.asking import Wanted
from engagements.reports.services.brief import Brief, brief_on
from engagements.reports.services.counterparts import Counterpart, counterpart_of, find_counterpart
from engagements.reports.services.deadlines import Deadlines, deadlines_ahead
from engagements.reports.services.programme import Programme, programme_of

__all__ = [
    "Brief",
    "Counterpart",
    "Deadlines",
    "Programme",
    "Wanted",
    "brief_on",
    "counterpart_of",
    "deadlines_ahead",
    "find_counterpart",
    "programme_of",
]
