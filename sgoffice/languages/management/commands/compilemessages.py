"""`manage.py compilemessages`: compile the catalogues, without GNU gettext."""

from typing import Any

from django.core.management.base import BaseCommand

from sgoffice.languages.catalogues import compiled, path_of, read_catalogue
from sgoffice.languages.extraction import offered


class Command(BaseCommand):
    """Write the .mo file beside each .po file."""

    help = "Compile the catalogues of messages that pages are translated by."

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile them all."""
        for language in offered():
            path_of(language, "mo").write_bytes(compiled(read_catalogue(path_of(language)), language))
            self.stdout.write(f"{language}: compiled")
