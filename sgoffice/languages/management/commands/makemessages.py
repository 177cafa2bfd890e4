"""`manage.py makemessages`: bring the catalogues in step with the pages, without GNU gettext."""

from typing import Any

from django.core.management.base import BaseCommand

from sgoffice.languages.catalogues import compiled, path_of, read_catalogue, write_catalogue
from sgoffice.languages.extraction import in_step, messages, offered


class Command(BaseCommand):
    """Write each catalogue anew: what is said, its translations as they were, and what is added by hand."""

    help = "Bring the catalogues of messages in step with the code; what is new is left to be translated."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write and compile the catalogues, and say what is missing."""
        said = messages()
        for language in offered():
            path = path_of(language)
            known = read_catalogue(path) if path.exists() else {}
            found = in_step(known, said)
            write_catalogue(path, found, said, language)
            path_of(language, "mo").write_bytes(compiled(found, language))
            missing = [english for english, text in found.items() if not text]
            self.stdout.write(f"{language}: {len(found)} messages, {len(missing)} to be translated")
            for english in missing:
                self.stdout.write(f"  {english!r}")
