"""Whether `migrate` has nothing to do: it came to its end with this very program, and nothing was changed since.

At its end it leaves a digest as the comment of the table `database_schema`: of the program's migrations, of what is
applied, of the schema as it is then, and of who may do what. Whatever differs later, `migrate` runs as ever.
"""

import hashlib
import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from sgoffice import __version__
from sgoffice.database import grants, limits, schema

_TABLE = "database_schema"
_NOTED = "SELECT obj_description(to_regclass(%s), 'pg_class')"
_APPLIED = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"
_RIGHTS = """
    SELECT c.relname || ' ' || c.relowner::regrole || coalesce(c.relacl::text, '') FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    UNION ALL SELECT p.oid::regprocedure || ' ' || p.proowner::regrole || coalesce(p.proacl::text, '') FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace
    UNION ALL SELECT a.attrelid::regclass || ' ' || a.attname || ' ' || a.attacl::text FROM pg_attribute a
        JOIN pg_class c ON c.oid = a.attrelid
        WHERE a.attacl IS NOT NULL AND c.relnamespace = 'public'::regnamespace
    UNION ALL SELECT 'schema ' || coalesce(n.nspacl::text, '') FROM pg_namespace n WHERE n.nspname = 'public'
    UNION ALL SELECT 'database ' || coalesce(d.datacl::text, '') FROM pg_database d WHERE d.datname = current_database()
    ORDER BY 1
"""


def note(alias: str) -> None:
    """Leave the digest, as the owner, at the end of `migrate`."""
    with connections[alias].cursor() as cursor:
        comment = sql.SQL("COMMENT ON TABLE {} IS {}")
        cursor.execute(comment.format(sql.Identifier(_TABLE), sql.Literal(_digest(alias))))


def is_noted(alias: str) -> bool:
    """Tell whether the digest of the last `migrate` is that of now."""
    with connections[alias].cursor() as cursor:
        cursor.execute(_NOTED, [_TABLE])
        [noted] = cursor.fetchone()
    return noted is not None and noted == _digest(alias)


def _digest(alias: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute(_APPLIED)
        applied = cursor.fetchall()
        cursor.execute(_RIGHTS)
        rights = cursor.fetchall()
    served = connections["default"].settings_dict
    parts = [
        _program(), applied, rights, schema.found_in(connections[alias]), served["USER"], served.get("IS_POOLED"),
        served.get("LIMITS"),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _program() -> str:
    """Return the digest of what this program's `migrate` is made of."""
    found = hashlib.sha256(__version__.encode())
    for place in _files():
        found.update(place.name.encode() + b"\0" + place.read_bytes() + b"\0")
    return found.hexdigest()


def _files() -> Iterator[Path]:
    for module in (grants, limits, schema):
        yield Path(str(module.__file__))
    yield schema.FILE
    for config in apps.get_app_configs():
        yield from sorted(Path(config.path).glob("*.sql"))
        name: Any = MigrationLoader.migrations_module(config.label)[0]  # the stubs take it for a module
        found = find_spec(name) if name else None
        for folder in (found and found.submodule_search_locations) or ():
            yield from sorted(Path(folder).glob("*.py"))
