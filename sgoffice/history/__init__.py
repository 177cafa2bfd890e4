"""Reading back what the database wrote: what was changed of a record, and whether history and rows still agree.

The database writes it (records/triggers.sql); `queries` reads a record's items, `verification` finds faults.
"""

from sgoffice.history.queries import HistoryItem, Revision, of_record, revisions
from sgoffice.history.verification import Fault, audited_models, faults, has_link, head

__all__ = [
    "Fault",
    "HistoryItem",
    "Revision",
    "audited_models",
    "faults",
    "has_link",
    "head",
    "of_record",
    "revisions",
]
