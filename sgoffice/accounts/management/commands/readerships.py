"""`readerships`: lists who was named as a reader of which restricted records."""

from django.core.management.base import BaseCommand, CommandParser

from sgoffice.accounts import services
from sgoffice.accounts.models import User


class Command(BaseCommand):
    help = "List who is named as a reader of which records: user name, kind and reference, one a line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", nargs="?", help="only of this member of staff")

    def handle(self, *args: object, username: str | None, **options: object) -> None:
        staff = User.objects.order_by("username")
        for user in staff.filter(username=username) if username else staff:
            for entry in services.readerships_of(user.pk):
                self.stdout.write(f"{user.username} {entry.kind} {entry.reference or entry.pk}")
