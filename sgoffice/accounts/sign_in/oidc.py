"""OpenID Connect with the organization's provider: where its people are sent, and what it says of who comes back.

The code flow with PKCE, state and nonce. Only the provider that a setting names is asked, without redirects.
"""

import json
import time
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from sgoffice.accounts import services
from sgoffice.records.characters import find_forbidden_character, without_forbidden

_PATIENCE = 10  # seconds for each answer
_FRESH_FOR = 300  # seconds
_LONGEST = 500_000  # bytes of an answer
_LONGEST_SUBJECT = 255  # characters, as OpenID Connect says
_ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "RS384", "RS512", "EdDSA"]
#: How far the two clocks may be apart, in seconds.
_LEEWAY = 60


class ProviderFault(Exception):
    """The provider does not answer, or not as OpenID Connect says; the text is for the log."""


def begin(back: str) -> tuple[str, dict[str, str]]:
    """Return where to send somebody, and what their session keeps until they come back. Raises ProviderFault."""
    kept = {"nonce": generate_token(32), "verifier": generate_token(64)}
    with _client(back) as client:
        address, kept["state"] = client.create_authorization_url(
            _metadata()["authorization_endpoint"], nonce=kept["nonce"], code_verifier=kept["verifier"]
        )
    return address, kept


def read_answer(query: Mapping[str, str], kept: Mapping[str, str], back: str) -> services.Identity:
    """Return whom the provider sent back. Raises ProviderFault for whatever it did not sign for this very session."""
    if not kept.get("state") or query.get("state") != kept["state"] or "code" not in query:
        message = f"no answer to what was asked: {query.get('error', 'another state')[:100]}"
        raise ProviderFault(message)
    try:
        with _client(back) as client:
            token = client.fetch_token(
                _metadata()["token_endpoint"], code=query["code"], code_verifier=kept["verifier"]
            )
        return _identity(_claims(token.get("id_token", ""), kept["nonce"]))
    except (OAuthError, JoseError, requests.RequestException, ValueError, KeyError, TypeError) as error:
        raise ProviderFault(f"{type(error).__name__}: {error}") from error


def _claims(token: str, nonce: str) -> dict[str, Any]:
    """Return the claims of an ID token that the provider signed for the register and this sign-in."""
    keys = KeySet.import_key_set(_json(_metadata()["jwks_uri"]))
    claims = jwt.decode(token, keys, algorithms=_ALGORITHMS).claims
    jwt.JWTClaimsRegistry(
        leeway=_LEEWAY,
        iss={"essential": True, "value": settings.OIDC_ISSUER},
        aud={"essential": True, "value": settings.OIDC_CLIENT_ID},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    ).validate(claims)
    if claims.get("azp", settings.OIDC_CLIENT_ID) != settings.OIDC_CLIENT_ID:
        raise ProviderFault("the ID token is for another client")
    return claims


def _identity(claims: Mapping[str, Any]) -> services.Identity:
    values = set(_texts(claims.get(settings.OIDC_ROLE_CLAIM)))
    shown = {*_texts(claims.get("amr")), *_texts(claims.get("acr"))}
    return services.Identity(
        issuer=settings.OIDC_ISSUER,
        subject=_subject(claims["sub"]),
        username=_words(claims, "preferred_username"),
        display_name=_words(claims, "name"),
        email=_words(claims, "email"),
        roles=frozenset(settings.OIDC_ROLES[value] for value in values & settings.OIDC_ROLES.keys()),
        has_second_factor=not shown.isdisjoint(settings.OIDC_SECOND_FACTORS),
    )


def _subject(value: Any) -> str:
    """Return whom the provider means; what is cut or cleaned might be somebody else."""
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_SUBJECT or find_forbidden_character(value):
        raise ProviderFault(f"the subject is none: {value!r:.100}")
    return value


def _words(claims: Mapping[str, Any], name: str) -> str:
    return without_forbidden(str(claims.get(name) or ""))


def _texts(value: Any) -> Iterable[str]:
    """Return the texts of a claim, which may be one or a list."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def _client(back: str) -> OAuth2Session:
    client = OAuth2Session(
        settings.OIDC_CLIENT_ID,
        settings.OIDC_CLIENT_SECRET,
        scope="openid profile email",
        redirect_uri=back,
        code_challenge_method="S256",
        default_timeout=_PATIENCE,
    )
    client.max_redirects = 0
    return client


def _metadata() -> dict[str, Any]:
    return _metadata_of(settings.OIDC_ISSUER, int(time.time()) // _FRESH_FOR)


@lru_cache(maxsize=2)
def _metadata_of(issuer: str, period: int) -> dict[str, Any]:
    """Return what the provider says of itself, asked again every five minutes."""
    found = _json(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != issuer:
        raise ProviderFault("the provider calls itself otherwise than SGOFFICE_OIDC_ISSUER")
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if not all(str(found.get(name, "")).startswith(issuer.partition(":")[0] + ":") for name in wanted):
        raise ProviderFault("the provider does not name its addresses")
    return found


def _json(address: str) -> Any:
    """Return what the provider answers. Raises ProviderFault."""
    try:
        with requests.get(address, timeout=_PATIENCE, allow_redirects=False, stream=True) as answer:
            if answer.status_code != requests.codes.ok:
                raise ProviderFault(f"{address}: {answer.status_code}")
            return json.loads(answer.raw.read(_LONGEST, decode_content=True))
    except (requests.RequestException, ValueError) as error:
        raise ProviderFault(f"{address}: {error}") from error
