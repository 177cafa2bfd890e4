"""What OAuth libraries do by themselves works without a patch: Authlib and oauthlib, by secret and by key."""

import os

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from django.utils import timezone
from joserfc.jwk import ECKey
from oauthlib.oauth2 import BackendApplicationClient, InvalidClientError, InvalidScopeError
from requests_oauthlib import OAuth2Session as OauthlibSession

from sgoffice.partners import services
from sgoffice.partners.models import Partner
from sgoffice.records.actors import OFFICE
from tests.sgoffice.partners.api.partner_page import EXAMPLE
from tests.sgoffice.partners.api.test_credentials import JWT
from tests.sgoffice.partners.services.test_keys import assertion

SECRET = "client_secret_basic", "client_secret_post"


@pytest.fixture
def partner(served):
    return Partner.objects.get(slug=EXAMPLE)


@pytest.fixture
def secret(partner):
    return services.issue_secret(partner.pk, by=OFFICE, at=timezone.now())[1]


@pytest.fixture
def key(partner):
    made = ECKey.generate_key("P-256")
    services.register_key(partner.pk, made.as_dict(private=False), by=OFFICE, at=timezone.now())
    return made


@pytest.fixture
def told(served):
    """What a library finds out by itself."""
    return requests.get(f"{served}/.well-known/oauth-authorization-server", timeout=10).json()


@pytest.mark.parametrize("method", SECRET)
def test_authlib_gets_a_token_by_secret_uses_and_revokes_it(served, told, secret, method):
    with OAuth2Session(EXAMPLE, secret, token_endpoint_auth_method=method, scope="agreement decision") as session:
        token = session.fetch_token(told["token_endpoint"], grant_type="client_credentials", audience="anything")
        before = session.get(f"{served}/api/v1/partner/digest", timeout=10).status_code
        session.revoke_token(told["revocation_endpoint"], token["access_token"])
        after = session.get(f"{served}/api/v1/partner/digest", timeout=10).status_code

    assert (token["scope"], before, after) == ("agreement decision", 200, 401)


def test_authlib_gets_a_token_by_key(served, told, key):
    with OAuth2Session(EXAMPLE, key, token_endpoint_auth_method="private_key_jwt") as session:
        session.register_client_auth_method(PrivateKeyJWT(told["token_endpoint"], alg="ES256"))
        session.fetch_token(told["token_endpoint"], grant_type="client_credentials")

        assert session.get(f"{served}/api/v1/partner/digest", timeout=10).status_code == 200


@pytest.fixture
def insecure(monkeypatch):
    """The library wants https; on this machine there is none."""
    monkeypatch.setitem(os.environ, "OAUTHLIB_INSECURE_TRANSPORT", "1")


@pytest.mark.usefixtures("insecure")
@pytest.mark.parametrize("in_body", [False, True])
def test_oauthlib_gets_a_token_by_secret_and_knows_the_refusals_by_name(served, told, secret, in_body):
    def session(scope):
        return OauthlibSession(client=BackendApplicationClient(client_id=EXAMPLE, scope=scope), scope=scope)

    given = {"client_id": EXAMPLE, "client_secret": secret, "include_client_id": in_body or None}
    with session(["agreement"]) as signed_in, session(["moon"]) as other:
        token = signed_in.fetch_token(told["token_endpoint"], **given)

        assert token["scope"] == ["agreement"]
        assert signed_in.get(f"{served}/api/v1/partner/agreements", timeout=10).status_code == 200
        with pytest.raises(InvalidClientError):
            signed_in.fetch_token(told["token_endpoint"], **given | {"client_secret": "sgs_wrong"})
        with pytest.raises(InvalidScopeError):
            other.fetch_token(told["token_endpoint"], **given)


@pytest.mark.usefixtures("insecure")
def test_oauthlib_gets_a_token_by_key(served, told, partner, key):
    client = BackendApplicationClient(client_id=EXAMPLE)
    signed = assertion(partner, key, aud=told["token_endpoint"])
    with OauthlibSession(client=client) as session:
        session.fetch_token(
            told["token_endpoint"], include_client_id=True, client_assertion=signed, client_assertion_type=JWT
        )

        assert session.get(f"{served}/api/v1/partner/digest", timeout=10).status_code == 200
