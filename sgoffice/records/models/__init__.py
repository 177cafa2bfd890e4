"""Base classes for all models of the register, and the tables that all records share."""

from sgoffice.records.markings import Marking
from sgoffice.records.models.clock import ClockPass, StatedDay
from sgoffice.records.models.document import Document, DocumentVersion
from sgoffice.records.models.entry import Entry, Link
from sgoffice.records.models.fields import PartialDateField, partial_date_check
from sgoffice.records.models.history import (
    HistoryEntry,
    HistoryLink,
    HistoryPayload,
    HistoryTransaction,
)
from sgoffice.records.models.record import (
    MarkedRecord,
    Part,
    Record,
    RegisterRow,
    year_of,
)
from sgoffice.records.models.search import SearchRow
from sgoffice.records.models.trace import TraceItem
from sgoffice.records.models.verification import Verification

__all__ = [
    "ClockPass",
    "Document",
    "DocumentVersion",
    "Entry",
    "HistoryEntry",
    "HistoryLink",
    "HistoryPayload",
    "HistoryTransaction",
    "Link",
    "MarkedRecord",
    "Marking",
    "Part",
    "PartialDateField",
    "Record",
    "RegisterRow",
    "SearchRow",
    "StatedDay",
    "TraceItem",
    "Verification",
    "partial_date_check",
    "year_of",
]
