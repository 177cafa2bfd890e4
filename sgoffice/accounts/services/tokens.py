"""Bearer tokens, with which the programs of staff sign in."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from sgoffice.accounts.models import AccessToken, User
from sgoffice.accounts.services.members import lacks_second_factor, may_sign_in, require_active
from sgoffice.accounts.vocabulary import Scope
from sgoffice.changes.door import open_rows
from sgoffice.database.binary_rows import first_row
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry, RuleViolation, UnknownRecord

LONGEST_LIFETIME = timedelta(days=366)
PREFIX = "sgo_"
#: How precisely the last use is stored.
LAST_USE_PRECISION = timedelta(minutes=1)


def issue_token(
    user: User, *, name: str, at: datetime, lifetime: timedelta = timedelta(days=90), scope: str = Scope.WRITE
) -> str:
    """Issue a bearer token and return it; it cannot be read back later.

    Raises InvalidEntry without a name, for another scope or for more than a year, RuleViolation for an inactive user or
    one whose role needs a second factor that they have not set up.
    """
    if not name.strip():
        raise InvalidEntry([("/name", "Say what the token is for.")])
    if scope not in (Scope.READ, Scope.WRITE):
        raise InvalidEntry([("/scope", "A token is for `read` or for `write`.")])
    if not timedelta(0) < lifetime <= LONGEST_LIFETIME:
        raise InvalidEntry([("/expires_at", "A token is valid for a year at most.")])
    require_active(user)
    if lacks_second_factor(user):
        detail = "This role signs in with a second factor: set one up on your own page first, then issue the token."
        raise RuleViolation(detail, rule="second-factor")
    token = PREFIX + secrets.token_urlsafe(32)
    with open_rows(user, verb="issue_token", by=user.as_actor()):
        AccessToken.objects.create(
            user=user,
            name=name.strip(),
            scope=scope,
            digest=digest_of(token),
            created_at=at,
            expires_at=at + lifetime,
        )
    return token


def find_token(token: str, *, at: datetime) -> AccessToken | None:
    """Return a valid token with its user, and record its use.

    None if it is unknown, expired or revoked, or its user may not sign in, or not before they set up a second factor.
    One prepared statement, which brings along what the request wants ahead.
    """
    row = first_row(_FIND, [digest_of(token)], len(_TOKEN_FIELDS) + len(_USER_FIELDS))
    if row is None:
        return None
    found = AccessToken.from_db(connection.alias, _TOKEN_FIELDS, row[: len(_TOKEN_FIELDS)])
    found.user = User.from_db(connection.alias, _USER_FIELDS, row[len(_TOKEN_FIELDS) :])
    if found.revoked_at or found.expires_at <= at or not may_sign_in(found.user) or lacks_second_factor(found.user):
        return None
    if found.last_used_at is None or at - found.last_used_at > LAST_USE_PRECISION:
        with open_rows(found.user, verb="use_token", by=found.user.as_actor()):
            AccessToken.objects.filter(pk=found.pk).update(last_used_at=at)
    return found


def revoke_token(token_id: UUID, *, of: User, by: Actor, at: datetime) -> AccessToken:
    """Revoke a token of a user; the next request with it is refused."""
    with open_rows(of, verb="revoke_token", by=by):
        token = AccessToken.objects.select_for_update(no_key=True).filter(pk=token_id, user=of).first()
        if token is None:
            raise UnknownRecord("token", token_id)
        if token.revoked_at is None:
            token.revoked_at = at
            token.save(update_fields=["revoked_at"])
    return token


def digest_of(token: str) -> bytes:
    """Return the digest that is stored for a token. It has 256 random bits, so a fast hash is enough."""
    return hashlib.sha256(token.encode()).digest()


_TOKEN_FIELDS = [field.attname for field in AccessToken._meta.concrete_fields]
_USER_FIELDS = [field.attname for field in User._meta.concrete_fields]
_COLUMNS = ", ".join(
    f"{table}.{field.column} AS {table}_{field.column}"
    for table, model in (("t", AccessToken), ("u", User))
    for field in model._meta.concrete_fields
)
_FIND = f"SELECT {_COLUMNS} FROM accounts_accesstoken t JOIN accounts_user u ON u.id = t.user_id WHERE t.digest = %s"
