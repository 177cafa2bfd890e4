"""`issue_token USERNAME`: prints a bearer token, for scripts and first steps."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.accounts.models import User
from sgoffice.accounts.vocabulary import Scope
from sgoffice.records.errors import RegisterError


class Command(BaseCommand):
    help = "Issue a bearer token for USERNAME and print it, nothing else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="command line", help="what the token is for")
        parser.add_argument("--scope", default=Scope.WRITE, choices=[Scope.READ, Scope.WRITE], help="what it may do")
        parser.add_argument("--days", type=int, default=90, help="how many days it is valid")

    def handle(self, *args: object, username: str, name: str, scope: str, days: int, **options: object) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            known = ", ".join(User.objects.order_by("username").values_list("username", flat=True)[:10])
            message = f"There is no user {username}. Users: {known or 'none yet'}."
            raise CommandError(message)
        try:
            lifetime = timedelta(days=days)
            token = services.issue_token(user, name=name, scope=scope, at=timezone.now(), lifetime=lifetime)
        except RegisterError as error:
            raise CommandError(error.detail) from None
        self.stdout.write(token)
