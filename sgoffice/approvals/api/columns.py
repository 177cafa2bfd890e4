"""The columns of proposals in spreadsheets."""

from sgoffice.documents.columns import PROVENANCE, Column, columns, staff

APPROVAL = (
    *columns("reference", "marking", "action", "state", "purpose"),
    Column("record", "record.id", is_record=True),
    *staff("member", "proposed_by"),
    *columns("proposed_at"),
    *staff("decided_by"),
    *columns("decided_at", "decision"),
    *PROVENANCE,
)
