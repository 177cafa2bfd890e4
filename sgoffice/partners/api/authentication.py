"""Authentication of partners. The exchange accepts only their tokens, and nothing else accepts these."""

from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from sgoffice.api import bearer, guesses
from sgoffice.api.addresses import address_of
from sgoffice.documents.publications import publications
from sgoffice.partners.services import AuthenticatedPartner, find_partner_by_token, was_issued


class PartnerTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer …` with a token from `POST /oauth/token` (RFC 6750)."""

    def authenticate(self, request: Request) -> tuple[AuthenticatedPartner, None] | None:
        """Return the partner; raises AuthenticationFailed (401) for an unknown, expired or revoked token."""
        secret, address, now = bearer.token_in(request), address_of(request), timezone.now()
        if secret is None:
            return None
        guesses.require_turn(address, secret)
        partner = find_partner_by_token(secret, at=now)
        if partner is None:
            if not was_issued(secret):
                guesses.note_wrong(address, at=now)
            raise AuthenticationFailed("This token is unknown, expired or revoked. Request a new one at /oauth/token.")
        guesses.note_right(secret)
        return partner, None

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="partner"'


class PartnerScheme(OpenApiAuthenticationExtension):
    """The security scheme of partner tokens in the API document."""

    target_class = "sgoffice.partners.api.authentication.PartnerTokenAuthentication"
    name = "partner"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        scopes = {kind: f"Records of kind {kind}." for kind in sorted(publications())}
        flow = {"tokenUrl": "/api/v1/oauth/token", "scopes": scopes}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}
