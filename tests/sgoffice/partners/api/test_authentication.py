"""Whoever comes to the exchange without a token, or to an address that there is not, learns where to go."""

import pytest
from django.test import Client

from tests.factories import partners as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def puller():
    return make.Puller(make.partner())


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("", "credentials were not provided"),
        ("Basic eDp5", "credentials were not provided"),
        ("Bearer sgp_ended", "unknown, expired or revoked"),
        ("Bearer sgs_secret", "a client secret"),
        ("Bearer sgo_staff", "a token of a member of staff"),
    ],
)
def test_whoever_comes_without_a_token_learns_where_tokens_are(sent, told):
    refused = Client().get("/api/v1/partner/changes", headers={"Authorization": sent} if sent else {})

    assert refused.status_code == 401
    assert told in refused.json()["detail"]
    assert "/api/v1/oauth/token" in refused.json()["advice"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/partner/nonsense",
        "/api/v1/oauth/token/",
        "/api/v1/oauth/introspect",
        "/api/partner/changelog",
        "/.well-known/oauth-authorization-server/api/v1",
    ],
)
def test_an_address_that_there_is_not_leads_partners_to_their_document(path):
    assert "/api/partner/docs" in Client().get(path).json()["detail"]


def test_a_partner_that_errs_among_addresses_of_staff_is_led_to_its_own_document(puller):
    asked = puller.get("/api/v1/nonsense", headers={"Authorization": f"Bearer {puller.token}"})

    assert "/api/partner/docs" in asked.json()["detail"]
    assert "/api/docs" in Client().get("/api/v1/nonsense").json()["detail"]
