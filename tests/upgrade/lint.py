"""What a migration must not do to a register in use, as squawk and django-migration-linter see it in its SQL.

A migration says `allows = {"DROP_COLUMN": "no version since 0.3.0 reads it"}` where one of them is wrong.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import connections
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django_migration_linter.sql_analyser import analyse_sql_statements, get_sql_analyser_class

import sgoffice
from sgoffice.database.schema import as_numbers
from tests.architecture.source import FLOORS
from tests.upgrade import landed

_SQUAWK = Path(sys.executable).with_name("squawk")
_OLDEST_POSTGRESQL = "15"
_NO_MATTER = {
    "prefer-bigint-over-int": "the types of columns are Django's",
    "prefer-bigint-over-smallint": "the types of columns are Django's",
    "prefer-text-field": "the types of columns are Django's",
    "prefer-robust-stmts": "migrate clears away what was left unfinished",
    "require-lock-timeout": "migrate sets one",
    "require-statement-timeout": "a backfill takes as long as it takes",
}


def later_migrations() -> list[tuple[str, str]]:
    """Return app and name of each migration of ours after the first set."""
    first = landed.first_set(landed.RECORD.read_text(encoding="utf-8"))
    ours = {app.label: app.name.replace(".", "/") for app in apps.get_app_configs() if app.name.startswith(FLOORS)}
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return sorted(
        (app, name) for app, name in on_disk if app in ours and f"{ours[app]}/migrations/{name}.py" not in first
    )


def faults(app: str, name: str) -> list[str]:
    """Return why the migration must not land."""
    loader = MigrationLoader(connections["owner"], replace_migrations=False)
    migration = loader.graph.nodes[app, name]
    sql = "\n".join(loader.collect_sql([(migration, False)]))
    allowed = getattr(migration, "allows", {})
    found = {*_locking_long(sql, is_atomic=migration.atomic), *_unreadable(sql)}
    in_vain = {f"it allows {rule}, which it does not break" for rule in set(allowed) - found}
    return [*_undeclared(migration), *sorted(found - set(allowed)), *sorted(in_vain)]


def _undeclared(migration: Migration) -> Iterator[str]:
    declared = getattr(migration, "readable_by", None)
    if declared is None:
        yield 'readable_by = "…" is missing: the oldest version that can work with the schema after it'
    elif as_numbers(declared) > as_numbers(sgoffice.__version__):
        yield f"readable_by names a version after this one: {declared}"


def _locking_long(sql: str, *, is_atomic: bool) -> Iterator[str]:
    """Yield the rules of squawk that the SQL breaks: what locks a table for as long as it takes to read it."""
    within = "--assume-in-transaction" if is_atomic else "--no-assume-in-transaction"
    command = [_SQUAWK, "--reporter", "json", "--pg-version", _OLDEST_POSTGRESQL, within, "--stdin-filepath", "it.sql"]
    done = subprocess.run(command, input=sql, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    for fault in json.loads(done.stdout):
        if fault["rule_name"] not in _NO_MATTER:
            yield fault["rule_name"]


def _unreadable(sql: str) -> Iterator[str]:
    """Yield the rules of django-migration-linter that the SQL breaks: what the version before cannot work with."""
    statements = [line for line in sql.splitlines() if not line.startswith("--")]
    errors, _, _ = analyse_sql_statements(get_sql_analyser_class("sgoffice.database", "postgresql"), statements, [])
    for issue in errors:
        yield issue.code
