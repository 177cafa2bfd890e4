"""Authentication of staff: bearer tokens, sessions and calendar links."""

from django.db import connection
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotFound
from rest_framework.request import Request

from sgoffice.accounts.models import AccessToken, CalendarLink, User
from sgoffice.accounts.services import LAST_USE_PRECISION, digest_of, use_calendar_link

_LONGEST_TOKEN = 200


class BearerTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer …` with a token of a member of staff (RFC 6750)."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        """Return user and token; raises AuthenticationFailed (401) if it is unknown, expired or revoked."""
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        now = timezone.now()
        token = _token_of(digest_of(given.strip()[:_LONGEST_TOKEN]))
        if token is None or token.revoked_at or token.expires_at <= now or not token.user.is_active:
            raise AuthenticationFailed("This token is unknown, expired or revoked: issue another one.")
        if token.last_used_at is None or now - token.last_used_at > LAST_USE_PRECISION:
            AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="register"'


def _token_of(digest: bytes) -> AccessToken | None:
    """Return the token with its user in one prepared statement: five times as fast as through the ORM."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [digest])
        row = cursor.fetchone()
    if row is None:
        return None
    token = AccessToken.from_db(connection.alias, _TOKEN_FIELDS, row[: len(_TOKEN_FIELDS)])
    token.user = User.from_db(connection.alias, _USER_FIELDS, row[len(_TOKEN_FIELDS) :])
    return token


_TOKEN_FIELDS = [field.attname for field in AccessToken._meta.concrete_fields]
_USER_FIELDS = [field.attname for field in User._meta.concrete_fields]
_COLUMNS = ", ".join(
    f"{table}.{field.column}"
    for table, model in (("t", AccessToken), ("u", User))
    for field in model._meta.concrete_fields
)
_FIND = f"SELECT {_COLUMNS} FROM accounts_accesstoken t JOIN accounts_user u ON u.id = t.user_id WHERE t.digest = %s"


class CalendarLinkAuthentication(BaseAuthentication):
    """The secret in the address of a calendar link: the only credential that a calendar program can send."""

    def authenticate(self, request: Request) -> tuple[User, CalendarLink]:
        """Return user and link; raises NotFound (404) if the link is unknown or revoked."""
        secret = str(request.parser_context["kwargs"]["secret"])[:_LONGEST_TOKEN]
        link = use_calendar_link(secret, at=timezone.now())
        if link is None:
            raise NotFound("There is no such calendar: create another link.")
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
