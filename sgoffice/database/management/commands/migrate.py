"""`migrate`: Django's, as the role that owns the tables; afterwards the application's role gets its rights."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands import migrate

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
            grants.give(options["database"], settings.DATABASES["default"]["USER"])
