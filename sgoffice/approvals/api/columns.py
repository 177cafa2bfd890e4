"""The columns of proposals in spreadsheets."""

from sgoffice.documents.columns import PROVENANCE, Column, columns

APPROVAL = (
    *columns("reference", "marking", "action", "state", "purpose"),
    Column("record", "record.id", is_record=True),
    *columns("member", "proposed_by", "proposed_at", "decided_by", "decided_at", "decision"),
    *PROVENANCE,
)
