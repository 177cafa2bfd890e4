"""From acts and clauses to dated periods: the status of an agreement on any day, and why.

Pure functions of plain values: no Django, no clock, no database. To see why an agreement is in force, read `status`
(periods), `sentences`, `events` (what happens when), `acts` (what each kind of act means) and `clauses` (when a
clause is met). They build on `case` (the values) and `days` (windows, durations, renewals). `scheduled_changes` and
`deadlines` look ahead, `entry_rules` and `relations` say what may be entered.
"""

from engagements.agreements.rules.acts import ACTS
from engagements.agreements.rules.bindings import BindingFact, bindings_of
from engagements.agreements.rules.case import ActFact, Case, Clause, rank_of
from engagements.agreements.rules.clauses import UnreadableClause, bodies_of, read_clause
from engagements.agreements.rules.days import (
    ANY_DAY,
    Duration,
    Renewals,
    Window,
    add_duration,
    latest_of,
    subtract_duration,
)
from engagements.agreements.rules.deadlines import DeadlineFact, Due, deadlines_of, due_for_notice, due_on
from engagements.agreements.rules.events import end_of_first_term, expected_entry, last_day_for_notice
from engagements.agreements.rules.scheduled_changes import CurrentStatus, Term, current_status, running_term
from engagements.agreements.rules.sentences import with_names
from engagements.agreements.rules.status import PeriodFact, periods_of, proof_of, status_on

__all__ = [
    "ACTS",
    "ANY_DAY",
    "ActFact",
    "BindingFact",
    "Case",
    "Clause",
    "CurrentStatus",
    "DeadlineFact",
    "Due",
    "Duration",
    "PeriodFact",
    "Renewals",
    "Term",
    "UnreadableClause",
    "Window",
    "add_duration",
    "bindings_of",
    "bodies_of",
    "current_status",
    "deadlines_of",
    "due_for_notice",
    "due_on",
    "end_of_first_term",
    "expected_entry",
    "last_day_for_notice",
    "latest_of",
    "periods_of",
    "proof_of",
    "rank_of",
    "read_clause",
    "running_term",
    "status_on",
    "subtract_duration",
    "with_names",
]
