"""Signing in with a password: guesses wait, owners do not, and each attempt leaves a trace."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from sgoffice.api.models import Guess
from sgoffice.records.models import TraceItem
from tests.factories.accounts import PASSWORD, staff, with_password

pytestmark = pytest.mark.django_db
OFFICE, OUTSIDE = "192.0.2.10", "203.0.113.7"


@pytest.fixture
def user():
    return with_password(staff())


def attempt(client, user, password, address=OUTSIDE):
    form = {"username": getattr(user, "username", user), "password": password, "next": "/admin/"}
    return client.post("/admin/login/", form, REMOTE_ADDR=address)


def guess(user, times, address=OUTSIDE):
    return [attempt(Client(), user, f"wrong {number}", address).status_code for number in range(times)]


def waits_go_on():
    """Make the waits that have begun long, so that a slow machine does not outlast them."""
    now = timezone.now()
    Guess.objects.filter(waits_until__gt=F("counted_at")).update(waits_until=now + timedelta(minutes=5))


def waits_are_over():
    Guess.objects.update(waits_until=timezone.now() - timedelta(seconds=1))


def test_guesses_at_an_account_wait_longer_and_longer(user):
    assert guess(user, 6) == [200] * 6

    waits = []
    for _ in range(4):
        refused = attempt(Client(), user, PASSWORD)
        assert refused.status_code == 429
        waits.append(int(refused["Retry-After"]))
        waits_are_over()
        guess(user, 1)

    assert waits == sorted(waits)
    assert waits[-1] >= 8 > waits[0]


def test_after_the_wait_the_right_password_signs_in_and_the_account_begins_anew(user):
    guess(user, 8)
    waits_are_over()

    assert attempt(Client(), user, PASSWORD).status_code == 302
    assert guess(user, 5) == [200] * 5


def test_refused_attempts_do_not_make_the_wait_longer(user):
    guess(user, 6)
    Guess.objects.update(waits_until=timezone.now() + timedelta(minutes=5))
    until = Guess.objects.get(key__startswith="account:").waits_until

    assert guess(user, 5) == [429] * 5

    assert Guess.objects.get(key__startswith="account:").waits_until == until


def test_guesses_from_many_addresses_count_for_the_account(user):
    answers = [guess(user, 1, f"203.0.113.{number}")[0] for number in range(1, 12)]

    assert answers[:5] == [200] * 5
    assert 429 in answers


def test_guesses_at_many_accounts_count_for_the_address():
    answers = [guess(f"nobody-{number}", 1)[0] for number in range(33)]

    assert answers[:30] == [200] * 30
    assert answers[-1] == 429


def test_one_ipv6_network_is_one_address():
    answers = [guess(f"nobody-{number}", 1, f"2001:db8::{number:x}")[0] for number in range(33)]

    assert answers[-1] == 429


@pytest.mark.parametrize("known_by", ["address", "device"])
def test_nobody_outside_locks_the_owner_out(user, known_by):
    own = Client()
    assert attempt(own, user, PASSWORD, OFFICE).status_code == 302
    own.post("/admin/logout/")
    guess(user, 6)
    waits_go_on()
    assert attempt(Client(), user, PASSWORD, "198.51.100.9").status_code == 429, "an unknown place waits"

    if known_by == "address":
        answer = attempt(Client(), user, PASSWORD, OFFICE)
    else:
        answer = attempt(own, user, PASSWORD, "198.51.100.9")

    assert answer.status_code == 302


def test_guesses_from_a_known_address_wait_too(user):
    attempt(Client(), user, PASSWORD, OFFICE)

    assert 429 in guess(user, 13, OFFICE)


def test_the_cookie_of_one_account_is_no_way_to_another(user):
    other, thief = with_password(staff()), Client()
    attempt(thief, other, PASSWORD, OUTSIDE)
    thief.post("/admin/logout/")
    guess(user, 6, "198.51.100.1")
    waits_go_on()

    assert attempt(thief, user, PASSWORD, "198.51.100.2").status_code == 429


def test_each_attempt_leaves_a_trace(user):
    client = Client()
    attempt(client, user, "wrong")
    attempt(client, "my password in the wrong field", "wrong")
    attempt(client, user, PASSWORD)

    refused, unknown, signed_in = TraceItem.objects.order_by("pk")
    assert (refused.act, refused.address, refused.about) == ("sign_in_refused", OUTSIDE, {"username": user.username})
    assert (unknown.act, unknown.about) == ("sign_in_refused", {})
    assert (signed_in.act, signed_in.actor, signed_in.door) == ("sign_in", str(user.as_actor()), "admin")


def test_an_inactive_member_and_a_wrong_password_get_the_same_answer(user):
    def said(name, password):
        page = attempt(Client(), name, password, OFFICE)
        return page.status_code, page.context["form"].errors.as_json()

    wrong = said(user.username, "wrong")

    assert said("nobody", PASSWORD) == wrong
