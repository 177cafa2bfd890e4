"""`migrate`: Django's, as the owner of the tables; then new columns enter history and the application gets rights."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections

from sgoffice.database import grants


class Command(migrate.Command):
    """Migrates through the alias `owner` unless another one is named."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the owner's connection for the default one."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then give rights."""
        super().handle(*args, **options)
        if not options.get("plan") and not options.get("check_unapplied"):
            _adopt_columns(options["database"])
            grants.grant_rights(options["database"], _application())


def _adopt_columns(alias: str) -> None:
    """Write the new columns of old rows into their history, or every such row would differ from its last entry."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT to_regproc('register_adopt_columns') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute("SELECT register_adopt_columns()")


def _application() -> str:
    """Return the role of the application as the server knows it; a URL need not name it."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])
