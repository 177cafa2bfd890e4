"""`backup_keys FILE`: the keys of this machine, to be kept apart from backups."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sgoffice.running import key_files


class Command(BaseCommand):
    help = "Write the secret key and the key of checkpoints to a new FILE. Keep it apart from backups."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            kept = key_files.keep(file)
        except key_files.KeysNotKept as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file}: {', '.join(kept)}. Whoever reads it can sign in as anybody: keep it apart.")
