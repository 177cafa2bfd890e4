"""One key for all machines of a register: another one is noticed, and accepted only when somebody says so."""

from io import StringIO

import pytest
from django.core.management import call_command

from sgoffice import health
from sgoffice.database import secret_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_machine(settings):
    """A machine with another key than the one that noted its own."""
    assert secret_key.note()
    settings.SECRET_KEY = "another key " * 5
    health.forget()


def test_first_machine_notes_its_key_and_finds_it_again():
    assert secret_key.is_ours()
    assert secret_key.note()
    assert secret_key.note()


def test_fingerprint_tells_nothing_of_the_key(settings):
    assert settings.SECRET_KEY not in secret_key.fingerprint()
    assert len(secret_key.fingerprint()) == 32


def test_another_key_is_noticed_and_kept_out(other_machine, client):
    assert not secret_key.note()
    assert not secret_key.is_ours()

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["checks"]["key"]) == (503, False)


def test_key_that_was_changed_on_purpose_is_accepted_once(other_machine):
    said = StringIO()

    call_command("accept_key", stdout=said)
    call_command("accept_key", stdout=said)

    assert secret_key.note()
    assert "partners get 410" in said.getvalue()
    assert "already" in said.getvalue()
