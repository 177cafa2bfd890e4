"""A partner's token → the partner. Nothing of staff opens the exchange, and a partner's token opens nothing else."""

from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from sgoffice.partners.services import SignedIn, partner_of

_LONGEST_TOKEN = 200


class PartnerTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer …` with a token from `POST /oauth/token` (RFC 6750)."""

    def authenticate(self, request: Request) -> tuple[SignedIn, None] | None:
        """Return the partner; raises AuthenticationFailed (401) for a token that is unknown, expired or revoked."""
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        partner = partner_of(given.strip()[:_LONGEST_TOKEN], at=timezone.now())
        if partner is None:
            raise AuthenticationFailed("This token is unknown, expired or revoked: ask for another at /oauth/token.")
        return partner, None

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for."""
        return 'Bearer realm="partner"'


class PartnerScheme(OpenApiAuthenticationExtension):
    """How the API document speaks of partners' tokens."""

    target_class = "sgoffice.partners.api.authentication.PartnerTokenAuthentication"
    name = "partner"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the security scheme."""
        flow = {"tokenUrl": "/api/v1/oauth/token", "scopes": {}}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}
