"""Query rows in binary format: bytes are not transferred as hexadecimal text."""

from typing import Any

from django.db import connection
from psycopg import ClientCursor
from psycopg.pq import Format

from sgoffice.database import ahead


def binary_rows(statement: str, parameters: list[Any]) -> list[Any]:
    """Execute a statement, unless it was read ahead, and return all its rows."""
    known = ahead.take(statement, parameters)
    if known is not None:
        return known
    return _read(statement, parameters)


def first_row(statement: str, parameters: list[Any], columns: int) -> Any:
    """Return the one row of the first statement of a request, or None; what is wanted ahead is read beside it."""
    rows = _read(*ahead.with_wanted(statement, parameters))
    if not rows:
        return None
    ahead.note(rows[0][columns:])
    return rows[0][:columns]


def _read(statement: str, parameters: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        if not isinstance(cursor.cursor, ClientCursor):
            cursor.cursor.format = Format.BINARY
        cursor.execute(statement, parameters)
        return cursor.fetchall()
