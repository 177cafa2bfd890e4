"""Authentication of staff: passwords, sessions, bearer tokens and calendar links."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password, verify_password
from django.http import HttpRequest
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotFound, PermissionDenied
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from sgoffice.accounts import services
from sgoffice.accounts.models import AccessToken, CalendarLink, User
from sgoffice.accounts.vocabulary import Scope
from sgoffice.api import bearer, guesses
from sgoffice.api.addresses import address_of

_LONGEST_TOKEN = 200


class StaffBackend(BaseBackend):
    """Members of staff by user name and password. Rights come from their role, never from Django's permissions."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **others: Any
    ) -> User | None:
        """Return who signs in; None for a wrong password, somebody inactive or unknown, after the same work."""
        user = User.objects.filter(username=username or "").first()
        if user is None:
            make_password(password)
            return None
        is_right, is_outdated = verify_password(password or "", user.password)
        if not is_right or not services.may_sign_in(user):
            return None
        if is_outdated:
            services.hash_anew(user, password or "")
            user.refresh_from_db()
        return user

    def get_user(self, user_id: Any) -> User | None:
        """Return who signed in before; None if they no longer may."""
        user = User.objects.filter(pk=user_id).first()
        return user if user is not None and services.may_sign_in(user) else None


class BearerTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer …` with a token of a member of staff (RFC 6750)."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        """Return user and token; raises AuthenticationFailed (401) if it is unknown, expired or revoked.

        A token of a partner is refused as such (403), whether it is valid or not.
        """
        secret, address, now = bearer.token_in(request), address_of(request), timezone.now()
        if secret is None:
            return None
        if bearer.is_of_partner(secret):
            raise bearer.NotForPartners
        guesses.require_turn(address, secret)
        token = services.find_token(secret, at=now)
        if token is None:
            guesses.note_wrong(address, at=now)
            raise AuthenticationFailed("This token is unknown, expired or revoked: issue another one.")
        guesses.note_right(secret)
        if token.scope == Scope.READ and request.method not in SAFE_METHODS:
            raise PermissionDenied("This token only reads: issue one with the scope `write`.")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="register"'


class CalendarLinkAuthentication(BaseAuthentication):
    """The secret in the address of a calendar link: the only credential that a calendar program can send."""

    def authenticate(self, request: Request) -> tuple[User, CalendarLink]:
        """Return user and link; raises NotFound (404) if the link is unknown or revoked."""
        secret = str(request.parser_context["kwargs"]["secret"])[:_LONGEST_TOKEN]
        address, now = address_of(request), timezone.now()
        guesses.require_turn(address, secret)
        link = services.use_calendar_link(secret, at=now)
        if link is None:
            guesses.note_wrong(address, at=now)
            raise NotFound("There is no such calendar: create another link.")
        guesses.note_right(secret)
        return link.user, link


class StaffSessionAuthentication(SessionAuthentication):
    """The session of the admin; writes need its CSRF token."""


class BearerScheme(OpenApiAuthenticationExtension):
    """Bearer tokens in the API document."""

    target_class = "sgoffice.accounts.authentication.BearerTokenAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "`python3 manage.py issue_token USERNAME` prints one.",
        }


class SessionScheme(OpenApiAuthenticationExtension):
    """Sessions in the API document."""

    target_class = "sgoffice.accounts.authentication.StaffSessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "Sign in at /admin/."}
