"""`render_documents`: stores the documents, staff's and partners', that are missing, stale or of an older program."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from sgoffice import documents
from sgoffice.changes import door
from sgoffice.documents import publications


class Command(BaseCommand):
    """Renders what is missing, stale, or of an older renderer."""

    help = "Render the documents that are missing, stale, or of an older renderer. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Render under the names lock, so that no writer stores at the same time; let writers in between batches."""
        count = 0
        for model, ids in documents.outdated():
            with transaction.atomic():
                door.lock_names_exclusively()
                documents.store_documents(model, ids)
            count += len(ids)
        for model, ids in publications.outdated():
            with transaction.atomic():
                door.lock_names_exclusively()
                publications.publish(model, ids)
            count += len(ids)
        if options["verbosity"]:
            self.stdout.write(f"{count} documents rendered.")
