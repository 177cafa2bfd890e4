"""Keys with which partners sign in instead of a secret: private_key_jwt (RFC 7523, section 3).

A public key is kept as a credential beside secrets: two of either at a time, a year at most, revoked with its tokens.
"""

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, OKPKey, RSAKey

from sgoffice.partners.models import PartnerSecret
from sgoffice.partners.services.credentials import LONGEST, count_refusal, keep_credential
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry

#: RFC 7518 and RFC 9864; nothing that a secret could be mistaken for, since none of them is symmetric.
ALGORITHMS = ("ES256", "ES384", "PS256", "RS256", "Ed25519")
LONGEST_ASSERTION = timedelta(hours=1)
_SKEW = timedelta(minutes=1)
_CURVES = {"P-256", "P-384", "Ed25519"}
_RSA_BYTES = range(256, 513)
_LONGEST_TEXT = 200
_SLUG = re.compile(r"[\w-]{1,60}", re.ASCII)


def register_key(
    partner_id: UUID, jwk: Mapping[str, Any], *, by: Actor, at: datetime, lifetime: timedelta = LONGEST
) -> PartnerSecret:
    """Keep a partner's public key. Raises InvalidEntry for another one, RuleViolation if there are two credentials."""
    key = _public_key(jwk)
    kept = {name: str(value) for name, value in key.as_dict(private=False).items()}
    kept["kid"] = str(jwk.get("kid") or key.thumbprint())[:_LONGEST_TEXT]
    digest = hashlib.sha256(b"key " + key.thumbprint().encode()).digest()
    return keep_credential(partner_id, by=by, at=at, lifetime=lifetime, digest=digest, hint=kept["kid"][-4:], jwk=kept)


def find_client_by_assertion(
    client_id: str, assertion: str, *, audiences: Collection[str], at: datetime
) -> PartnerSecret | None:
    """Return the key that signed an assertion; None, and counted, for any that does not sign in, or did before."""
    header, claims = _unverified(assertion)
    subject = claims.get("sub")
    named = subject if isinstance(subject, str) else client_id
    found = None
    if client_id in ("", named) and _are_in_order(claims, named, audiences, at):
        found = next((kept for kept in _keys_of(named, header.get("kid"), at) if _is_signed(assertion, kept)), None)
    if found is None or not _is_first_use(named, claims, at):
        count_refusal(named[:_LONGEST_TEXT], at=at)
        return None
    return found


def _public_key(jwk: Mapping[str, Any]) -> ECKey | OKPKey | RSAKey:
    kind, curve = str(jwk.get("kty")), str(jwk.get("crv", "P-256"))
    if kind == "RSA" and len(str(jwk.get("n", ""))) * 3 // 4 not in _RSA_BYTES:
        raise InvalidEntry([("/jwk", "An RSA key has from 2048 to 4096 bits.")])
    if kind not in {"EC", "OKP", "RSA"} or curve not in _CURVES:
        raise InvalidEntry([("/jwk", f"Send a JWK of type RSA, or of one of the curves {', '.join(sorted(_CURVES))}.")])
    if "d" in jwk:
        raise InvalidEntry([("/jwk", "This is a private key. Make another one, and send its public part only.")])
    try:
        key = JWKRegistry.import_key({name: value for name, value in jwk.items() if isinstance(value, str)})
    except (JoseError, ValueError, TypeError):
        raise InvalidEntry([("/jwk", "This is no valid JWK (RFC 7517).")]) from None
    assert isinstance(key, ECKey | OKPKey | RSAKey)  # noqa: S101 - by its type, above
    return key


def _unverified(assertion: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what an assertion says before anybody knows whether it is true; nothing if it is no JWT."""
    try:
        parts = jws.extract_compact(assertion.encode())
        claims = json.loads(parts.payload)
    except (JoseError, ValueError, TypeError, RecursionError):
        return {}, {}
    return dict(parts.headers()), claims if isinstance(claims, dict) else {}


def _are_in_order(claims: dict[str, Any], subject: str, audiences: Collection[str], at: datetime) -> bool:
    """Tell whether the claims are about this client, for this register, and of now."""
    audience = claims.get("aud")
    for_us = set(audience if isinstance(audience, list) else [audience]) if _is_hashable(audience) else set()
    ends: Any = claims.get("exp")
    others: list[Any] = [claims.get(name) for name in ("nbf", "iat")]
    now, skew = at.timestamp(), _SKEW.total_seconds()
    return (
        claims.get("iss") == claims.get("sub") == subject
        and bool(for_us & set(audiences))
        and isinstance(claims.get("jti"), str)
        and 0 < len(claims["jti"]) <= _LONGEST_TEXT
        and _is_number(ends)
        and now - skew < ends <= now + LONGEST_ASSERTION.total_seconds() + skew
        and all(moment is None or (_is_number(moment) and moment <= now + skew) for moment in others)
    )


def _is_hashable(audience: Any) -> bool:
    return isinstance(audience, str) or (isinstance(audience, list) and all(isinstance(item, str) for item in audience))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _keys_of(slug: str, kid: Any, at: datetime) -> list[PartnerSecret]:
    """Return the keys of a partner that may have signed."""
    if not _SLUG.fullmatch(slug):
        return []
    found = PartnerSecret.objects.select_related("partner").filter(
        partner__slug=slug, jwk__isnull=False, revoked_at=None, expires_at__gt=at
    )
    return [kept for kept in found if kept.partner.may_pull and kid in (None, (kept.jwk or {}).get("kid"))]


def _is_signed(assertion: str, kept: PartnerSecret) -> bool:
    try:
        jwt.decode(assertion, JWKRegistry.import_key(dict(kept.jwk or {})), algorithms=ALGORITHMS)
    except (JoseError, ValueError, TypeError):
        return False
    return True


def _is_first_use(subject: str, claims: dict[str, Any], at: datetime) -> bool:
    """Note that an assertion was used; tell whether it was not before (RFC 7523, section 3, number 7)."""
    digest = hashlib.sha256(f"{subject} {claims['jti']}".encode(errors="replace")).digest()
    parameters: dict[str, Any] = {
        "digest": digest,
        "at": at,
        "until": datetime.fromtimestamp(claims["exp"], tz=at.tzinfo) + 2 * _SKEW,
    }
    with connection.cursor() as cursor:
        cursor.execute(_USE, parameters)
        return cursor.fetchone() is not None


_USE = """
    WITH old AS (DELETE FROM partners_usedassertion WHERE expires_at < %(at)s AND digest <> %(digest)s)
    INSERT INTO partners_usedassertion (digest, expires_at) VALUES (%(digest)s, %(until)s)
    ON CONFLICT DO NOTHING RETURNING true
"""
