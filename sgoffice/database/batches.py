"""Execute a statement for several rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper

Row = Mapping[str, Any] | Sequence[Any]


def execute_for_each(cursor: CursorWrapper, statement: str, rows: Sequence[Row]) -> None:
    """Execute a statement for each row: many go in one pipeline, which for a single one costs more than it saves."""
    if len(rows) == 1:
        cursor.execute(statement, rows[0])
    elif rows:
        cursor.executemany(statement, rows)
