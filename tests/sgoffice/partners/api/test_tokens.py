"""Credentials: two secrets, one grant, errors as OAuth names them; what is revoked is refused by the next request."""

import base64
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sgoffice.changes.door import ANY_VERSION
from sgoffice.partners import services
from sgoffice.partners.models import PartnerSecret, PartnerToken, RefusedSignIn
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import InvalidEntry, NotPermitted, RuleViolation
from tests.factories import partners as make
from tests.factories.accounts import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make.partner()


def issue(partner, **values):
    return services.issue_secret(partner.pk, by=OFFICE, at=timezone.now(), **values)


def ask(values=None, *, basic=None, content_type="application/x-www-form-urlencoded"):
    headers = {"Authorization": "Basic " + base64.b64encode(basic.encode()).decode()} if basic else {}
    body = "&".join(f"{name}={value}" for name, value in (values or {}).items())
    return Client().post("/api/v1/oauth/token", body, content_type=content_type, headers=headers)


def wanted(partner, secret, **more):
    return {"grant_type": "client_credentials", "client_id": partner.slug, "client_secret": secret} | more


def test_credentials_become_a_token_that_opens_the_exchange(partner):
    _, secret = issue(partner)

    for answer in (
        ask(wanted(partner, secret)),
        ask({"grant_type": "client_credentials"}, basic=f"{partner.slug}:{secret}"),
    ):
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        body = answer.json()
        assert (body["token_type"], body["scope"]) == ("Bearer", " ".join(make.ALL_KINDS))
        headers = {"Authorization": f"Bearer {body['access_token']}"}
        assert Client().get("/api/v1/partner/digest", headers=headers).status_code == 200


def test_nothing_that_was_shown_is_kept(partner):
    kept, secret = issue(partner)
    token = ask(wanted(partner, secret)).json()["access_token"]

    assert secret.encode() not in bytes(kept.digest)
    assert token.encode() not in bytes(PartnerToken.objects.get().digest)
    assert len(bytes(kept.digest)) == len(bytes(PartnerToken.objects.get().digest)) == 32


@pytest.mark.parametrize("slug", ["partner", "nobody"])
def test_wrong_credentials_are_401_alike(partner, slug):
    client_id = partner.slug if slug == "partner" else slug

    answer = ask({"grant_type": "client_credentials", "client_id": client_id, "client_secret": "sgs_wrong"})

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer["WWW-Authenticate"].startswith("Basic")


def test_secret_of_one_partner_does_not_open_for_another(partner):
    _, secret = issue(partner)

    assert ask(wanted(make.partner(), secret)).status_code == 401


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": ""}, "invalid_request"),
        ({"scope": "moon"}, "invalid_scope"),
        ({"scope": "agreement%20moon"}, "invalid_scope"),
    ],
)
def test_what_oauth_refuses_has_its_name(partner, change, error):
    _, secret = issue(partner)

    answer = ask(wanted(partner, secret) | change)

    body = answer.json()
    assert (answer.status_code, body["error"], body["type"]) == (400, error, "/problems/malformed")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/json", "no-store")


def test_token_of_less_opens_less_and_says_so(partner, settle):
    _, secret = issue(partner)
    given = ask(wanted(partner, secret, scope="decision"))

    assert given.json()["scope"] == "decision"
    headers = {"Authorization": f"Bearer {given.json()['access_token']}"}
    refused = Client().get("/api/v1/partner/agreements", headers=headers)
    assert refused.status_code == 403
    assert 'error="insufficient_scope", scope="agreement"' in refused["WWW-Authenticate"]


def test_revoked_token_opens_nothing_and_no_other_partner_revokes_it(partner):
    _, secret = issue(partner)
    stranger, puller = make.partner(), make.Puller(partner)
    _, foreign = issue(stranger)

    def revoke(whose, secret, token):
        body = f"client_id={whose.slug}&client_secret={secret}&token={token}&token_type_hint=access_token"
        return Client().post("/api/v1/oauth/revoke", body, content_type="application/x-www-form-urlencoded")

    assert (revoke(stranger, foreign, puller.token).status_code, puller.see("digest").status_code) == (200, 200)
    assert revoke(partner, "sgs_wrong", puller.token).json()["error"] == "invalid_client"
    assert puller.see("digest").status_code == 200
    assert (revoke(partner, secret, "sgp_unknown").status_code, revoke(partner, secret, "").status_code) == (200, 400)
    assert (revoke(partner, secret, puller.token).status_code, puller.see("digest").status_code) == (200, 401)


def test_two_secrets_live_and_a_third_waits_for_one_to_go(partner):
    first, _ = issue(partner)
    issue(partner)
    with pytest.raises(RuleViolation) as refused:
        issue(partner)
    assert refused.value.rule == "two-secrets"

    services.revoke_secret(first.pk, of=partner.pk, by=OFFICE, at=timezone.now())
    issue(partner)


def test_expired_secret_counts_no_more_and_opens_nothing(partner):
    long_ago = timezone.now() - timedelta(days=400)
    _, secret = services.issue_secret(partner.pk, by=OFFICE, at=long_ago)

    assert ask(wanted(partner, secret)).status_code == 401
    issue(partner)
    issue(partner)


def test_revoked_secret_takes_its_tokens_with_it_and_leaves_the_other_alone(partner):
    first, second = make.Puller(partner), make.Puller(partner)
    secret = PartnerSecret.objects.order_by("created_at").first()
    assert secret is not None

    services.revoke_secret(secret.pk, of=partner.pk, by=OFFICE, at=timezone.now())

    assert (first.see("digest").status_code, second.see("digest").status_code) == (401, 200)


def test_inactive_partner_is_refused_on_its_next_request(partner):
    puller = make.Puller(partner)
    patch = Correction(services.PartnerEntry, {"is_active": False})

    services.correct_partner(partner.pk, patch, by=OFFICE, expected=ANY_VERSION)

    assert puller.see("digest").status_code == 401


def test_refused_requests_are_counted_with_the_same_work_for_partners_and_for_nobody(partner):
    def statements(client_id):
        with CaptureQueriesContext(connection) as ran:
            ask({"grant_type": "client_credentials", "client_id": client_id, "client_secret": "sgs_wrong"})
        return [re.sub(r"'[^']*'|s\d+_x\d+", "", query["sql"]) for query in ran.captured_queries]

    first = [statements(partner.slug), statements("nobody")]
    again = [statements(partner.slug), statements("nobody")]

    assert first[0] == first[1]
    assert again[0] == again[1]
    assert services.pull_progress(partner.pk).refused == 2


def test_refusals_of_nobody_are_forgotten(partner):
    before = timezone.now() - timedelta(days=2)
    for client_id in ("nobody", partner.slug):
        services.count_refusal(client_id, at=before)

    services.count_refusal("somebody", at=timezone.now())

    assert RefusedSignIn.objects.count() == 2
    assert services.pull_progress(partner.pk).refused == 1


def test_only_administrators_issue_secrets_and_for_a_year_at_most(partner):
    with pytest.raises(NotPermitted):
        services.issue_secret(partner.pk, by=staff("approver").as_actor(), at=timezone.now())
    with pytest.raises(InvalidEntry):
        issue(partner, lifetime=timedelta(days=500))
