"""`repeat_redactions`: after a restore, carries out what the backup had not erased; `restore` calls it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sgoffice.history.signing import UnusableKey
from sgoffice.redactions import services


class Command(BaseCommand):
    help = "Carry out again the redactions on the list beside the checkpoints that a restored backup has not."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done, failed = services.repeat_all()
        except (services.Unreadable, UnusableKey, OSError) as error:
            raise CommandError(f"Do not serve this register: {error}") from error
        for one in done:
            self.stdout.write(f"{one.reference} was carried out again.")
        if failed:
            raise CommandError("\n".join(["Do not serve this register: it has what was erased.", *failed]))
