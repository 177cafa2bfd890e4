"""`issue_partner_secret NAME`: prints the credentials of a partner, once."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sgoffice.partners import services
from sgoffice.partners.models import Partner
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import RegisterError


class Command(BaseCommand):
    """Issues a secret for a partner's system."""

    help = "Print client id and a new secret of the partner NAME (its short name), as commands of a shell."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the partner."""
        parser.add_argument("name", help="the short name of the partner")
        parser.add_argument("--days", type=int, default=366, help="how long it lives")

    def handle(self, *args: Any, name: str, days: int, **options: Any) -> None:
        """Issue and print the secret."""
        partner = Partner.objects.filter(slug=name).first()
        if partner is None:
            known = ", ".join(Partner.objects.order_by("slug").values_list("slug", flat=True)[:10])
            message = f"There is no partner {name}; there are: {known or 'none yet'}."
            raise CommandError(message)
        try:
            lifetime = timedelta(days=days)
            _, secret = services.issue_secret(partner.pk, by=OFFICE, at=timezone.now(), lifetime=lifetime)
        except RegisterError as error:
            raise CommandError(error.detail) from None
        self.stdout.write(f"export CLIENT_ID={partner.slug}\nexport CLIENT_SECRET={secret}")
