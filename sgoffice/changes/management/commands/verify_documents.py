"""`verify_documents`: proves that stored documents are what would be rendered now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sgoffice import documents
from sgoffice.documents import publications


class Command(BaseCommand):
    """Renders every record and compares."""

    help = "Verify that every stored document equals the record as it would be rendered now."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each difference; fail when there is one."""
        found = [*documents.differences(), *publications.differences()]
        for kind, record_id in found:
            self.stderr.write(f"{kind} {record_id}: the stored document is not the record")
        if found:
            message = f"{len(found)} documents differ."
            raise CommandError(message)
        self.stdout.write("Every stored document is its record.")
