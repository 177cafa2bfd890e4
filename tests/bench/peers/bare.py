"""Bare psycopg in the register's own server, without framework, sign-in or rights: what the bytes alone cost."""

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


def documents(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Read the newest stored documents, of a year or of all, in one statement, and write them as a page."""
    query = parse_qs(environ["QUERY_STRING"])
    limit, year = int(query["limit"][0]), query.get("year", [""])[0]
    if year:
        [(body,)] = _rows(_PAGE.format(_OF_YEAR), [f"{year}-12-31", f"{year}-01-01", limit])
    else:
        [(body,)] = _rows(_PAGE.format(""), [limit])
    return _written([b'{"results":[', body, b"]}"], start_response)


def document(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Read one stored document by its id, and write it."""
    [(body,)] = _rows(_DOCUMENT, [environ["PATH_INFO"].rpartition("/")[2]])
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


_PAGE = """
    SELECT string_agg(d.body, ',' ORDER BY p.place) FROM (
        SELECT row_number() OVER () AS place, e.id FROM (
            SELECT id FROM engagements_engagement WHERE NOT is_in_error AND merged_into_id IS NULL {}
            ORDER BY sort_day DESC, sort_rank, sort_at DESC, id DESC LIMIT %s) AS e) AS p
    JOIN records_document d ON d.record_id = p.id
"""
_OF_YEAR = "AND held_earliest <= %s::date AND held_latest >= %s::date"
_DOCUMENT = "SELECT body FROM records_document WHERE record_id = %s::uuid"
#: As long as a document.
CONSTANT = b'{"title": "' + b"x" * 3_000 + b'"}'
_PAGES = {"/peer/lines": lines, "/peer/read": read, "/peer/bare": documents}


def answer_of(path: str) -> Callable[..., list[bytes]] | None:
    """Return who answers an address without any framework, if it is one of these."""
    return document if path.startswith("/peer/bare/") else _PAGES.get(path)
