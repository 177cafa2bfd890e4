"""Requests to the addresses of OAuth as RFC 6749 has them: parameters, one way of signing in, errors of both kinds."""

import base64
import re

import pytest
from django.test import Client
from django.utils import timezone

from sgoffice.partners import services
from sgoffice.records.actors import OFFICE
from tests.factories import partners as make

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
GRANT = "grant_type=client_credentials"


@pytest.fixture
def partner():
    return make.partner()


@pytest.fixture
def secret(partner):
    return services.issue_secret(partner.pk, by=OFFICE, at=timezone.now())[1]


def basic(client_id, secret):
    return {"Authorization": "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()}


def ask(body, *, headers=None, query="", content_type=FORM):
    return Client().post(f"/api/v1/oauth/token{query}", body, content_type=content_type, headers=headers or {})


def test_parameters_that_are_unknown_or_empty_are_ignored(partner, secret):
    answer = ask(
        f"{GRANT}&audience=x&resource=https%3A%2F%2Fa.example&resource=https%3A%2F%2Fb.example&scope=&client_id=",
        headers=basic(partner.slug, secret),
        query="?tenant=1",
    )

    assert (answer.status_code, answer["Pragma"]) == (200, "no-cache")


@pytest.mark.parametrize(
    "body",
    [
        "",
        f"{GRANT}&{GRANT}",
        f"{GRANT}&scope=agreement&scope=agreement",
        f"{GRANT}%00",
        f"{GRANT}&scope=%E2%80%8B",
        "colour=red",
        f"{GRANT}&client_secret=sgs_another",
        f"{GRANT}&client_id=another",
    ],
)
def test_request_that_is_none_is_refused_by_name(partner, secret, body):
    answer = ask(body, headers=basic(partner.slug, secret))

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize("body", ["[]", '"a"', "null", '{"grant_type": 1}', '{"grant_type": "\\ud800"}', "{"])
def test_json_that_is_no_object_of_texts_is_refused_by_name(partner, secret, body):
    answer = ask(body, headers=basic(partner.slug, secret), content_type="application/json")

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_credentials_in_an_address_are_refused_since_addresses_are_kept_in_logs(partner, secret):
    answer = ask(GRANT, query=f"?client_id={partner.slug}&client_secret={secret}")

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize("given", ["Basic !", "Basic", "Basic /w==", "Basic bm9ib2R5"])
def test_credentials_that_are_none_are_401_and_say_how_to_sign_in(given):
    answer = ask(GRANT, headers={"Authorization": given})

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer["WWW-Authenticate"].startswith("Basic")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/json", "no-store")


def test_error_serves_readers_of_both_kinds_in_ascii(partner):
    answer = ask(GRANT, headers=basic(partner.slug, "sgs_wrong\u00e9"))

    body = answer.json()
    assert {"error", "error_description", "type", "title", "status", "detail", "advice", "request_id"} == set(body)
    assert body["status"] == answer.status_code
    assert "Bearer" not in body["advice"]
    assert re.fullmatch(r"[\x20-\x21\x23-\x5b\x5d-\x7e]+", body["error_description"])


def test_refusals_of_other_sorts_have_a_name_too(partner, secret):
    unreadable = ask("<a/>", content_type="text/xml")
    guesses = [ask(GRANT, headers=basic(partner.slug, f"sgs_{number}")) for number in range(40)]

    assert (unreadable.status_code, unreadable.json()["error"]) == (415, "invalid_request")
    assert unreadable.json()["advice"] == f"Send a form: `{FORM}`."
    assert guesses[-1].status_code == 429
    assert guesses[-1].json()["error"] == "temporarily_unavailable"
    assert int(guesses[-1]["Retry-After"]) > 0
    assert guesses[-1].json()["detail"].count("second") == 1
