"""The columns of imports in spreadsheets."""

from sgoffice.documents.columns import PROVENANCE, columns

IMPORT = (
    *columns("reference", "marking", "kind", "state", "failure", "file_name", "file_size", "form", "sheet"),
    *columns("mapping_name", "entered_by"),
    *PROVENANCE,
)
