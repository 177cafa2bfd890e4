"""What a database holds, table by table: how many rows, and a digest of them that does not depend on their order."""

from collections.abc import Mapping
from typing import Any

from psycopg import Connection, sql

Measures = Mapping[str, tuple[int, str]]
_TABLES = """
    SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1
"""
#: How rows are spelled, whatever the role or the database says.
_SPELLING = (
    "SET LOCAL timezone = 'UTC'", "SET LOCAL datestyle = 'ISO, YMD'", "SET LOCAL intervalstyle = 'postgres'",
    "SET LOCAL bytea_output = 'hex'", "SET LOCAL extra_float_digits = 1", "SET LOCAL search_path = public, pg_catalog",
)  # fmt: skip
_MEASURE = """
    SELECT count(*), coalesce(sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint), 0)::text FROM {} AS t
"""


def measure(connection: Connection[Any]) -> dict[str, tuple[int, str]]:
    """Measure all tables, in the open transaction of a connection."""
    for statement in _SPELLING:
        connection.execute(statement.encode())
    found = {}
    for (name,) in connection.execute(_TABLES.encode()).fetchall():
        [(rows, digest)] = connection.execute(sql.SQL(_MEASURE).format(sql.Identifier("public", name))).fetchall()
        found[name] = (int(rows), str(digest))
    return found


def differences(wanted: Measures, found: Measures) -> list[str]:
    """Return in words which tables are not as they were measured."""
    told = []
    for name in sorted({*wanted, *found}):
        before, now = wanted.get(name), found.get(name)
        if before is None or now is None:
            told.append(f"{name} is {'missing' if now is None else 'not in the backup'}")
        elif before[0] != now[0]:
            told.append(f"{name} has {now[0]} rows, not {before[0]}")
        elif before != now:
            told.append(f"{name} has as many rows, and others")
    return told
