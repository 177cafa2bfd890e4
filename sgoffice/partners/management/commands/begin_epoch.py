"""`begin_epoch`: after a restore by copying files, makes every cursor of partners lead to the snapshot."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections


class Command(BaseCommand):
    """Begins a new life of the register, as far as partners' cursors are concerned."""

    help = "Refuse all cursors that partners have, so that they begin anew; after the files of a backup were put back."

    def handle(self, *args: Any, **options: Any) -> None:
        """Change the epoch, as the owner of the tables."""
        with connections["owner"].cursor() as cursor:
            cursor.execute("UPDATE feed_epoch SET epoch = gen_random_uuid()")
        self.stdout.write("Every partner begins anew with the snapshot.")
