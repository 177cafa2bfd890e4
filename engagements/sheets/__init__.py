"""Spreadsheets of the engagement log: what their rows are, and how they are read and entered."""

from engagements.sheets.meetings import MEETINGS
from engagements.sheets.promises import PROMISES
from sgoffice.imports.kinds import register_sheet_kind

register_sheet_kind(MEETINGS)
register_sheet_kind(PROMISES)
