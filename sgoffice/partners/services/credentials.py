"""Secrets and tokens of partners (OAuth 2.0 client credentials, RFC 6749 section 4.4). Each is shown once.

A secret has 256 random bits, so a fast digest is right (docs/decisions/0004-partner-credentials.md). Everything is
looked up on each request: what is revoked is refused by the next one.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import F

from sgoffice.partners.models import Partner, PartnerSecret, PartnerToken, Pull
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import InvalidEntry, RuleViolation, UnknownRecord

LONGEST = timedelta(days=366)
TOKEN_LIFE = timedelta(hours=1)
MOST_SECRETS = 2
SECRET_PREFIX, TOKEN_PREFIX = "sgs_", "sgp_"


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


def partner_of(token: str, *, at: datetime) -> Partner | None:
    """Return the partner whose token this is; None for one that is unknown, expired or revoked."""
    kept = (
        PartnerToken.objects.select_related("secret__partner")
        .filter(digest=digest_of(token), expires_at__gt=at, secret__revoked_at=None, secret__expires_at__gt=at)
        .first()
    )
    return kept.secret.partner if kept is not None and kept.secret.partner.may_pull else None


def note_refusal(client_id: str, *, at: datetime) -> None:
    """Count a refused request of a partner that exists."""
    partner = Partner.objects.filter(slug=client_id).first()
    if partner is not None:
        Pull.objects.get_or_create(partner=partner)
        Pull.objects.filter(partner=partner).update(refused=F("refused") + 1, refused_at=at)


def digest_of(token: str) -> bytes:
    """Return what is kept of a secret or token."""
    return sha256(token.encode()).digest()
