"""Authentication of partners. The exchange accepts only their tokens, and nothing else accepts these."""

from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request

from sgoffice.api import bearer, guesses
from sgoffice.api.addresses import address_of
from sgoffice.documents.publications import publications
from sgoffice.partners.services import AuthenticatedPartner, find_partner_by_token, was_issued

_ADVICE = (
    "Request a token at /api/v1/oauth/token with your client id and secret, and send it as `Authorization: Bearer …`."
)
#: What else people send as a token, by its first letters.
_NOT_TOKENS = {
    "sgs_": "This is a client secret, and no token.",
    "sgo_": "This is a token of a member of staff: it does not open the exchange.",
}


class NoToken(NotAuthenticated):
    """A request of the exchange without a token."""

    advice = _ADVICE


class UnknownToken(AuthenticationFailed):
    """A token that opens nothing; it says so of what is none at all by its first letters, and looks nothing up."""

    advice = _ADVICE

    def __init__(self, secret: str) -> None:
        super().__init__(_NOT_TOKENS.get(secret[:4], "This token is unknown, expired or revoked."))


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
            raise UnknownToken(secret)
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
