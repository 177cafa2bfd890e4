"""`verify_history`: proves that nobody altered the history, or the register without it."""

import re
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sgoffice import history
from sgoffice.changes import integrity


class Command(BaseCommand):
    help = (
        "Verify the chain of history, and every row against its last item. With --head FILE, the newest link named in "
        "the file must still exist; after a clean run the file is updated. Keep it on another machine."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", type=Path, metavar="FILE", help="file that keeps the head of the chain")

    def handle(self, *args: object, head: Path | None = None, **options: object) -> None:
        found = list(integrity.faults())
        if head and head.exists():
            position, digest = _read_head(head)
            if not history.has_link(position, digest):
                found.append(history.Fault(f"link {position}", "it was cut off with everything after it"))
        for fault in found:
            self.stderr.write(f"{fault.place}: {fault.detail}")
        if found:
            message = f"{len(found)} faults: the register does not match its history."
            raise CommandError(message)
        position, digest = history.head()
        if head:
            made = head.with_name(f"{head.name}.new")
            made.write_text(f"{position} {digest}\n", encoding="utf-8")
            made.replace(head)
        self.stdout.write(f"The history is intact: {position} transactions, head {digest or 'none'}.")
        for actor, count in history.migrated().items():
            self.stdout.write(f"Written by {actor}: {count} rows.")


def _read_head(head: Path) -> tuple[int, str]:
    """Return position and hash from the file; raises CommandError if it is malformed."""
    match = re.fullmatch(r"(\d+) ([0-9a-f]*)\s*", head.read_text(encoding="utf-8"), re.ASCII)
    if match is None:
        message = (
            f"{head} does not hold the head of a history: find out why, then remove it or restore it from a backup."
        )
        raise CommandError(message)
    return int(match[1]), match[2]
