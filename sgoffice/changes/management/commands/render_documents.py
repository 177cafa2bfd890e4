"""`render_documents`: renders the documents of staff and partners that are missing, stale or outdated."""

from django.core.management.base import BaseCommand
from django.db import transaction

from sgoffice import documents
from sgoffice.changes import door
from sgoffice.documents import publications


class Command(BaseCommand):
    help = "Render the documents that are missing, stale or made by an older renderer. Safe to repeat."

    def handle(self, *args: object, verbosity: int = 1, **options: object) -> None:
        # under the names lock no writer stores at the same time; writers come in between batches
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
        if verbosity:
            self.stdout.write(f"{count} documents rendered.")
