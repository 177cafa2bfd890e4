"""`write_public_register FOLDER`: writes the site of the public register, whole or not at all."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from engagements.public_register import services


class Command(BaseCommand):
    help = (
        "Write the site of the public register into FOLDER: what two people published, as it is today. `current` in it "
        "is what a web server serves; it is replaced in one step."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder")

    def handle(self, *args: object, folder: str, **options: object) -> None:
        site = services.site_now()
        try:
            written = services.write_site(Path(folder), services.pages_of(site))
        except OSError as error:
            raise CommandError(f"The site cannot be written to {folder}: {error}") from None
        done = "written" if written.is_new else "unchanged"
        self.stdout.write(f"{written.site}: {done}, {len(site.lines)} entries, {len(site.withdrawn)} withdrawn.")
