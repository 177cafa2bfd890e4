"""`export FILE`: everything that people entered, in one archive that another register takes in."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sgoffice.archives.packages import PackageFailed
from sgoffice.archives.writing import write_archive


class Command(BaseCommand):
    help = (
        "Write the whole register, restricted records and files included, into an archive that its user alone can "
        "read: JSON lines, their schemas, the history, and a manifest. The trace tells of it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a new file, such as register.zip")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            counts = write_archive(file, at=timezone.now())
        except PackageFailed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file}: {file.stat().st_size >> 10} kB, {sum(counts.values())} records.")
