"""`restore_keys FILE`: puts back the keys that `backup_keys` kept, before the first start of another machine."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sgoffice.running import key_files
from sgoffice.settings.environment import read_environment


class Command(BaseCommand):
    help = "Put the keys of FILE where this machine looks for them; other ones are set aside beside them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, help="the private key of encrypted keys")

    def handle(self, *args: Any, file: Path, identity: Path | None, **options: Any) -> None:
        try:
            put = key_files.put_back(file, read_environment().state, identity)
        except key_files.KeysNotKept as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{', '.join(put)} put back.")
