"""A partner's system rotates its own credentials, signed in with one of them."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from joserfc.jwk import ECKey

from sgoffice.partners import services
from sgoffice.records.actors import OFFICE
from tests.factories import partners as make
from tests.sgoffice.partners.services.test_keys import assertion

pytestmark = pytest.mark.django_db
JWT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
AT = "http://testserver/api/v1/oauth/token"


@pytest.fixture
def partner():
    return make.partner()


@pytest.fixture
def secret(partner):
    return services.issue_secret(partner.pk, by=OFFICE, at=timezone.now())[1]


def ask(path, **values):
    return Client().post(f"/api/v1/oauth/{path}", values, content_type="application/json")


def test_secret_is_rotated_without_the_office(partner, secret):
    given = {"client_id": partner.slug, "client_secret": secret}
    issued = ask("credentials", issue="secret", **given)
    new = given | {"client_secret": issued.json()["client_secret"]}
    old = next(one for one in issued.json()["credentials"] if one["is_this"])

    revoked = ask("credentials", revoke=old["id"], **new).json()

    assert issued["Cache-Control"] == "no-store"
    assert (revoked["client_secret"], [one["is_own"] for one in revoked["credentials"]]) == (None, [True, False])
    assert ask("token", grant_type="client_credentials", **given).status_code == 401
    assert ask("token", grant_type="client_credentials", **new).status_code == 200


def test_key_is_registered_and_gets_a_token(partner, secret):
    key = ECKey.generate_key("P-256")
    kept = ask("credentials", jwk=key.as_dict(private=False), client_id=partner.slug, client_secret=secret).json()

    by_key = {"client_assertion": assertion(partner, key, aud=AT), "client_assertion_type": JWT}
    got = ask("token", grant_type="client_credentials", scope="agreement", **by_key)
    again = ask("token", grant_type="client_credentials", **by_key)

    assert {one["kind"] for one in kept["credentials"]} == {"secret", "key"}
    assert (got.status_code, got.json()["scope"]) == (200, "agreement")
    assert (again.status_code, again.json()["error"]) == (401, "invalid_client")
    headers = {"Authorization": f"Bearer {got.json()['access_token']}"}
    assert Client().get("/api/v1/partner/digest", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "values",
    [
        {"issue": "key"}, {"jwk": "x"}, {"jwk": "[]"}, {"jwk": {}}, {"revoke": "x"}, {"issue": "secret", "revoke": "x"},
        {"client_assertion": "a.b.c"}, {"client_assertion": "a.b.c", "client_assertion_type": JWT},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_request_about_credentials_is_refused_by_name(partner, secret, values):
    refused = ask("credentials", client_id=partner.slug, client_secret=secret, **values)

    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_request")


def test_third_credential_is_refused_with_the_reason(partner, secret):
    given = {"client_id": partner.slug, "client_secret": secret}
    ask("credentials", issue="secret", **given)

    refused = ask("credentials", issue="secret", **given)

    assert (refused.status_code, refused.json()["rule"]) == (409, "two-secrets")
    assert refused.json()["error"] == "invalid_request"


def test_token_does_not_rotate_credentials(partner):
    puller = make.Puller(partner)

    headers = {"Authorization": f"Bearer {puller.token}"}
    refused = Client().post("/api/v1/oauth/credentials", {}, content_type="application/json", headers=headers)

    assert refused.status_code == 401


def test_office_registers_the_first_key(partner, monkeypatch):
    key, said = ECKey.generate_key("P-256"), StringIO()

    monkeypatch.setattr("sys.stdin", StringIO(json.dumps(key.as_dict(private=False))))
    call_command("register_partner_key", partner.slug, stdout=said)

    assert said.getvalue().startswith(f"{partner.slug} signs in with the key …")
    monkeypatch.setattr("sys.stdin", StringIO("[]"))
    with pytest.raises(CommandError, match="no JWK"):
        call_command("register_partner_key", partner.slug)
    with pytest.raises(CommandError, match="no partner"):
        call_command("register_partner_key", "nobody")
