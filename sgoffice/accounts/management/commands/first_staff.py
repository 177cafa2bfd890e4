"""`first_staff`: names who manages staff and who approves in a register that has nobody who could."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.records.errors import RegisterError


class Command(BaseCommand):
    help = (
        "Name the first administrator and two approvers, and print for each an address to choose a password at. Later "
        "it names one more where no administrator or fewer than two approvers can sign in. Who is named so stands in "
        "the history of staff."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--administrator", default="", metavar="USERNAME", help="who manages staff")
        parser.add_argument(
            "--approver", action="append", default=[], metavar="USERNAME", help="twice in a new register"
        )
        parser.add_argument("--address", default="", help="the address of the register, as https://register.example")

    def handle(self, *args: object, administrator: str, approver: list[str], address: str, **options: object) -> None:
        if not administrator and not approver:
            raise CommandError("Say whom: --administrator USERNAME, --approver USERNAME, or both.")
        try:
            named = services.name_first_staff(administrator, approver, at=timezone.now())
        except RegisterError as error:
            raise CommandError(error.detail) from None
        for user in named:
            self.stdout.write(f"{user.role} {user.username}: ", ending="")
            call_command("password_link", user.username, address=address, stdout=self.stdout)
