"""From acts and clauses to dated periods: the status of an agreement on any day, and why.

Pure functions of plain values: no Django, no clock, no database. Spans (days and durations) → clauses → case →
reckoning (when a clause is met) → renewing → events → standing → sentences → timeline → turning (what time alone
changes) → deadlines (by when the office must act); `entering` holds what may be entered.
"""

from engagements.agreements.rules.case import ActFact, Case
from engagements.agreements.rules.clauses import Clause, UnreadableClause, bodies_of, read_clause
from engagements.agreements.rules.deadlines import DeadlineFact, Due, deadlines_of, due_for_notice, due_on
from engagements.agreements.rules.events import end_of_first_term, expected_entry, last_day_for_notice
from engagements.agreements.rules.renewing import Renewals
from engagements.agreements.rules.sentences import with_names
from engagements.agreements.rules.spans import ANY_DAY, Duration, Window, after, before
from engagements.agreements.rules.timeline import PeriodFact, periods_of, proof_of, status_on
from engagements.agreements.rules.turning import Term, Turning, turning_on

__all__ = [
    "ANY_DAY",
    "ActFact",
    "Case",
    "Clause",
    "DeadlineFact",
    "Due",
    "Duration",
    "PeriodFact",
    "Renewals",
    "Term",
    "Turning",
    "UnreadableClause",
    "Window",
    "after",
    "before",
    "bodies_of",
    "deadlines_of",
    "due_for_notice",
    "due_on",
    "end_of_first_term",
    "expected_entry",
    "last_day_for_notice",
    "periods_of",
    "proof_of",
    "read_clause",
    "status_on",
    "turning_on",
    "with_names",
]
