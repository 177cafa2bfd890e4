"""`verify_documents`: proves that stored documents equal what would be rendered now."""

from django.core.management.base import BaseCommand, CommandError

from sgoffice import documents
from sgoffice.documents import publications


class Command(BaseCommand):
    help = "Render every record and compare it with its stored documents."

    def handle(self, *args: object, **options: object) -> None:
        found = [*documents.differences(), *publications.differences()]
        for kind, record_id in found:
            self.stderr.write(f"{kind} {record_id}: the stored document differs from the record")
        if found:
            message = f"{len(found)} documents differ."
            raise CommandError(message)
        self.stdout.write("Every stored document matches its record.")
