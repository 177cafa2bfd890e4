"""Bare psycopg in the register's own server, without any framework: lines that stand ready, and the register's read."""

import threading
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs

import psycopg
from django.db import connections

from sgoffice.feed import queries

_OF_DJANGO = {"cursor_factory", "context", "prepare_threshold"}
_STATEMENT = "SELECT line FROM bench_line WHERE position > %s ORDER BY position LIMIT %s"
_kept = threading.local()


def lines(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Read a page of lines from one table, where they stand ready, and write it."""
    query = parse_qs(environ["QUERY_STRING"])
    rows = _rows(_STATEMENT, [int(query["after"][0]), int(query["limit"][0])])
    return _written([b'{"changes":[', b",".join([line for (line,) in rows]), b"]}"], start_response)


def read(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Read a page as the register does, by its own statement, and write it: no sign-in, no cursor, no framework."""
    query = parse_qs(environ["QUERY_STRING"])
    stream = query["stream"][0]
    _, *rows = _rows(queries._after(int(query["limit"][0])), [stream, stream, int(query["after"][0])])
    body = queries.join_lines(rows, begin=b'{"changes":[', between=b",", end=b"]}")
    return _written([body], start_response)


def _rows(statement: str, parameters: Sequence[Any]) -> list[Any]:
    if not hasattr(_kept, "connection"):
        known = connections["default"].get_connection_params()
        wanted = {key: value for key, value in known.items() if key not in _OF_DJANGO}
        _kept.connection = psycopg.connect(**wanted, autocommit=True)
    with _kept.connection.cursor(binary=True) as cursor:
        return cursor.execute(statement, parameters).fetchall()


def _written(body: list[bytes], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(sum(map(len, body))))])
    return body


ANSWERS = {"/peer/lines": lines, "/peer/read": read}
