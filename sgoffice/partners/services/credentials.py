"""Secrets and tokens of partners (OAuth 2.0 client credentials, RFC 6749 section 4.4). Each is shown once.

A secret has 256 random bits, so a fast digest is enough (docs/decisions/0004-partner-credentials.md). Both are looked
up on each request, so a revocation takes effect with the next one.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import ClassVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from sgoffice.partners.models import Partner, PartnerSecret, PartnerToken, Pull
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import InvalidEntry, RuleViolation, UnknownRecord

LONGEST = timedelta(days=366)
TOKEN_LIFE = timedelta(hours=1)
MOST_SECRETS = 2
SECRET_PREFIX, TOKEN_PREFIX = "sgs_", "sgp_"


@dataclass(frozen=True)
class AuthenticatedPartner:
    """The partner behind a request."""

    pk: UUID
    name: str
    #: REST framework reads it.
    is_authenticated: ClassVar[bool] = True

    def as_actor(self) -> Actor:
        """Return the actor of the partner, who has none of the permissions of staff."""
        return Actor("partner", str(self.pk), self.name)


@dataclass(frozen=True)
class IssuedToken:
    """A new token."""

    token: str
    expires_in: int
    partner: Partner


def issue_secret(
    partner_id: UUID, *, by: Actor, at: datetime, lifetime: timedelta = LONGEST
) -> tuple[PartnerSecret, str]:
    """Issue a secret and return it; it cannot be read again.

    Raises RuleViolation if the partner has two valid secrets: revoke one first.
    """
    by.require(Permission.ADMINISTER)
    if not timedelta(0) < lifetime <= LONGEST:
        raise InvalidEntry([("/expires_at", "A secret is valid for a year at most.")])
    with transaction.atomic():
        partner = Partner.objects.select_for_update(no_key=True).filter(pk=partner_id, is_in_error=False).first()
        if partner is None:
            raise UnknownRecord("partner", partner_id)
        if partner.secrets.filter(revoked_at=None, expires_at__gt=at).count() >= MOST_SECRETS:
            detail = "The partner has two secrets. Revoke the one that its system no longer uses."
            raise RuleViolation(detail, rule="two-secrets")
        secret = SECRET_PREFIX + secrets.token_urlsafe(32)
        kept = PartnerSecret.objects.create(
            partner=partner, digest=digest_of(secret), hint=secret[-4:], created_at=at, expires_at=at + lifetime
        )
    return kept, secret


def revoke_secret(secret_id: UUID, *, of: UUID, by: Actor, at: datetime) -> PartnerSecret:
    """Revoke a secret and its tokens; the next request with them is refused."""
    by.require(Permission.ADMINISTER)
    secret = PartnerSecret.objects.filter(pk=secret_id, partner=of).first()
    if secret is None:
        raise UnknownRecord("secret", secret_id)
    if secret.revoked_at is None:
        secret.revoked_at = at
        secret.save(update_fields=["revoked_at"])
    return secret


def exchange_credentials(client_id: str, secret: str, *, at: datetime) -> IssuedToken | None:
    """Return a token for a partner's credentials; None for unknown, expired or revoked ones alike."""
    kept = PartnerSecret.objects.select_related("partner").filter(digest=digest_of(secret), revoked_at=None).first()
    if kept is None or kept.expires_at <= at or kept.partner.slug != client_id or not kept.partner.may_pull:
        count_refusal(client_id, at=at)
        return None
    PartnerToken.objects.filter(expires_at__lt=at - _KNOWN_AFTER_ITS_END).delete()
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    expires_at = min(at + TOKEN_LIFE, kept.expires_at)
    PartnerToken.objects.create(digest=digest_of(token), secret=kept, expires_at=expires_at)
    kept.last_used_at = at
    kept.save(update_fields=["last_used_at"])
    return IssuedToken(token, int((expires_at - at).total_seconds()), kept.partner)


def find_partner_by_token(token: str, *, at: datetime) -> AuthenticatedPartner | None:
    """Return the partner of a token; None if it is unknown, expired or revoked.

    Written in SQL: the ORM takes longer to build this query than the database to read a small page.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SIGN_IN, {"digest": digest_of(token), "at": at})
        row = cursor.fetchone()
    return AuthenticatedPartner(*row) if row else None


def was_issued(token: str) -> bool:
    """Tell whether this was a token of a partner once: one that has ended is refused, but it is nobody's guess."""
    return PartnerToken.objects.filter(digest=digest_of(token)).exists()


def count_refusal(client_id: str, *, at: datetime) -> None:
    """Count a refused token request, if there is such a partner."""
    partner = Partner.objects.filter(slug=client_id).first()
    if partner is not None:
        Pull.objects.get_or_create(partner=partner)
        Pull.objects.filter(partner=partner).update(refused=F("refused") + 1, refused_at=at)


def digest_of(token: str) -> bytes:
    return sha256(token.encode()).digest()


#: For so long a token that has ended is told from one that never was.
_KNOWN_AFTER_ITS_END = timedelta(days=1)

#: `Partner.may_pull` and the validity of token and secret in one statement.
_SIGN_IN = """
    SELECT p.id, p.name FROM partners_partnertoken t JOIN partners_partnersecret s ON s.id = t.secret_id
    JOIN partners_partner p ON p.id = s.partner_id
    WHERE t.digest = %(digest)s AND t.expires_at > %(at)s AND s.revoked_at IS NULL AND s.expires_at > %(at)s
        AND p.is_active AND NOT p.is_in_error AND p.merged_into_id IS NULL
"""
