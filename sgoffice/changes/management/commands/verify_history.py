"""`verify_history`: proves that nobody altered the history, or the register without it."""

import re
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sgoffice import history
from sgoffice.changes import integrity
from sgoffice.history import checkpoints, signing


class Command(BaseCommand):
    help = (
        "Verify the chain of history, every row against its last item, who may see it, the triggers that write it, and "
        "all of it against the signed checkpoints. After a clean run the next checkpoint is written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            type=Path,
            metavar="FILE",
            help="a file that keeps the head of the chain: its link must still exist; updated when all is well",
        )
        parser.add_argument(
            "--public-key", type=Path, metavar="FILE", help="verify checkpoints with this key instead of one's own"
        )
        parser.add_argument(
            "--accept",
            metavar="REASON",
            default="",
            help="sign what was found into the next checkpoint, with this reason, and report it no more: after a "
            "restored backup or a repair by hand. Everybody sees it there",
        )

    def handle(
        self,
        *args: object,
        head: Path | None = None,
        public_key: Path | None = None,
        accept: str = "",
        **options: object,
    ) -> None:
        try:
            found = integrity.faults(signing.public_key(public_key) if public_key else None)
        except (signing.UnusableKey, checkpoints.Unsound) as error:
            raise CommandError(str(error)) from error
        if head and head.exists():
            position, digest = _read_head(head)
            if not history.has_link(position, digest):
                found.append(history.Fault(f"link {position}", "it was cut off with everything after it"))
        for fault in found:
            self.stderr.write(f"{fault.place}: {fault.detail}")
        if found and not accept:
            message = f"{len(found)} faults: the register does not match its history."
            raise CommandError(message)
        self._conclude(found, accept, is_own=public_key is None)
        if head:
            _keep_head(head)

    def _conclude(self, found: list[history.Fault], accept: str, *, is_own: bool) -> None:
        position, digest = history.head()
        if found:
            self.stdout.write(f"Accepted: {len(found)} faults, because: {accept}")
        else:
            self.stdout.write(f"The history is intact: {position} transactions, head {digest or 'none'}.")
        for actor, count in history.migrated().items():
            self.stdout.write(f"Written by {actor}: {count} rows.")
        if is_own:
            try:
                made = checkpoints.write(at=timezone.now(), accepted=found, reason=accept)
            except OSError as error:
                message = f"No checkpoint can be written in {checkpoints.folder()}: {error.strerror}."
                raise CommandError(message) from error
            self.stdout.write(f"Checkpoint {made.number} is in {checkpoints.folder()}.")


def _keep_head(head: Path) -> None:
    position, digest = history.head()
    made = head.with_name(f"{head.name}.new")
    made.write_text(f"{position} {digest}\n", encoding="utf-8")
    made.replace(head)


def _read_head(head: Path) -> tuple[int, str]:
    """Return position and hash from the file; raises CommandError if it is malformed."""
    match = re.fullmatch(r"(\d+) ([0-9a-f]*)\s*", head.read_text(encoding="utf-8"), re.ASCII)
    if match is None:
        message = (
            f"{head} does not hold the head of a history: find out why, then remove it or restore it from a backup."
        )
        raise CommandError(message)
    return int(match[1]), match[2]
