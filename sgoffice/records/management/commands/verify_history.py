"""`verify_history`: proves that nobody altered the history or the register behind its back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sgoffice.records import history


class Command(BaseCommand):
    """Compares the chain, the contents of entries, and every row with its last entry."""

    help = (
        "Verify the chain of history and every row against it. With --head FILE, the newest link that the file "
        "names must still be there; after a clean pass the file is brought up to date. Keep it on another machine."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the place where the head of the chain is kept."""
        parser.add_argument("--head", type=Path, metavar="FILE", help="where the head of the chain is kept")

    def handle(self, *args: Any, head: Path | None = None, **options: Any) -> None:
        """Print each fault; fail when there is one."""
        found = list(history.faults())
        if head and head.exists():
            position, _, digest = head.read_text(encoding="utf-8").strip().partition(" ")
            if not history.has_link(int(position), digest):
                found.append(history.Fault(f"link {position}", "it was cut off together with what came after it"))
        for fault in found:
            self.stderr.write(f"{fault.place}: {fault.detail}")
        if found:
            message = f"{len(found)} faults: the register is not what its history says."
            raise CommandError(message)
        position, digest = history.head()
        if head:
            head.write_text(f"{position} {digest}\n", encoding="utf-8")
        self.stdout.write(f"The history is whole: {position} transactions, head {digest or 'none'}.")
