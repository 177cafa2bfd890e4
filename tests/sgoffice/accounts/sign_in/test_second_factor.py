"""Signing in with a second factor: before it a session is nobody's, by whatever door; guesses wait like passwords."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.accounts.models import SecondFactor, User
from sgoffice.api.models import Guess
from sgoffice.records.errors import RuleViolation
from sgoffice.records.models import TraceItem
from tests.factories.accounts import PASSWORD, staff, with_password
from tests.factories.second_factors import ORIGIN, Passkey, code_of, with_app

pytestmark = pytest.mark.django_db
DOORS = ("/desk/", "/desk/me", "/admin/", "/api/v1/me", "/api/v1/engagements", "/password")
SET_UP = "/second-factor/set-up"


@pytest.fixture
def others_are_served(settings):
    settings.IS_PRODUCTION = True


@pytest.fixture
def protected():
    """An officer with an app, since two minutes ago: the key in the app, and recovery codes."""
    return with_app(with_password(staff()), timezone.now() - timedelta(minutes=2))


def with_password_alone(user, **more):
    client = Client(**more)
    form = {"username": user.username, "password": PASSWORD, "next": "/desk/diary"}
    return client, client.post("/admin/login/", form)


def show(client, code):
    return client.post("/second-factor", {"code": code})


def opens(client):
    return [door for door in DOORS if client.get(door).status_code == 200]


def test_a_password_alone_opens_no_door(protected):
    client, answer = with_password_alone(protected[0])

    assert answer["Location"] == "/second-factor"
    assert opens(client) == []
    assert not TraceItem.objects.filter(act="sign_in").exists()
    assert client.get("/admin/login/")["Location"] == "/second-factor"


def test_the_code_of_the_app_signs_in_and_leads_on(protected):
    user, key, _ = protected
    client, _ = with_password_alone(user)

    answer = show(client, code_of(key))

    assert answer["Location"] == "/desk/diary"
    assert len(opens(client)) == len(DOORS)
    assert TraceItem.objects.get(act="sign_in").actor == str(user.as_actor())


def test_no_code_is_good_twice(protected):
    user, key, codes = protected
    for code in (code_of(key), codes[0]):
        first, second = with_password_alone(user)[0], with_password_alone(user)[0]

        assert show(first, code).status_code == 302
        assert show(second, code).status_code == 200
        assert opens(second) == []


def test_a_recovery_code_is_typed_as_people_type(protected):
    user, _, codes = protected
    client, _ = with_password_alone(user)

    assert show(client, f" {codes[3].upper().replace('-', ' ')} ").status_code == 302
    assert user.recovery_codes.filter(ended_at=None).count() == 9


@pytest.mark.parametrize("minutes", [-2, 2])
def test_a_code_of_another_minute_is_wrong(protected, minutes):
    user, key, _ = protected
    client, _ = with_password_alone(user)

    assert show(client, code_of(key, timezone.now().timestamp() + minutes * 60)).status_code == 200
    assert opens(client) == []


def test_guesses_wait_and_leave_a_trace(protected):
    user, key, _ = protected
    client, _ = with_password_alone(user)

    answers = [show(client, f"{number:06}").status_code for number in range(6)]
    Guess.objects.update(waits_until=timezone.now() + timedelta(minutes=5))
    right = show(client, code_of(key))

    assert answers == [200] * 6
    assert (right.status_code, right["Retry-After"]) == (429, "300")
    assert opens(client) == []
    refused = TraceItem.objects.filter(act="sign_in_refused")
    assert {item.about["username"] for item in refused} == {user.username}
    assert refused.count() == 7


def test_a_new_password_in_the_same_session_owes_a_second_factor_again(protected):
    user, key, _ = protected
    other, _, _ = with_app(with_password(staff()), timezone.now() - timedelta(minutes=2))
    client, _ = with_password_alone(user)
    show(client, code_of(key))

    client.post("/admin/login/", {"username": other.username, "password": PASSWORD})

    assert opens(client) == []


def test_who_has_set_up_nothing_signs_in_as_before():
    client, answer = with_password_alone(with_password(staff("approver")))

    assert answer["Location"] == "/desk/diary"
    assert len(opens(client)) == len(DOORS)


@pytest.mark.parametrize("role", ["approver", "auditor", "administrator"])
def test_a_role_that_two_people_give_sets_one_up_before_anything_else(others_are_served, role):
    user = with_password(staff(role))
    client, answer = with_password_alone(user)
    assert (answer["Location"], opens(client)) == ("/second-factor", [])
    assert client.get("/second-factor")["Location"] == SET_UP
    page = client.get(SET_UP)

    done = client.post(f"{SET_UP}/app", {"code": code_of(page.context["key"])})

    assert len(done.context["codes"]) == 10
    assert done.context["leads_to"] == "/desk/diary"
    assert len(opens(client)) == len(DOORS)


@pytest.mark.parametrize("role", ["viewer", "officer"])
def test_nobody_else_is_asked_where_others_are_served(others_are_served, role):
    client, answer = with_password_alone(with_password(staff(role)))

    assert answer["Location"] == "/desk/diary"
    assert len(opens(client)) == len(DOORS)


def test_a_session_from_before_is_nobodys_once_others_are_served(settings):
    client, _ = with_password_alone(with_password(staff("approver")))
    assert opens(client)

    settings.IS_PRODUCTION = True

    assert opens(client) == []


def test_who_owes_a_second_factor_sets_up_no_other_one(protected):
    client, _ = with_password_alone(protected[0])

    assert client.get(SET_UP)["Location"] == "/second-factor"
    assert client.post(f"{SET_UP}/app", {"code": "000000"})["Location"] == "/second-factor"
    assert client.post("/second-factor/codes")["Location"] == "/second-factor"
    factor = SecondFactor.objects.get()
    assert client.post(f"/second-factor/{factor.pk}/remove")["Location"] == "/second-factor"
    assert SecondFactor.objects.get().ended_at is None


def test_a_passkey_signs_in(settings):
    settings.ALLOWED_HOSTS = [ORIGIN.host]
    user, key = with_password(staff()), Passkey()
    browser = {"headers": {"host": ORIGIN.host}, "secure": True}
    client, _ = with_password_alone(user, **browser)
    page = client.get(SET_UP, **browser)
    made = key.make(json.loads(page.context["asked"]))
    assert client.post(f"{SET_UP}/passkey", {"passkey": json.dumps(made)}, **browser).status_code == 200

    other = Client()
    other.post("/admin/login/", {"username": user.username, "password": PASSWORD}, **browser)
    asked = json.loads(other.get("/second-factor", **browser).context["asked"])
    answer = other.post("/second-factor", {"passkey": json.dumps(key.use(asked))}, **browser)

    assert answer.status_code == 302
    assert other.get("/desk/me", **browser).status_code == 200


@pytest.mark.parametrize(
    "answer",
    ["", "{", "[]", "1", "null", '"x"', "{}", '{"rawId": 1}', '{"response": {}}', "x" * 30_000, "[" * 20_000],
)
def test_what_no_browser_signs_is_refused(protected, answer):
    user, _, _ = protected
    services.add_passkey(user, name="Key", material=_material(user), at=timezone.now())
    client, _ = with_password_alone(user, headers={"host": "localhost"})
    client.get("/second-factor", headers={"host": "localhost"})

    assert client.post("/second-factor", {"passkey": answer}, headers={"host": "localhost"}).status_code == 200
    assert opens(client) == []


def test_who_signs_in_in_place_of_another_is_noted_too():
    one, other = with_password(staff()), with_password(staff())
    client, _ = with_password_alone(one)

    client.post("/admin/login/", {"username": other.username, "password": PASSWORD})

    assert client.get("/api/v1/me").json()["username"] == other.username
    signed_in = TraceItem.objects.filter(act="sign_in").order_by("pk").values_list("actor", flat=True)
    assert list(signed_in) == [str(one.as_actor()), str(other.as_actor())]


def test_a_calendar_link_from_before_others_were_served_waits_for_a_second_factor(settings):
    settings.IS_PRODUCTION = False
    chief, officer = staff("approver"), staff("officer")
    links = [services.issue_calendar_link(one, name="Telephone", at=timezone.now()) for one in (chief, officer)]
    settings.IS_PRODUCTION = True

    pages = [f"/calendars/{link}{end}" for link in links for end in (".ics", "/deadlines.ics")]
    shown = [Client().get(page).status_code for page in pages]

    assert shown == [404, 404, 200, 200]
    with pytest.raises(RuleViolation):
        services.issue_calendar_link(chief, name="Another", at=timezone.now())


def test_pages_need_no_inline_script_or_style(protected):
    client, _ = with_password_alone(protected[0])
    page = client.get("/second-factor")

    assert "unsafe" not in page["Content-Security-Policy"]
    assert page["Cache-Control"] == "no-store" or "no-store" in page["Cache-Control"]
    assert b" style=" not in page.content
    assert b" style=" not in _set_up_page().content


def _set_up_page():
    return with_password_alone(with_password(staff()))[0].get(SET_UP)


def _material(user: User) -> bytes:
    asked, state = services.begin_passkey(user, ORIGIN)
    material = services.read_passkey(state, Passkey().make(asked["publicKey"]), ORIGIN)
    assert material is not None
    return material
