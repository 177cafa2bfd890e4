"""`import FILE`: brings an archive of `export` into an empty register."""  # noqa: N999 - the command is called import

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sgoffice.archives.bringing import bring_archive
from sgoffice.archives.checks import opened
from sgoffice.archives.packages import PackageFailed


class Command(BaseCommand):
    help = (
        "Bring an archive into an empty, migrated register of the same or a later version, all of it or nothing, and "
        "compare every document. Staff choose new passwords; `first_staff` names who manages and who approves."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="an archive that `export` wrote")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with opened(file) as archive:
                counts = bring_archive(archive)
        except PackageFailed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{sum(counts.values())} records as of {archive.manifest['made_at']}, each document as it was. Name who "
            "manages and who approves: `first_staff`. Partners need new credentials, and begin with the snapshot."
        )
