"""Gathering reports for a reader; the names other modules import."""

from engagements.reports.services.briefs import Brief, brief_and_contacts, brief_on
from engagements.reports.services.contacts import Contacts
from engagements.reports.services.counterparts import Counterpart, counterpart_of, find_counterpart
from engagements.reports.services.deadline_candidates import DeadlineFilter
from engagements.reports.services.deadlines import Deadlines, deadlines_ahead, every_deadline
from engagements.reports.services.programmes import Programme, programme_and_papers, programme_of
from engagements.reports.services.report_kinds import REPORTS, UnclearParameter, make_report

__all__ = [
    "REPORTS",
    "Brief",
    "Contacts",
    "Counterpart",
    "DeadlineFilter",
    "Deadlines",
    "Programme",
    "UnclearParameter",
    "brief_and_contacts",
    "brief_on",
    "counterpart_of",
    "deadlines_ahead",
    "every_deadline",
    "find_counterpart",
    "make_report",
    "programme_and_papers",
    "programme_of",
]
