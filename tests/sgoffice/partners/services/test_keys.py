"""private_key_jwt: only what the partner's own key signed for this register signs in, once, within its time."""

import base64
import hashlib
import json
from datetime import timedelta

import pytest
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from sgoffice.partners import services
from sgoffice.partners.models import PartnerSecret
from sgoffice.records.actors import OFFICE, Actor
from sgoffice.records.errors import InvalidEntry, NotPermitted, RuleViolation
from tests.factories import partners as make

pytestmark = pytest.mark.django_db
HERE = "https://register.example/api/v1/oauth/token"
KEYS = {
    "ES256": lambda: ECKey.generate_key("P-256"),
    "ES384": lambda: ECKey.generate_key("P-384"),
    "PS256": lambda: RSAKey.generate_key(2048),
    "RS256": lambda: RSAKey.generate_key(2048),
    "Ed25519": lambda: OKPKey.generate_key("Ed25519"),
}


@pytest.fixture
def partner():
    return make.partner()


@pytest.fixture
def key(partner):
    made = ECKey.generate_key("P-256")
    register(partner, made)
    return made


def register(partner, key, **more):
    jwk = key.as_dict(private=False) | more
    return services.register_key(partner.pk, jwk, by=OFFICE, at=timezone.now())


def assertion(partner, key, *, alg="ES256", kid=None, without=(), **claims):
    now = int(timezone.now().timestamp())
    given = {"iss": partner.slug, "sub": partner.slug, "aud": HERE, "exp": now + 60, "iat": now, "jti": "one"} | claims
    kept = {name: value for name, value in given.items() if name not in without}
    header = {"alg": alg} | ({"kid": kid} if kid else {})
    return jwt.encode(header, kept, key, algorithms=[alg])


def sign_in(signed, client_id="", at=None):
    return services.find_client_by_assertion(client_id, signed, audiences=[HERE], at=at or timezone.now())


@pytest.mark.parametrize("alg", KEYS)
def test_each_algorithm_that_is_offered_signs_in(partner, alg):
    key = KEYS[alg]()
    kept = register(partner, key)

    assert alg in services.ALGORITHMS
    assert sign_in(assertion(partner, key, alg=alg), partner.slug) == kept


def test_key_is_found_by_its_name_or_without(partner, key):
    second = ECKey.generate_key("P-256")
    kept = register(partner, second, kid="2026")

    assert sign_in(assertion(partner, second, kid="2026", jti="a")) == kept
    assert sign_in(assertion(partner, second, jti="b")) == kept
    assert sign_in(assertion(partner, second, kid="2025", jti="c")) is None


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "https://elsewhere.example"}, {"aud": []}, {"aud": [1]}, {"aud": {}}, {"iss": "another"},
        {"sub": "another"}, {"sub": 1},
        {"sub": "\0", "iss": "\0"},
        {"exp": -3600}, {"exp": 2 * 3600}, {"exp": "soon"}, {"exp": True},
        {"nbf": 600}, {"iat": 600}, {"iat": "now"}, {"jti": ""}, {"jti": 1}, {"jti": "x" * 201},
    ],
    ids=str,
)  # fmt: skip
def test_assertion_that_is_not_in_order_does_not_sign_in(partner, key, claims):
    now = int(timezone.now().timestamp())
    shifted = {
        name: now + value if name in {"exp", "nbf", "iat"} and type(value) is int else value
        for name, value in claims.items()
    }

    assert sign_in(assertion(partner, key, **shifted)) is None


@pytest.mark.parametrize("name", ["iss", "sub", "aud", "exp", "jti"])
def test_assertion_without_a_claim_does_not_sign_in(partner, key, name):
    assert sign_in(assertion(partner, key, without=[name])) is None


@pytest.mark.parametrize("signed", ["", "a", "a.b.c", "e30.e30.e30", "eyJhbGciOiJub25lIn0.e30.", "💥.a.b"])
def test_what_is_no_assertion_does_not_sign_in(partner, key, signed):
    assert sign_in(signed, partner.slug) is None


def test_claims_that_no_text_may_hold_do_not_sign_in(partner, key):
    header, _, signature = assertion(partner, key).split(".")
    now = int(timezone.now().timestamp())
    claims = {"iss": "\ud800", "sub": "\ud800", "aud": HERE, "exp": now + 60, "jti": "\ud800"}
    payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")

    assert sign_in(f"{header}.{payload}.{signature}") is None


def test_what_another_key_signed_does_not_sign_in(partner, key):
    other = ECKey.generate_key("P-256")
    public = json.dumps(key.as_dict(private=False))

    assert sign_in(assertion(partner, other)) is None
    for secret in (public, key.thumbprint()):
        shared = OctKey.import_key(secret)
        assert sign_in(assertion(partner, shared, alg="HS256")) is None
    header, claims, _ = assertion(partner, key).split(".")
    assert sign_in(f"{header}.{claims}.") is None
    assert sign_in(f"eyJhbGciOiJub25lIn0.{claims}.") is None


def test_assertion_signs_in_once(partner, key):
    signed = assertion(partner, key)

    assert sign_in(signed) is not None
    assert sign_in(signed) is None
    assert sign_in(assertion(partner, key, jti="two")) is not None


def test_assertion_of_one_partner_does_not_sign_in_for_another(partner, key):
    other = make.partner()
    register(other, ECKey.generate_key("P-256"))

    assert sign_in(assertion(other, key)) is None
    assert sign_in(assertion(partner, key), other.slug) is None


def test_public_key_is_no_secret(partner, key):
    """A secret is looked up by its digest, and what a key is looked up by is public."""
    kept = PartnerSecret.objects.get(jwk__isnull=False)
    for text in (json.dumps(key.as_dict(private=False)), "key " + key.thumbprint(), key.thumbprint()):
        assert services.find_client(partner.slug, text, at=timezone.now()) is None
    assert bytes(kept.digest) == hashlib.sha256(b"key " + key.thumbprint().encode()).digest()


def test_revoked_or_expired_key_signs_in_no_more(partner, key):
    kept = PartnerSecret.objects.get()
    later = timezone.now() + timedelta(days=367)

    assert sign_in(assertion(partner, key, exp=int(later.timestamp()) + 60, iat=None, jti="late"), at=later) is None
    services.revoke_secret(kept.pk, of=partner.pk, by=OFFICE, at=timezone.now())
    assert sign_in(assertion(partner, key)) is None


@pytest.mark.parametrize(
    "jwk",
    [
        {}, {"kty": "oct", "k": "c2VjcmV0"}, {"kty": "EC", "crv": "P-521", "x": "AA", "y": "AA"},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}, {"kty": "EC", "crv": "P-256"},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB"}, {"kty": "RSA"}, {"kty": 1}, {"kty": []},
        {"kty": "OKP", "crv": "X25519", "x": "AA"}, {"kty": "EC", "crv": []},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_public_key_for_signing_is_refused(partner, jwk):
    with pytest.raises(InvalidEntry):
        services.register_key(partner.pk, jwk, by=OFFICE, at=timezone.now())


def test_private_key_is_refused_and_not_kept(partner):
    with pytest.raises(InvalidEntry, match="private"):
        services.register_key(
            partner.pk, ECKey.generate_key("P-256").as_dict(private=True), by=OFFICE, at=timezone.now()
        )

    assert not PartnerSecret.objects.exists()


def test_two_credentials_live_and_a_key_is_registered_once(partner, key):
    with pytest.raises(RuleViolation) as again:
        register(make.partner(), key)
    services.issue_secret(partner.pk, by=OFFICE, at=timezone.now())
    with pytest.raises(RuleViolation) as third:
        register(partner, ECKey.generate_key("P-256"))

    assert (again.value.rule, third.value.rule) == ("new-key", "two-secrets")


def test_partner_looks_after_its_own_credentials_and_no_others(partner):
    other = make.partner()
    itself = Actor("partner", str(partner.pk), partner.name)

    kept, _ = services.issue_secret(partner.pk, by=itself, at=timezone.now())

    assert kept.is_own
    with pytest.raises(NotPermitted):
        services.issue_secret(other.pk, by=itself, at=timezone.now())
    with pytest.raises(NotPermitted):
        services.revoke_secret(kept.pk, of=partner.pk, by=Actor("partner", str(other.pk)), at=timezone.now())
