"""`backup FILE`: a dump of the whole database with its manifest; `--verify` restores it beside and compares."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sgoffice.history.signing import UnusableKey
from sgoffice.redactions import services as redactions
from sgoffice.running import backups


class Command(BaseCommand):
    help = (
        "Write a backup of the whole database to FILE, and what it holds to FILE.manifest.json. The keys are apart: "
        "`backup_keys`."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a new file; with --verify also one that is there")
        parser.add_argument(
            "--verify", action="store_true", help="restore it into a database beside, compare all of it, and drop that"
        )
        parser.add_argument("--identity", type=Path, help="with --verify: the private key of an encrypted backup")

    def handle(self, *args: Any, file: Path, verify: bool, identity: Path | None, **options: Any) -> None:
        try:
            if not (verify and file.exists()):
                redactions.keep()
                made = backups.back_up(file)
                self.stdout.write(
                    f"{file}: {made.size >> 10} kB, {sum(rows for rows, _ in made.tables.values())} rows of "
                    f"{len(made.tables)} tables, history up to {made.position}."
                )
            if verify:
                checked = backups.verify(file, identity)
                self.stdout.write(
                    f"{file} was restored beside and holds what it held at {checked.made_at}, row by row."
                )
        except (backups.BackupFailed, UnusableKey, OSError) as error:
            raise CommandError(str(error)) from error
