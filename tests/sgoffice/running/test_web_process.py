"""The web server's process: it waits until all is prepared, knows no owner, and shares what it has loaded."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.sgoffice.running.test_start import ROOT, Register, migrated, state

__all__ = ["migrated", "state"]
_SERVING = "Ctrl-C stops"
#: Kilobytes that a process keeps for good once it has made the documents of the API.
_MADE = 40_000
#: Begins the process as `start` does, says who it is, and goes on when a line comes.
_BEGUN = """
import sys
from sgoffice.running.web_process import WebProcess
web = WebProcess()
print(web._process.pid, flush=True)
sys.stdin.readline()
"""


def children_of(process):
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def command_of(process):
    return Path(f"/proc/{process}/cmdline").read_bytes()


def memory_of(process):
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    return {line.split(":")[0]: int(line.split()[1]) for line in lines}


@pytest.fixture
def begun(state):
    starter = subprocess.Popen(
        [sys.executable, "-c", _BEGUN], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"SGOFFICE_STATE": str(state), "PYTHONPATH": str(ROOT), "DATABASE_OWNER_URL": "secret"},
    )  # fmt: skip
    yield starter, int(starter.stdout.readline())
    starter.communicate(timeout=60)


def test_a_process_that_serves_never_learns_how_to_sign_in_as_the_owner(begun):
    starter, server = begun

    assert b"DATABASE_OWNER_URL=secret" in Path(f"/proc/{starter.pid}/environ").read_bytes()
    assert b"OWNER" not in Path(f"/proc/{server}/environ").read_bytes()


def test_it_ends_when_nobody_tells_it_to_serve(begun):
    starter, server = begun

    starter.communicate("\n", timeout=60)

    end = time.monotonic() + 30
    while Path(f"/proc/{server}").exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not Path(f"/proc/{server}").exists()


def test_workers_share_what_was_loaded_once_and_one_that_dies_is_replaced(migrated):
    register = Register(migrated)
    register.said(_SERVING)
    try:
        [server] = [one for one in children_of(register.pid) if b"web_server" in command_of(one)]
        before = children_of(server)  # first of them may be who makes the documents of the API
        for worker in before[-2:]:
            held = memory_of(worker)
            assert held["Private_Dirty"] < held["Rss"] / 2

        os.kill(before[-1], signal.SIGKILL)

        end = time.monotonic() + 30
        while not set(children_of(server)) - set(before):
            assert time.monotonic() < end
            time.sleep(0.05)
        assert register.answer("/readyz") == 200
    finally:
        register.end(signal.SIGTERM)


def test_the_documents_of_the_api_are_made_for_all_workers(migrated):
    """Who made one itself would hold some 40 MB more for good; who reads one holds its bytes."""
    register = Register(migrated)
    register.said(_SERVING)

    try:
        [server] = [one for one in children_of(register.pid) if b"web_server" in command_of(one)]
        end = time.monotonic() + 60
        while len(workers := children_of(server)) > 2 and time.monotonic() < end:
            time.sleep(0.05)  # who makes the documents is at work
        before = [memory_of(one)["Private_Dirty"] for one in workers]
        for address in ("/api/openapi.json", "/api/partner/openapi.json") * 4:
            assert register.answer(address) == 200
        after = [memory_of(one)["Private_Dirty"] for one in workers]
        assert max(new - old for old, new in zip(before, after, strict=True)) < _MADE / 2
    finally:
        register.end(signal.SIGTERM)
