"""Bearer token or session → User."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from sgoffice.accounts.models import AccessToken, User
from sgoffice.accounts.services import digest_of

_PRECISION = timedelta(minutes=1)
_LONGEST_TOKEN = 200


class BearerTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer …` with a token of a member of staff (RFC 6750)."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        """Return user and token; raises AuthenticationFailed (401) for one that is unknown, expired or revoked."""
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        now = timezone.now()
        token = (
            AccessToken.objects.select_related("user").filter(digest=digest_of(given.strip()[:_LONGEST_TOKEN])).first()
        )
        if token is None or token.revoked_at or token.expires_at <= now or not token.user.is_active:
            raise AuthenticationFailed("This token is unknown, expired or revoked: issue another one.")
        if token.last_used_at is None or now - token.last_used_at > _PRECISION:
            AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for."""
        return 'Bearer realm="register"'


class StaffSessionAuthentication(SessionAuthentication):
    """The session of somebody who signed in to the admin; writes need its CSRF token."""


class BearerScheme(OpenApiAuthenticationExtension):
    """How the API document speaks of bearer tokens."""

    target_class = "sgoffice.accounts.authentication.BearerTokenAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the security scheme."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "`python3 manage.py issue_token USERNAME` prints one.",
        }


class SessionScheme(OpenApiAuthenticationExtension):
    """How the API document speaks of sessions."""

    target_class = "sgoffice.accounts.authentication.StaffSessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the security scheme."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "Sign in at /admin/."}
