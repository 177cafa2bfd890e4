"""`accept_key`: makes the secret key of this machine the register's, after it was changed or lost on purpose."""

from typing import Any

from django.core.management.base import BaseCommand

from sgoffice.database import secret_key


class Command(BaseCommand):
    help = (
        "Take the secret key of this machine for the register's, after it was changed or lost. Partners begin "
        "again with the snapshot, and staff sign in again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if secret_key.accept():
            self.stdout.write(
                "The key of this machine is the register's now. Cursors and sign-ins of before are invalid: partners "
                "get 410 with the address of the snapshot. Give other machines the same key before they start."
            )
        else:
            self.stdout.write("The key of this machine is the register's already; nothing was changed.")
