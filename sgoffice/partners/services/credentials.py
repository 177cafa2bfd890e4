"""Secrets and tokens of partners (OAuth 2.0 client credentials, RFC 6749 section 4.4). Each is shown once.

A secret has 256 random bits, so a fast digest is enough (docs/decisions/0004-partner-credentials.md). Both are looked
up on each request, so a revocation takes effect with the next one.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection, transaction

from sgoffice.partners.models import Partner, PartnerSecret, PartnerToken
from sgoffice.records.actors import PARTNER_BEARER_PREFIX, Actor, Permission
from sgoffice.records.errors import InvalidEntry, RuleViolation, UnknownRecord

LONGEST = timedelta(days=366)
TOKEN_LIFE = timedelta(hours=1)
MOST_SECRETS = 2
#: What secrets begin with.
_BEGINNING = "sgs_"


@dataclass(frozen=True)
class AuthenticatedPartner:
    """The partner behind a request, and the kinds that its token was asked for; None: all that the partner may get."""

    pk: UUID
    name: str
    kinds: tuple[str, ...] | None = None
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
    kinds: tuple[str, ...]


def issue_secret(
    partner_id: UUID, *, by: Actor, at: datetime, lifetime: timedelta = LONGEST
) -> tuple[PartnerSecret, str]:
    """Issue a secret and return it; it cannot be read again.

    Raises RuleViolation if the partner has two valid credentials: revoke one first.
    """
    secret = _BEGINNING + secrets.token_urlsafe(32)
    kept = keep_credential(partner_id, by=by, at=at, lifetime=lifetime, digest=digest_of(secret), hint=secret[-4:])
    return kept, secret


def keep_credential(
    partner_id: UUID, *, by: Actor, at: datetime, lifetime: timedelta, digest: bytes, hint: str, jwk: Any = None
) -> PartnerSecret:
    """Keep a credential. Raises RuleViolation if the partner has two valid ones, or has this one already."""
    require_own(partner_id, by)
    if not timedelta(0) < lifetime <= LONGEST:
        raise InvalidEntry([("/expires_at", "A secret is valid for a year at most.")])
    with transaction.atomic():
        partner = Partner.objects.select_for_update(no_key=True).filter(pk=partner_id, is_in_error=False).first()
        if partner is None:
            raise UnknownRecord("partner", partner_id)
        if partner.secrets.filter(revoked_at=None, expires_at__gt=at).count() >= MOST_SECRETS:
            detail = "The partner has two secrets or keys. Revoke the one that its system no longer uses."
            raise RuleViolation(detail, rule="two-secrets")
        if PartnerSecret.objects.filter(digest=digest).exists():
            raise RuleViolation("This key was registered before. Make another one.", rule="new-key", pointer="/jwk")
        return PartnerSecret.objects.create(
            partner=partner,
            digest=digest,
            hint=hint,
            jwk=jwk,
            issued_by=str(by),
            created_at=at,
            expires_at=at + lifetime,
        )


def require_own(partner_id: UUID, by: Actor) -> None:
    """Raise NotPermitted unless this is the partner itself, or an administrator."""
    if (by.kind, by.id) != ("partner", str(partner_id)):
        by.require(Permission.ADMINISTER)


def revoke_secret(secret_id: UUID, *, of: UUID, by: Actor, at: datetime) -> PartnerSecret:
    """Revoke a secret and its tokens; the next request with them is refused."""
    require_own(of, by)
    secret = PartnerSecret.objects.filter(pk=secret_id, partner=of).first()
    if secret is None:
        raise UnknownRecord("secret", secret_id)
    if secret.revoked_at is None:
        secret.revoked_at = at
        secret.save(update_fields=["revoked_at"])
    return secret


def find_client(client_id: str, secret: str, *, at: datetime) -> PartnerSecret | None:
    """Return the secret of a partner's credentials; None, and counted, for unknown, expired or revoked ones alike."""
    kept = (
        PartnerSecret.objects.select_related("partner")
        .filter(digest=digest_of(secret), jwk__isnull=True, revoked_at=None)
        .first()
    )
    if kept is None or kept.expires_at <= at or kept.partner.slug != client_id or not kept.partner.may_pull:
        count_refusal(client_id, at=at)
        return None
    return kept


def issue_access_token(kept: PartnerSecret, *, at: datetime, kinds: Collection[str] = ()) -> IssuedToken:
    """Return a token for these kinds, by default for all that the partner may get, now and later."""
    PartnerToken.objects.filter(expires_at__lt=at - _KNOWN_AFTER_ITS_END).delete()
    token = PARTNER_BEARER_PREFIX + secrets.token_urlsafe(32)
    expires_at = min(at + TOKEN_LIFE, kept.expires_at)
    PartnerToken.objects.create(
        digest=digest_of(token), secret=kept, expires_at=expires_at, kinds=sorted(kinds) or None
    )
    kept.last_used_at = at
    kept.save(update_fields=["last_used_at"])
    return IssuedToken(token, int((expires_at - at).total_seconds()), tuple(sorted(kinds or kept.partner.kinds)))


def revoke_access_token(token: str, *, of: UUID, at: datetime) -> None:
    """Revoke a token of a partner; nothing happens for any other (RFC 7009, section 2.2)."""
    PartnerToken.objects.filter(digest=digest_of(token), secret__partner=of, expires_at__gt=at).update(expires_at=at)


def find_partner_by_token(token: str, *, at: datetime) -> AuthenticatedPartner | None:
    """Return the partner of a token; None if it is unknown, expired or revoked.

    Written in SQL: the ORM takes longer to build this query than the database to read a small page.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SIGN_IN, {"digest": digest_of(token), "at": at})
        row = cursor.fetchone()
    return AuthenticatedPartner(row[0], row[1], None if row[2] is None else tuple(row[2])) if row else None


def was_issued(token: str) -> bool:
    """Tell whether this was a token of a partner once: one that has ended is refused, but it is nobody's guess."""
    return PartnerToken.objects.filter(digest=digest_of(token)).exists()


def count_refusal(client_id: str, *, at: datetime) -> None:
    """Count a refused token request by what was sent: its time does not tell whether there is such a partner."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_REFUSAL, {"client": digest_of(client_id), "at": at, "old": at - _REFUSALS_KEPT})


def digest_of(token: str) -> bytes:
    return sha256(token.encode(errors="replace")).digest()


#: For so long refusals of client ids that are no partner's are kept.
_REFUSALS_KEPT = timedelta(days=1)
_COUNT_REFUSAL = """
    WITH old AS (
        DELETE FROM partners_refusedsignin r WHERE r.refused_at < %(old)s AND r.client <> %(client)s
            AND NOT EXISTS (SELECT FROM partners_partner p WHERE sha256(convert_to(p.slug, 'UTF8')) = r.client)
    )
    INSERT INTO partners_refusedsignin AS r (client, count, refused_at) VALUES (%(client)s, 1, %(at)s)
    ON CONFLICT (client) DO UPDATE SET count = r.count + 1, refused_at = EXCLUDED.refused_at
"""
#: For so long a token that has ended is told from one that never was.
_KNOWN_AFTER_ITS_END = timedelta(days=1)

#: `Partner.may_pull` and the validity of token and secret in one statement.
_SIGN_IN = """
    SELECT p.id, p.name, t.kinds FROM partners_partnertoken t JOIN partners_partnersecret s ON s.id = t.secret_id
    JOIN partners_partner p ON p.id = s.partner_id
    WHERE t.digest = %(digest)s AND t.expires_at > %(at)s AND s.revoked_at IS NULL AND s.expires_at > %(at)s
        AND p.is_active AND NOT p.is_in_error AND p.merged_into_id IS NULL
"""
