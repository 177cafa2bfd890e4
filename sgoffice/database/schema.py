"""Digests of the schema by object: of this program (schema.json) and of a database, and what may differ.

`python -m tests.upgrade.schema` writes schema.json from a freshly migrated database.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from psycopg import Connection

from sgoffice import __version__

FILE = Path(__file__).with_name("schema.json")
#: `migrate` holds this lock while it runs.
MIGRATING_LOCK = 7261905204

Digests = Mapping[str, str]


@cache
def expected() -> Digests:
    """Return the digests of the tables, views and functions that this program's migrations create."""
    found: Digests = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def found_in(connection: BaseDatabaseWrapper) -> Digests:
    """Return the digests of the tables, views and functions of a database, equal on every version of PostgreSQL.

    The digest of a table covers its columns, constraints, unique indexes, triggers and rules, but no other indexes.
    """
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        cursor.execute(_PINNED)
        before = cursor.fetchone()
        cursor.execute(_SET, ["", "ISO, YMD", "postgres"])
        cursor.execute(_DIGESTS)
        found = dict(cursor.fetchall())
        cursor.execute(_SET, before)
    return found


def digests_in(session: "Connection[Any]") -> Digests:
    """Return the same in the open transaction of a connection that is not Django's."""
    session.execute(_SET.encode(), ["", "ISO, YMD", "postgres"])
    return dict(session.execute(_DIGESTS.encode()).fetchall())


def differences(wanted: Digests, found: Digests) -> list[str]:
    """Return the objects that are missing or different; additional ones do not matter."""
    return sorted(name for name, digest in wanted.items() if found.get(name) != digest)


def faults(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the objects of a database that this version cannot rely on.

    There are none if the schema is that of this version or of a later one that this version can read, or if `migrate`
    is running from one to the other.
    """
    found = found_in(connection)
    own = differences(expected(), found)
    if not own:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_LATER)
        later = cursor.fetchone()
        cursor.execute(_IS_MIGRATING, [MIGRATING_LOCK])
        [is_migrating] = cursor.fetchone()
    if later is None or as_numbers(later[0]) > as_numbers(__version__):
        return own
    return [] if is_migrating else differences(json.loads(later[1]), found)


def announce(connection: BaseDatabaseWrapper, migrations: Iterable[Migration]) -> None:
    """Record this program's schema in the database for older versions, unless a later version has done so.

    The oldest version that can read it is the newest named by `readable_by` of a migration.
    """
    oldest = max((readable_by(migration) for migration in migrations), key=as_numbers)
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM database_schema")
        written = cursor.fetchone()
        if written is None or as_numbers(written[0]) <= as_numbers(__version__):
            cursor.execute(_ANNOUNCE, [__version__, oldest, json.dumps(expected())])


def readable_by(migration: Migration) -> str:
    """Return the oldest version that can work with the schema after this migration; "0" if it does not say."""
    return str(getattr(migration, "readable_by", "0"))


def as_numbers(version: str) -> tuple[int, ...]:
    """Return a version as comparable numbers."""
    return tuple(int(part) for part in version.split("."))


#: The settings of a session that decide how definitions are spelled.
_SPELLING = ("search_path", "datestyle", "intervalstyle")
_PINNED = "SELECT " + ", ".join(f"current_setting('{name}')" for name in _SPELLING)
_SET = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in _SPELLING)
_LATER = "SELECT readable_by, digests::text FROM database_schema"
_IS_MIGRATING = """
    SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
                   WHERE l.locktype = 'advisory' AND d.datname = current_database() AND l.granted
                     AND l.classid::bigint << 32 | l.objid::bigint = %s AND l.objsubid = 1)
"""
_ANNOUNCE = """
    INSERT INTO database_schema (id, version, readable_by, digests, announced_at) VALUES (1, %s, %s, %s::jsonb, now())
    ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version, readable_by = EXCLUDED.readable_by,
        digests = EXCLUDED.digests, announced_at = EXCLUDED.announced_at
"""
# Left out: NOT NULL as a constraint, which 15 does not have (the column says it); the qualifiers and brackets of a
# view, which depend on the version; the casts in a list of texts, which change when a dump is restored.
_DIGESTS = """
    WITH relation AS (
        SELECT c.oid, c.relname, c.relkind, c.relpersistence, c.relrowsecurity FROM pg_catalog.pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ), line (object, written) AS (
        SELECT 'table ' || relname, concat_ws(' ', 'kind', relkind, relpersistence, relrowsecurity) FROM relation
        UNION ALL
        SELECT 'table ' || r.relname, concat_ws(' ', 'column', a.attname, format_type(a.atttypid, a.atttypmod),
            a.attnotnull, a.attidentity, a.attgenerated, nullif(a.attcollation, t.typcollation)::regcollation,
            pg_get_expr(d.adbin, d.adrelid))
        FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT 'table ' || r.relname, concat_ws(' ', 'constraint', o.conname, pg_get_constraintdef(o.oid))
        FROM relation r JOIN pg_constraint o ON o.conrelid = r.oid WHERE o.contype NOT IN ('n', 't')
        UNION ALL
        SELECT 'table ' || r.relname, concat_ws(' ', pg_get_indexdef(i.indexrelid), i.indisvalid)
        FROM relation r JOIN pg_index i ON i.indrelid = r.oid WHERE i.indisunique
        UNION ALL
        SELECT 'table ' || r.relname, concat_ws(' ', pg_get_triggerdef(g.oid), g.tgenabled)
        FROM relation r JOIN pg_trigger g ON g.tgrelid = r.oid WHERE NOT g.tgisinternal
        UNION ALL
        SELECT 'table ' || r.relname, 'foreign keys are not checked'
        FROM relation r JOIN pg_trigger g ON g.tgrelid = r.oid WHERE g.tgisinternal AND g.tgenabled <> 'O'
        UNION ALL
        SELECT 'table ' || r.relname, concat_ws(' ', 'rule', w.rulename, w.ev_enabled, CASE WHEN r.relkind = 'v'
            THEN regexp_replace(pg_get_viewdef(r.oid), '[a-z_]+\\.|[\\s()]+', '', 'g') END)
        FROM relation r JOIN pg_rewrite w ON w.ev_class = r.oid
        UNION ALL
        SELECT 'function ' || p.oid::regprocedure, concat_ws(' ', l.lanname, p.prosecdef, p.provolatile, p.proisstrict,
            pg_get_function_result(p.oid), p.proconfig::text, p.prosrc)
        FROM pg_catalog.pg_proc p JOIN pg_language l ON l.oid = p.prolang
        WHERE p.pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    ), plain (object, said) AS (
        SELECT object, regexp_replace(regexp_replace(written,
            '\\((''[^'']*''::character varying)\\)::text', '\\1', 'g'),
            '\\((ARRAY\\[[^]]*\\])\\)::text\\[\\]', '\\1', 'g')
        FROM line
    )
    SELECT object, substr(encode(sha256(convert_to(string_agg(said, chr(10) ORDER BY said COLLATE "C"), 'UTF8')),
        'hex'), 1, 32)
    FROM plain GROUP BY object ORDER BY object COLLATE "C"
"""
