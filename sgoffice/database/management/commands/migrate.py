"""`migrate`: Django's command as the owner of the tables, on a database that may be in use (upgrades.py).

Afterwards new columns are added to history, and the application gets its rights. That all of it was done is noted
(completion.py), so that the next start need not do it again.
"""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from sgoffice.database import completion, grants, limits, schema, upgrades


class Command(migrate.Command):
    """Uses the alias `owner` by default."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")
        parser.add_argument(
            "--patience", type=float, default=upgrades.PATIENCE, metavar="SECONDS",
            help="how long to retry while other sessions hold locks (default %(default).0f)",
        )  # fmt: skip

    def handle(self, *args: Any, patience: float = upgrades.PATIENCE, **options: Any) -> None:
        alias = options["database"]
        is_pooled = connections["default"].settings_dict.get("IS_POOLED", False)
        if is_pooled:
            _require_own_way(alias)
        upgrades.require_upgradable(connections[alias])
        if options.get("plan") or options.get("check_unapplied"):
            super().handle(*args, **options)
            return

        def migrate_all() -> None:
            _announce_schema(alias)
            super(Command, self).handle(*args, **options)
            _announce_schema(alias)
            _adopt_columns(alias)
            grants.grant_rights(alias, _application())

        upgrades.patiently(migrate_all, connections[alias], patience=patience, say=self.stderr.write)
        if is_pooled:
            limits.give_to_role("default")
        if not _is_partial(options):
            completion.note(alias)


def _is_partial(options: dict[str, Any]) -> bool:
    """Tell whether only some migrations were asked for, or none were to be carried out in earnest."""
    return bool(options.get("app_label") or options.get("fake") or options.get("fake_initial"))


def _require_own_way(alias: str) -> None:
    """Raise CommandError if the owner comes through the pooler too: migrations lock and set things for a session."""
    places = [
        (settings["HOST"], settings["PORT"]) for settings in map(_settings_of, ("default", alias)) if settings["HOST"]
    ]
    if len(places) != len(set(places)):
        message = (
            "Migrations cannot go through a pooler in transaction mode: name the same database in DATABASE_OWNER_URL, "
            "at the address of PostgreSQL itself."
        )
        raise CommandError(message)


def _settings_of(alias: str) -> Any:
    return connections[alias].settings_dict


def _announce_schema(alias: str) -> None:
    """Record the new schema for programs of other versions, before migrating; a new database has none of them."""
    if "database_schema" in connections[alias].introspection.table_names():
        ours = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
        schema.announce(connections[alias], ours)


def _adopt_columns(alias: str) -> None:
    """Add new columns of existing rows to their history; otherwise each row would differ from its last item."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT to_regproc('register_adopt_columns') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute("SELECT register_adopt_columns()")


def _application() -> str:
    """Return the role of the application, which the URL need not name."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])
