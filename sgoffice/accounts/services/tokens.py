"""Bearer tokens, with which the programs of staff sign in."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sgoffice.accounts.models import AccessToken, User
from sgoffice.accounts.services.staff import require_active
from sgoffice.records.errors import InvalidEntry, UnknownRecord

LONGEST_LIFETIME = timedelta(days=366)
PREFIX = "sgo_"
#: How precisely the last use is stored.
LAST_USE_PRECISION = timedelta(minutes=1)


def issue_token(user: User, *, name: str, at: datetime, lifetime: timedelta = timedelta(days=90)) -> str:
    """Issue a bearer token and return it; it cannot be read back later.

    Raises InvalidEntry without a name or for more than a year, RuleViolation for an inactive user.
    """
    if not name.strip():
        raise InvalidEntry([("/name", "Say what the token is for.")])
    if not timedelta(0) < lifetime <= LONGEST_LIFETIME:
        raise InvalidEntry([("/expires_at", "A token is valid for a year at most.")])
    require_active(user)
    token = PREFIX + secrets.token_urlsafe(32)
    AccessToken.objects.create(
        user=user, name=name.strip(), digest=digest_of(token), created_at=at, expires_at=at + lifetime
    )
    return token


def revoke_token(token_id: UUID, *, of: User, at: datetime) -> AccessToken:
    """Revoke a token of a user; the next request with it is refused."""
    token = AccessToken.objects.filter(pk=token_id, user=of).first()
    if token is None:
        raise UnknownRecord("token", token_id)
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
    return token


def digest_of(token: str) -> bytes:
    """Return the digest that is stored for a token. It has 256 random bits, so a fast hash is enough."""
    return hashlib.sha256(token.encode()).digest()
