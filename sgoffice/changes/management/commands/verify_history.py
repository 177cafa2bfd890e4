"""`verify_history`: proves that nobody altered the history or the register behind its back."""

import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sgoffice import history


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
            position, digest = _kept(head)
            if not history.has_link(position, digest):
                found.append(history.Fault(f"link {position}", "it was cut off together with what came after it"))
        for fault in found:
            self.stderr.write(f"{fault.place}: {fault.detail}")
        if found:
            message = f"{len(found)} faults: the register is not what its history says."
            raise CommandError(message)
        position, digest = history.head()
        if head:
            made = head.with_name(f"{head.name}.new")
            made.write_text(f"{position} {digest}\n", encoding="utf-8")
            made.replace(head)
        self.stdout.write(f"The history is whole: {position} transactions, head {digest or 'none'}.")


def _kept(head: Path) -> tuple[int, str]:
    """Return position and hash from the file; raises CommandError when it holds none."""
    match = re.fullmatch(r"(\d+) ([0-9a-f]*)\s*", head.read_text(encoding="utf-8"), re.ASCII)
    if match is None:
        message = f"{head} holds no head of a history: find out why, then remove it or bring it back from a backup."
        raise CommandError(message)
    return int(match[1]), match[2]
