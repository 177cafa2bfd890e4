"""`backup_identity FILE`: a private key that reads encrypted backups, and its public key for the setting."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sgoffice.running import sealing


class Command(BaseCommand):
    help = "Write a new private key to FILE and print its public key. Run it where backups are restored, not here."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a new file, of the form that age-keygen writes")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            public = sealing.make_identity(file)
        except sealing.UnusableSeal as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"SGOFFICE_BACKUP_RECIPIENTS={public}")
        self.stdout.write(
            f"Keep {file} away from the register: who has it reads every backup, and without it nobody does."
        )
