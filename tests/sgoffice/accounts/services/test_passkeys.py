"""Passkeys: good for their owner, their page and their challenge alone; a copy is found out."""

import logging

import pytest
from django.utils import timezone

from sgoffice.accounts import services
from tests.factories.accounts import staff
from tests.factories.second_factors import ORIGIN, Passkey

pytestmark = pytest.mark.django_db


def key_of(user, **different):
    """A passkey of somebody, stored as the page stores it."""
    asked, state = services.begin_passkey(user, ORIGIN)
    key = Passkey()
    made = Passkey(**different, key=key.key).make(asked["publicKey"])
    return key, services.read_passkey(state, made, ORIGIN)


def uses(user, key, origin=ORIGIN):
    asked, state = services.begin_passkey_use(user, ORIGIN)
    return services.use_passkey(user, state, key.use(asked["publicKey"]), origin, at=timezone.now())


def test_a_passkey_is_good_for_its_owner_alone_and_no_log_tells_which_it_was(caplog):
    caplog.set_level(logging.DEBUG)
    user = staff()
    key, material = key_of(user)
    services.add_passkey(user, name="Key", material=material, at=timezone.now())

    assert uses(user, key)
    assert not uses(user, Passkey())
    assert key.id.hex() not in caplog.text


@pytest.mark.parametrize("different", [{"origin": "https://evil.example"}, {"host": "evil.example"}])
def test_a_passkey_of_another_page_is_none(different):
    assert key_of(staff(), **different)[1] is None


def test_a_passkey_used_on_another_page_or_copied_is_refused():
    user = staff()
    key, material = key_of(user)
    services.add_passkey(user, name="Key", material=material, at=timezone.now())
    assert uses(user, key)

    assert not uses(user, Passkey(key=key.key, count=5, origin="https://register.example.org.evil.example"))
    assert not uses(user, Passkey(key=key.key, count=0)), "the count of a copy goes back"
    assert uses(user, key)


def test_a_challenge_is_that_of_the_page():
    user = staff()
    key, material = key_of(user)
    services.add_passkey(user, name="Key", material=material, at=timezone.now())
    asked, _ = services.begin_passkey_use(user, ORIGIN)
    _, state = services.begin_passkey_use(user, ORIGIN)

    assert not services.use_passkey(user, state, key.use(asked["publicKey"]), ORIGIN, at=timezone.now())


@pytest.mark.parametrize(
    ("address", "host", "may"),
    [
        ("https://register.example.org", "register.example.org", True),
        ("http://localhost:8000", "localhost", True),
        ("http://127.0.0.1:8000", "127.0.0.1", False),
        ("https://192.0.2.1", "192.0.2.1", False),
        ("http://register.example.org", "register.example.org", False),
    ],
)
def test_passkeys_are_offered_where_browsers_make_them(address, host, may):
    assert services.Origin(address, host).may_have_passkeys is may


def test_an_answer_that_is_nested_without_end_is_no_answer():
    user = staff()
    key, material = key_of(user)
    services.add_passkey(user, name="Key", material=material, at=timezone.now())
    asked, state = services.begin_passkey(user, ORIGIN)
    made = key.make(asked["publicKey"])
    made["response"]["attestationObject"] = "gYGB" * 4_000  # a list of a list of a list, in CBOR

    assert services.read_passkey(state, made, ORIGIN) is None
