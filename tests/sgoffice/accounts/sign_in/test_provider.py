"""Signing in by an organization's provider, which is a real one: its claims give little, propose more, and end all."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.accounts.models import AccessToken, ProviderAccount, User
from sgoffice.accounts.sign_in import oidc
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import RuleViolation
from sgoffice.records.models import HistoryEntry, TraceItem
from tests.factories import approvals
from tests.factories.accounts import PASSWORD, approve_role, signed_in, staff, with_password
from tests.factories.identity_provider import identity_provider
from tests.factories.second_factors import code_of, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def process():
    with identity_provider() as provider:
        yield provider


@pytest.fixture
def provider(process, settings):
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = process.address, "register", "secret"
    settings.OIDC_ROLE_CLAIM, settings.OIDC_SECOND_FACTORS = "groups", frozenset({"mfa"})
    settings.OIDC_ROLES = {"readers": "viewer", "office": "officer", "chiefs": "approver", "admins": "administrator"}
    oidc._metadata_of.cache_clear()
    return process


def come_back(provider, subject, client=None):
    client = client or Client()
    address = client.get("/organization/sign-in")["Location"]
    return client, client.get(provider.authorize(address, subject))


def enter(provider, subject, *groups, **claims):
    provider.tell(subject, preferred_username=subject, name=subject.title(), groups=list(groups), **claims)
    return come_back(provider, subject)


def member(subject):
    return User.objects.get(username=subject)


def promote(user):
    """Let two people make somebody an approver."""
    chief, administrator = approvals.member("approver"), approvals.member("administrator")
    services.assign_role(user.pk, "approver", by=administrator, at=timezone.now())
    approve_role(user, by=chief)


def is_in(client):
    return client.get("/desk/me").status_code == 200


@pytest.mark.parametrize(
    ("groups", "role", "claimed"),
    [
        (["readers"], "viewer", ""),
        (["office", "something else"], "officer", ""),
        (["readers", "office"], "officer", ""),
        (["chiefs"], "viewer", "approver"),
        (["office", "chiefs"], "officer", "approver"),
        (["admins"], "viewer", "administrator"),
    ],
)
def test_claims_give_viewer_and_officer_and_only_propose_the_rest(provider, groups, role, claimed):
    client, answer = enter(provider, "amina", *groups)

    assert answer["Location"] == "/desk/"
    assert is_in(client)
    user = member("amina")
    assert (user.role, user.provider_account.claimed_role, user.display_name) == (role, claimed, "Amina")
    assert not user.has_usable_password()
    assert HistoryEntry.objects.filter(row_id=user.pk, verb="invite").get().actor == f"provider:{provider.address}"
    assert TraceItem.objects.get(act="sign_in").actor == str(user.as_actor())


def test_an_administrator_reads_what_is_claimed_and_two_people_give_it(provider):
    enter(provider, "amina", "chiefs")
    page = signed_in("administrator").get("/admin/accounts/user/")
    assert b"Approver: also reads" in page.content

    promote(member("amina"))
    client, _ = come_back(provider, "amina")

    assert member("amina").role == "approver"
    assert is_in(client)
    assert member("amina").provider_account.claimed_role == ""


@pytest.mark.parametrize(("left", "role"), [(["office"], "officer"), (["readers"], "viewer"), ([], "viewer")])
def test_a_claim_that_is_gone_ends_the_role_at_once(provider, left, role):
    enter(provider, "amina", "office", "chiefs")
    user = member("amina")
    promote(user)
    earlier, _ = come_back(provider, "amina")
    services.issue_token(member("amina"), name="x", at=timezone.now())
    assert is_in(earlier)

    client, answer = enter(provider, "amina", *left)

    assert member("amina").role == role
    assert not is_in(earlier)
    assert AccessToken.objects.get().revoked_at is not None
    assert is_in(client) is bool(left)
    assert (answer.status_code == 302) is bool(left)


def test_without_any_role_nobody_comes_in_and_nobody_new_is_kept(provider):
    client, answer = enter(provider, "stranger", "something else")

    assert answer.status_code == 403
    assert b"no role" in answer.content
    assert not is_in(client)
    assert not User.objects.filter(username="stranger").exists()


def test_the_last_administrators_claim_ends_their_role_too(provider):
    enter(provider, "amina", "admins")
    user = member("amina")
    services.assign_role(user.pk, "administrator", by=OFFICE, at=timezone.now())

    enter(provider, "amina", "readers")

    assert member("amina").role == "viewer"


def test_who_was_sent_away_here_does_not_come_back_by_the_provider(provider):
    enter(provider, "amina", "office")
    services.set_active(member("amina").pk, is_active=False, by=OFFICE, at=timezone.now())

    client, answer = come_back(provider, "amina")

    assert answer.status_code == 403
    assert not is_in(client)


def test_a_name_that_is_taken_is_no_sign_that_it_is_the_same_person(provider):
    user = staff()
    provider.tell("someone", preferred_username=user.username.upper(), groups=["office"])

    client, answer = come_back(provider, "someone")

    assert answer.status_code == 403
    assert b"is taken" in answer.content
    assert not is_in(client)


@pytest.mark.parametrize(
    ("wrong", "value"),
    [
        ("iss", "https://another.example"),
        ("aud", "another client"),
        ("nonce", "another sign-in"),
        ("exp", 1_262_304_000),  # 2010-01-01
        ("azp", "another client"),
    ],
)
def test_an_id_token_for_another_purpose_signs_nobody_in(provider, wrong, value):
    client, answer = enter(provider, "amina", "office", **{wrong: value})

    assert answer.status_code == 403
    assert not is_in(client)
    assert not User.objects.filter(username="amina").exists()
    provider.tell("amina", groups=[])


def test_what_was_asked_in_another_session_signs_nobody_in(provider):
    provider.tell("amina", preferred_username="amina", groups=["office"])
    client, other = Client(), Client()
    back = provider.authorize(client.get("/organization/sign-in")["Location"], "amina")
    other.get("/organization/sign-in")

    assert client.get(back.replace("state=", "state=x")).status_code == 403
    assert other.get(back).status_code == 403
    assert Client().get(back).status_code == 403
    assert not User.objects.filter(username="amina").exists()


def test_an_answer_is_good_once(provider):
    provider.tell("amina", preferred_username="amina", groups=["office"])
    client = Client()
    back = provider.authorize(client.get("/organization/sign-in")["Location"], "amina")
    client.get(back)
    client.post("/admin/logout/")

    assert client.get(back).status_code == 403


def test_a_token_that_another_key_signed_signs_nobody_in(provider, settings):
    client = Client()
    address = client.get("/organization/sign-in")["Location"]
    back = provider.authorize(address, "amina")
    with identity_provider() as other:
        known = oidc._metadata()
        known["jwks_uri"] = f"{other.address}/jwks"

        assert client.get(back).status_code == 403


def test_only_values_that_a_setting_names_count_as_a_second_factor(provider, settings):
    settings.IS_PRODUCTION = True
    enter(provider, "amina", "chiefs")
    promote(member("amina"))

    for shown, leads_to in (({"amr": ["pwd"]}, "/second-factor"), ({"amr": ["pwd", "mfa"]}, "/desk/")):
        client, answer = enter(provider, "amina", "chiefs", **shown)
        assert answer["Location"] == leads_to
        assert is_in(client) is (leads_to == "/desk/")
    assert is_in(enter(provider, "amina", "chiefs", acr="mfa")[0])


def test_who_set_up_a_second_factor_here_shows_it_after_the_provider_too(provider):
    enter(provider, "amina", "office")
    _, key, _ = with_app(member("amina"), timezone.now() - timedelta(minutes=2))

    client, answer = come_back(provider, "amina")
    assert (answer["Location"], is_in(client)) == ("/second-factor", False)

    assert client.post("/second-factor", {"code": code_of(key)})["Location"] == "/desk/"
    assert is_in(client)


def test_who_is_a_member_links_the_account_and_signs_in_by_it_alone(provider):
    user, client = with_password(staff()), Client()
    client.post("/admin/login/", {"username": user.username, "password": PASSWORD})
    provider.tell("bo", preferred_username="somebody", groups=["office"])
    address = client.post("/organization/link").context["address"]

    answer = client.get(provider.authorize(address, "bo"))

    assert answer["Location"] == "/desk/me"
    assert is_in(client)
    assert ProviderAccount.objects.get().user == user
    assert not Client().login(username=user.username, password=PASSWORD)
    with pytest.raises(RuleViolation, match="provider"):
        services.issue_password_link(user.pk, by=OFFICE, at=timezone.now())
    assert is_in(come_back(provider, "bo")[0])


def test_whose_account_is_to_be_linked_is_forgotten_with_the_question(provider):
    user, client = with_password(staff()), Client()
    client.post("/admin/login/", {"username": user.username, "password": PASSWORD})
    assert "address" in client.post("/organization/link").context
    provider.tell("bo", preferred_username="bo", groups=["office"])
    assert come_back(provider, "bo", client)[0].get("/desk/me").wsgi_request.user == member("bo")


def test_an_account_without_the_role_or_of_another_is_not_linked(provider):
    enter(provider, "amina", "office")
    identity = services.Identity(provider.address, "bo", roles=frozenset({"viewer"}))
    taken = services.Identity(provider.address, "amina", roles=frozenset({"officer"}))
    for wrong in (identity, taken):
        with pytest.raises(RuleViolation):
            services.link_provider_account(staff("officer"), wrong, at=timezone.now())


@pytest.mark.parametrize(
    "statement",
    ["UPDATE accounts_provideraccount SET user_id = %s", "DELETE FROM accounts_provideraccount WHERE user_id <> %s"],
)
def test_the_database_keeps_whose_account_it_is(provider, statement):
    enter(provider, "amina", "office")

    with pytest.raises(IntegrityError, match="whom the provider means"), transaction.atomic():
        connection.cursor().execute(statement, [staff().pk])


def test_where_there_is_no_provider_nothing_leads_to_one(client):
    assert client.get("/organization/sign-in").status_code == 404
    assert client.get("/organization/back").status_code == 404
    assert b"/organization" not in client.get("/admin/login/").content


def test_the_sign_in_page_leads_to_it_with_pkce(provider, client):
    assert b'href="/organization/sign-in"' in client.get("/admin/login/").content

    asked = parse_qs(urlsplit(client.get("/organization/sign-in")["Location"]).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/organization/back"]
    assert {"state", "nonce", "code_challenge"} <= asked.keys()


def test_a_provider_that_is_gone_refuses_with_a_page(settings, client):
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = "http://127.0.0.1:9", "register"
    oidc._metadata_of.cache_clear()

    assert client.get("/organization/sign-in").status_code == 503
