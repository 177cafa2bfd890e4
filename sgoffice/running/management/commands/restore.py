"""`restore FILE`: puts a backup into an empty register, and verifies it before anybody is served."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sgoffice import history
from sgoffice.database import secret_key
from sgoffice.running import backups


class Command(BaseCommand):
    help = (
        "Restore a backup into an empty database, compare it row by row with its manifest, upgrade it to this version, "
        "erase again what was erased since, and verify its history. Partners begin again with the snapshot."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a backup that `backup` made; its manifest lies beside it")
        parser.add_argument("--identity", type=Path, help="the private key of an encrypted backup")

    def handle(self, *args: Any, file: Path, identity: Path | None, **options: Any) -> None:
        try:
            manifest = backups.read_manifest(file)
            backups.restore_into(backups.owners_database(), file, manifest, identity)
        except backups.BackupFailed as error:
            raise CommandError(str(error)) from error
        call_command("migrate", verbosity=0, interactive=False)
        call_command("begin_epoch", stdout=self.stdout)
        call_command("repeat_redactions", stdout=self.stdout)
        found = [f"{fault.place}: {fault.detail}" for fault in history.faults()]
        if found:
            raise CommandError(
                "\n".join(["Its history has faults; do not serve it before they are explained.", *found])
            )
        self.stdout.write(
            f"Restored as of {manifest.made_at} (version {manifest.version}), row by row; history up to "
            f"{manifest.position} verifies."
        )
        if manifest.checkpoint is not None:
            self.stdout.write(
                f"The newest checkpoint was {manifest.checkpoint}. If there are later ones, `verify_history` names "
                "what they saw and the backup has not, and `verify_history --accept REASON` signs that it was restored."
            )
        if manifest.key != secret_key.fingerprint():
            self.stdout.write(
                "This machine has another key than the register had. `restore_keys` puts back what `backup_keys` kept; "
                "without it, `accept_key`: staff sign in again."
            )
