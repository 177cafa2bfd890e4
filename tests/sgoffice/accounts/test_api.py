"""Signing in over HTTP."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.accounts.models import User
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import RuleViolation
from sgoffice.records.models import HistoryEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return services.invite_staff(services.StaffEntry(username="anna", role="officer"), by=OFFICE)


def me(client, token):
    return client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})


def test_bearer_token_signs_in(client, anna):
    token = services.issue_token(anna, name="laptop", at=timezone.now())

    answer = me(client, token)

    assert answer.status_code == 200
    assert answer.json()["permissions"] == ["read", "write"]
    assert anna.tokens.get().last_used_at is not None


@pytest.mark.parametrize("token", ["", "sgo_unknown", "x" * 5000, "\u00e9"])
def test_wrong_token_is_401_with_a_challenge(client, anna, token):
    answer = me(client, token)

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_expired_token_is_refused(client, anna):
    token = services.issue_token(anna, name="old", at=timezone.now() - timedelta(days=2), lifetime=timedelta(days=1))

    assert me(client, token).status_code == 401


def test_revoked_token_is_refused_at_once(client, anna):
    token = services.issue_token(anna, name="laptop", at=timezone.now())
    assert me(client, token).status_code == 200

    client.delete(f"/api/v1/me/tokens/{anna.tokens.get().pk}", headers={"Authorization": f"Bearer {token}"})

    assert me(client, token).status_code == 401


def test_token_of_somebody_who_left_is_refused(client, anna):
    token = services.issue_token(anna, name="laptop", at=timezone.now())

    services.set_active(anna.pk, is_active=False, by=OFFICE, at=timezone.now())

    assert me(client, token).status_code == 401


def test_issued_token_is_shown_once(client, anna):
    client.force_login(anna)

    issued = client.post("/api/v1/me/tokens", {"name": "script"}, content_type="application/json")
    listed = client.get("/api/v1/me/tokens").json()["results"]

    assert issued.status_code == 201
    assert issued.json()["token"].startswith("sgo_")
    assert "token" not in listed[0]


def test_request_id_comes_back(client):
    answer = client.get("/api/v1/me", headers={"X-Request-ID": "abc-1"})

    assert answer["X-Request-ID"] == "abc-1"
    assert answer.json()["request_id"] == "abc-1"


def test_request_ids_that_are_kept_differ_where_callers_chose_the_same(client, anna):
    client.force_login(anna)
    for name in ("first", "second"):
        headers = {"X-Request-ID": "abc-1"}
        client.post("/api/v1/people", {"name": f"Ada {name}"}, content_type="application/json", headers=headers)

    kept = {entry.request_id for entry in HistoryEntry.objects.filter(table_name="directory_person")}
    assert len(kept) == 2
    assert all(name.startswith("abc-1.") for name in kept)


def test_strange_request_id_is_replaced(client):
    assert client.get("/livez", headers={"X-Request-ID": "a b\tc"})["X-Request-ID"] != "a b\tc"


def test_wrong_tokens_are_throttled_before_they_are_looked_up(client, anna, django_assert_num_queries):
    token = services.issue_token(anna, name="laptop", at=timezone.now())
    assert me(client, token).status_code == 200
    answers = [me(client, f"sgo_guess{number}").status_code for number in range(40)]

    with django_assert_num_queries(0):
        refused = me(client, "sgo_another")

    assert answers == [401] * 31 + [429] * 9 or answers == [401] * 32 + [429] * 8
    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert me(client, token).status_code == 200, "one that was right lately is let through"


@pytest.mark.parametrize(
    "path", ["/api/v1/partner/snapshot", "/calendars/guess.ics", "/api/v1/oauth/token"], ids=lambda path: path
)
def test_other_secrets_are_counted_in_the_same_way(client, path):
    def guess():
        if path.endswith("token"):
            body = {"grant_type": "client_credentials", "client_id": "a", "client_secret": "b"}
            return client.post(path, body, content_type="application/json").status_code
        return client.get(path, headers={"Authorization": "Bearer sgp_guess"}).status_code

    answers = {guess() for _ in range(35)}

    assert 429 in answers
    assert guess() == 429


def test_examples_sign_in_by_nothing_where_the_register_is_served_to_others(client, settings):
    [example, *_] = services.ensure_examples()
    user, now = User.objects.get(username=example.username), timezone.now()
    token = services.issue_token(user, name="laptop", at=now)
    link = services.issue_calendar_link(user, name="phone", at=now)
    password = services.issue_password_link(user.pk, by=OFFICE, at=now)
    doors = [f"/calendars/{link}.ics", f"/password/{password}"]
    assert [me(client, token).status_code, *(client.get(door).status_code for door in doors)] == [200] * 3

    settings.SESSION_COOKIE_SECURE = True

    assert [me(client, token).status_code, *(client.get(door).status_code for door in doors)] == [401, 404, 404]
    for issue in (services.issue_token, services.issue_calendar_link):
        with pytest.raises(RuleViolation):
            issue(user, name="another", at=now)


def test_an_example_is_not_the_other_administrator_where_the_register_is_served_to_others(settings):
    services.ensure_examples()
    [amina] = services.name_first_staff("amina", [], at=timezone.now())
    settings.SESSION_COOKIE_SECURE = True

    with pytest.raises(RuleViolation) as refusal:
        services.set_active(amina.pk, is_active=False, by=OFFICE, at=timezone.now())

    assert refusal.value.rule == "last-administrator"
