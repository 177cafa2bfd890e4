"""Query rows in binary format: bytes are not transferred as hexadecimal text."""

from typing import Any

from django.db import connection
from psycopg import ClientCursor
from psycopg.pq import Format


def binary_rows(statement: str, parameters: list[Any]) -> list[Any]:
    """Execute a statement and return all its rows."""
    with connection.cursor() as cursor:
        if not isinstance(cursor.cursor, ClientCursor):
            cursor.cursor.format = Format.BINARY
        cursor.execute(statement, parameters)
        return cursor.fetchall()
