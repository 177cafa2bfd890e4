"""Loads bodies, posts, rules, sessions, decisions and appointments from data/ through the services."""

from appointments.facts.bodies import load_bodies, load_rules
from appointments.facts.decisions import load_amendments, load_approvals, load_resolutions
from appointments.facts.sessions import load_sessions
from appointments.facts.terms import load_presidents, load_secretaries_general
from sgoffice.directory.facts import Report


def load(report: Report) -> None:
    """Load what is not there yet."""
    load_bodies(report)
    load_rules(report)
    load_sessions(report)
    load_resolutions(report)
    load_amendments(report)
    load_approvals(report)
    load_secretaries_general(report)
    load_presidents(report)
