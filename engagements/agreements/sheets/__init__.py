"""Spreadsheets of agreements: what their rows are, and how they are read and entered."""

from engagements.agreements.sheets.agreements import AGREEMENTS
from sgoffice.imports.kinds import register_sheet_kind

register_sheet_kind(AGREEMENTS)
