"""Spreadsheets of the directory: people and organizations in rows."""

from sgoffice.directory.sheets.names import ORGANIZATIONS, PEOPLE
from sgoffice.imports.kinds import register_sheet_kind

register_sheet_kind(PEOPLE)
register_sheet_kind(ORGANIZATIONS)
