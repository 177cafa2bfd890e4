"""`register_partner_key NAME`: registers the public key with which a partner signs in."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sgoffice.partners import services
from sgoffice.partners.models import Partner
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import RegisterError


class Command(BaseCommand):
    """Registers a key of a partner's system."""

    help = "Register the public key (a JWK, read from standard input) of the partner NAME (its short name)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the partner."""
        parser.add_argument("name", help="the short name of the partner")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        """Register the key."""
        partner = Partner.objects.filter(slug=name).first()
        if partner is None:
            message = f"There is no partner {name}."
            raise CommandError(message)
        try:
            jwk = json.load(sys.stdin)
            kept = services.register_key(partner.pk, jwk, by=OFFICE, at=timezone.now())
        except (ValueError, AttributeError):
            message = "This is no JWK: a JSON object (RFC 7517)."
            raise CommandError(message) from None
        except RegisterError as error:
            raise CommandError(error.detail) from None
        self.stdout.write(f"{partner.slug} signs in with the key …{kept.hint} until {kept.expires_at:%Y-%m-%d}.")
