"""`start` with another key than the register's: refused with what to do, and done when somebody says so."""

import os
import signal
import subprocess
import sys

import pytest

from tests.sgoffice.database.servers import place_for_state
from tests.sgoffice.running.test_start import _SERVING, ROOT, Register
from tests.states import fill_migrated


@pytest.fixture
def state():
    with place_for_state() as place:
        fill_migrated(place.parent)
        yield place.parent


def run(state, *command):
    environment = os.environ | {"SGOFFICE_STATE": str(state)}
    return subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, text=True, capture_output=True, check=False
    )


def test_other_key_is_refused_until_it_is_accepted(state):
    assert run(state, "accept_key").returncode == 0  # as the first start notes it
    (state / "secret_key").unlink()

    refused = run(state, "start", "--without-facts")

    assert refused.returncode == 1
    assert "another secret key than this machine" in refused.stderr
    assert "manage.py accept_key" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert run(state, "accept_key").returncode == 0
    again = Register(state)
    again.said(_SERVING)
    assert again.answer("/readyz") == 200
    assert again.end(signal.SIGTERM) == 0
