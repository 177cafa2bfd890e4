"""`password_link USERNAME`: prints an address at which that member of staff chooses a password."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.accounts.models import User
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import RegisterError


class Command(BaseCommand):
    help = (
        "Print an address at which USERNAME chooses a password. It works once, for three days: hand it to that person "
        "alone. Their password and all sign-ins end when they choose."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--address", default="", help="the address of the register, as https://register.example")

    def handle(self, *args: object, username: str, address: str, **options: object) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user {username}: invite them in the admin first.")
        try:
            secret = services.issue_password_link(user.pk, by=OFFICE, at=timezone.now())
        except RegisterError as error:
            raise CommandError(error.detail) from None
        place = address.rstrip("/") or _own_address()
        self.stdout.write(place + reverse("choose-password", kwargs={"secret": secret}))


def _own_address() -> str:
    """Return the address by which this register is reached, as far as its settings tell."""
    names = [name for name in settings.ALLOWED_HOSTS if name not in {"*", "127.0.0.1", "[::1]", "localhost"}]
    if settings.SESSION_COOKIE_SECURE and names:
        return f"https://{names[0].removeprefix('.')}"
    return "http://127.0.0.1:8000"
