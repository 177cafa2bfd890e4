"""Bare psycopg in the register's own server: one statement over one table of ready-made lines, no framework at all."""

import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import psycopg
from django.db import connections

PATH = "/peer/lines"
_OF_DJANGO = {"cursor_factory", "context", "prepare_threshold"}
_STATEMENT = "SELECT line FROM bench_line WHERE position > %s ORDER BY position LIMIT %s"
_kept = threading.local()


def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Read a page of lines and write it."""
    query = parse_qs(environ["QUERY_STRING"])
    if not hasattr(_kept, "connection"):
        parameters = connections["default"].get_connection_params()
        wanted = {key: value for key, value in parameters.items() if key not in _OF_DJANGO}
        _kept.connection = psycopg.connect(**wanted, autocommit=True)
    with _kept.connection.cursor(binary=True) as cursor:
        rows = cursor.execute(_STATEMENT, [int(query["after"][0]), int(query["limit"][0])]).fetchall()
    lines = b",".join([line for (line,) in rows])
    body = [b'{"changes":[', lines, b"]}"]
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(sum(map(len, body))))])
    return body
