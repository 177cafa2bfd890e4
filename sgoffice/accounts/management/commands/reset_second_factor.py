"""`reset_second_factor USERNAME`: for an office in which nobody else could propose or approve it."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.accounts.models import User
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import RegisterError


class Command(BaseCommand):
    help = "Take the second factors of USERNAME away; history names the operator of the server."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: object, username: str, **options: object) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            message = f"There is no user {username}."
            raise CommandError(message)
        try:
            services.reset_second_factor(user.pk, by=OFFICE, at=timezone.now())
        except RegisterError as error:
            raise CommandError(error.detail) from None
        self.stdout.write(f"{username} sets up another second factor at the next sign-in.")
