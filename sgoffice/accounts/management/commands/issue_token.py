"""`issue_token USERNAME`: prints a bearer token and nothing else, for scripts and for the first steps."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.accounts.models import User
from sgoffice.records.errors import RegisterError


class Command(BaseCommand):
    """Issues a token for a member of staff."""

    help = "Print a new bearer token of USERNAME, and nothing else."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the user, and what the token is for."""
        parser.add_argument("username")
        parser.add_argument("--name", default="command line", help="what the token is for")
        parser.add_argument("--days", type=int, default=90, help="how long it lives")

    def handle(self, *args: Any, username: str, name: str, days: int, **options: Any) -> None:
        """Issue and print the token."""
        user = User.objects.filter(username=username).first()
        if user is None:
            known = ", ".join(User.objects.order_by("username").values_list("username", flat=True)[:10])
            message = f"There is no {username}; there are: {known or 'nobody yet'}."
            raise CommandError(message)
        try:
            token = services.issue_token(user, name=name, at=timezone.now(), lifetime=timedelta(days=days))
        except RegisterError as error:
            raise CommandError(error.detail) from None
        self.stdout.write(token)
