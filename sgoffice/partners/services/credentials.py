"""Secrets and tokens of partners (OAuth 2.0 client credentials, RFC 6749 section 4.4). Each is shown once.

A secret has 256 random bits, so a fast digest is right (docs/decisions/0004-partner-credentials.md). Everything is
looked up on each request: what is revoked is refused by the next one.
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
class SignedIn:
    """The partner behind a request."""

    pk: UUID
    name: str
    #: What REST framework asks of whoever signed in.
    is_authenticated: ClassVar[bool] = True

    def as_actor(self) -> Actor:
        """Return the partner as the register's doors know it: nobody of the staff, with no permission of theirs."""
        return Actor("partner", str(self.pk), self.name)


@dataclass(frozen=True)
class IssuedToken:
    """A token as it is shown once."""

    token: str
    expires_in: int
    partner: Partner


def issue_secret(
    partner_id: UUID, *, by: Actor, at: datetime, lifetime: timedelta = LONGEST
) -> tuple[PartnerSecret, str]:
    """Issue a secret and return it; it cannot be read back later.

    Raises RuleViolation when the partner has two that live: revoke one of them first.
    """
    by.require(Permission.ADMINISTER)
    if not timedelta(0) < lifetime <= LONGEST:
        raise InvalidEntry([("/expires_at", "A secret lives for a year at most.")])
    with transaction.atomic():
        partner = Partner.objects.select_for_update(no_key=True).filter(pk=partner_id, is_in_error=False).first()
        if partner is None:
            raise UnknownRecord("partner", partner_id)
        if partner.secrets.filter(revoked_at=None, expires_at__gt=at).count() >= MOST_SECRETS:
            detail = "The partner has two secrets: revoke the one that its system does not use any more."
            raise RuleViolation(detail, rule="two-secrets")
        secret = SECRET_PREFIX + secrets.token_urlsafe(32)
        kept = PartnerSecret.objects.create(
            partner=partner, digest=digest_of(secret), hint=secret[-4:], created_at=at, expires_at=at + lifetime
        )
    return kept, secret


def revoke_secret(secret_id: UUID, *, of: UUID, by: Actor, at: datetime) -> PartnerSecret:
    """Revoke a secret of a partner with its tokens; the next request with them is refused."""
    by.require(Permission.ADMINISTER)
    secret = PartnerSecret.objects.filter(pk=secret_id, partner=of).first()
    if secret is None:
        raise UnknownRecord("secret", secret_id)
    if secret.revoked_at is None:
        secret.revoked_at = at
        secret.save(update_fields=["revoked_at"])
    return secret


def exchange(client_id: str, secret: str, *, at: datetime) -> IssuedToken | None:
    """Return a token for a partner's credentials, or None for wrong ones: unknown, expired and revoked are alike."""
    kept = PartnerSecret.objects.select_related("partner").filter(digest=digest_of(secret), revoked_at=None).first()
    if kept is None or kept.expires_at <= at or kept.partner.slug != client_id or not kept.partner.may_pull:
        note_refusal(client_id, at=at)
        return None
    PartnerToken.objects.filter(expires_at__lt=at).delete()
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    expires_at = min(at + TOKEN_LIFE, kept.expires_at)
    PartnerToken.objects.create(digest=digest_of(token), secret=kept, expires_at=expires_at)
    kept.last_used_at = at
    kept.save(update_fields=["last_used_at"])
    return IssuedToken(token, int((expires_at - at).total_seconds()), kept.partner)


def partner_of(token: str, *, at: datetime) -> SignedIn | None:
    """Return the partner whose token this is; None for one that is unknown, expired or revoked.

    One statement of its own: what an ORM needs to write it takes longer than to read a small page.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SIGN_IN, {"digest": digest_of(token), "at": at})
        row = cursor.fetchone()
    return SignedIn(*row) if row else None


def note_refusal(client_id: str, *, at: datetime) -> None:
    """Count a refused request of a partner that exists."""
    partner = Partner.objects.filter(slug=client_id).first()
    if partner is not None:
        Pull.objects.get_or_create(partner=partner)
        Pull.objects.filter(partner=partner).update(refused=F("refused") + 1, refused_at=at)


def digest_of(token: str) -> bytes:
    """Return what is kept of a secret or token."""
    return sha256(token.encode()).digest()


#: `Partner.may_pull` and the lives of token and secret, asked at once.
_SIGN_IN = """
    SELECT p.id, p.name FROM partners_partnertoken t JOIN partners_partnersecret s ON s.id = t.secret_id
    JOIN partners_partner p ON p.id = s.partner_id
    WHERE t.digest = %(digest)s AND t.expires_at > %(at)s AND s.revoked_at IS NULL AND s.expires_at > %(at)s
        AND p.is_active AND NOT p.is_in_error AND p.merged_into_id IS NULL
"""
