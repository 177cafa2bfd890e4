"""Bring spreadsheets: take, map, answer, check, enter, undo; the names that doorways import."""

from sgoffice.imports.services.checks import check_import, counted
from sgoffice.imports.services.commits import commit_import, enter_import
from sgoffice.imports.services.entries import (
    AnswerEntry,
    ChoicesEntry,
    ColumnEntry,
    CommitEntry,
    DefaultEntry,
    FileEntry,
    MappingEntry,
    UndoEntry,
)
from sgoffice.imports.services.mappings import STEPS, choose, is_resting, map_columns
from sgoffice.imports.services.reports import report_of
from sgoffice.imports.services.tasks import HELD_FOR, TaskLost, ask_for, claim_task, end_task, hold_task
from sgoffice.imports.services.undoing import ask_undo, undo_import, was_entered
from sgoffice.imports.services.uploads import take_file

__all__ = [
    "HELD_FOR",
    "STEPS",
    "AnswerEntry",
    "ChoicesEntry",
    "ColumnEntry",
    "CommitEntry",
    "DefaultEntry",
    "FileEntry",
    "MappingEntry",
    "TaskLost",
    "UndoEntry",
    "ask_for",
    "ask_undo",
    "check_import",
    "choose",
    "claim_task",
    "commit_import",
    "counted",
    "end_task",
    "enter_import",
    "hold_task",
    "is_resting",
    "map_columns",
    "report_of",
    "take_file",
    "undo_import",
    "was_entered",
]
