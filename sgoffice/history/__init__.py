"""Read history, and verify that it and the rows of the register still agree.

The database writes history (triggers.sql); `queries` reads the items of a record, `verification` finds faults.
"""

from sgoffice.history.queries import HistoryItem, Revision, members_changed, of_record, of_subject, revisions
from sgoffice.history.references import without_hidden_references
from sgoffice.history.verification import (
    Fault,
    audited_models,
    faults,
    has_link,
    head,
    migrated,
    out_of_band,
    outside,
)

__all__ = [
    "Fault",
    "HistoryItem",
    "Revision",
    "audited_models",
    "faults",
    "has_link",
    "head",
    "members_changed",
    "migrated",
    "of_record",
    "of_subject",
    "out_of_band",
    "outside",
    "revisions",
    "without_hidden_references",
]
