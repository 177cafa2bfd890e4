"""The words of imports."""

from django.db.models import TextChoices


class ImportState(TextChoices):
    """What becomes of an import."""

    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Checked"
    COMMITTING = "committing", "Being entered"
    COMMITTED = "committed", "Entered"
    UNDOING = "undoing", "Being undone"
    UNDONE = "undone", "Undone"
    STOPPED = "stopped", "Stopped by a fault"


class RowState(TextChoices):
    """What becomes of a row."""

    READ = "read", "Not tried yet"
    READY = "ready", "Can be entered"
    PROBLEM = "problem", "Something is wrong or open"
    REPEATED = "repeated", "Repeats another row of the file"
    KNOWN = "known", "Entered before"
    SKIPPED = "skipped", "Left out, as was chosen"
    ENTERED = "entered", "Entered"
    UNDONE = "undone", "Undone"
    KEPT = "kept", "Kept when the import was undone"


class Task(TextChoices):
    """What a worker does for an import."""

    CHECK = "check", "Check"
    COMMIT = "commit", "Enter"
    UNDO = "undo", "Undo"


#: States of rows that became a record, which is still there unless somebody took it back.
WRITTEN = frozenset({RowState.ENTERED, RowState.KEPT})
#: States in which nobody works on an import, so that people may change what it does.
RESTING = frozenset({ImportState.CHECKED, ImportState.STOPPED})

#: States in which a worker is at it, or will be.
WORKING = frozenset({ImportState.CHECKING, ImportState.COMMITTING, ImportState.UNDOING})


class RecordsMarking(TextChoices):
    """Who may see what an import enters. Publishing needs two people, afterwards."""

    INTERNAL = "internal", "Internal"
    RESTRICTED = "restricted", "Restricted"


class DateOrder(TextChoices):
    """What comes first in a date with slashes."""

    DAY_FIRST = "day_first", "The day comes first"
    MONTH_FIRST = "month_first", "The month comes first"


class Separator(TextChoices):
    """What separates the cells of a text."""

    COMMA = "comma", "Comma"
    SEMICOLON = "semicolon", "Semicolon"
    TAB = "tab", "Tab"
    BAR = "bar", "Bar"


#: Answers about a row that the register, or the file, seems to have already.
SKIP, ANOTHER = "skip", "another"
#: The question that answers for all such rows at once.
DUPLICATES = "duplicates"
