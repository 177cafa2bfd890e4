"""The register behind PgBouncer in transaction mode: reads, writes, the worker, and what is refused."""

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest

from sgoffice.database import roles
from tests.bench.register import free_port
from tests.prove.crashing import ROOT
from tests.sgoffice.database.pooler import PROGRAM, pooler
from tests.sgoffice.database.servers import new_server, place_for_state
from tests.sgoffice.running.hanging import Load

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="pgbouncer is not installed (apt install pgbouncer)")
_SECONDS = 8


@pytest.fixture(scope="module")
def server():
    with place_for_state() as place:
        made = new_server(place, is_durable=True)
        made.start()
        yield made
        made.leave()


def environment_for(server, port, **more):
    state = server.state.parent / "program"
    urls = {
        "DATABASE_URL": url(server, roles.APPLICATION, f"127.0.0.1:{port}"),
        "DATABASE_OWNER_URL": url(server, roles.OWNER, "") + f"?host={server.socket}",
    }
    taken = {"SGOFFICE_PG_FAST"}
    return {name: value for name, value in os.environ.items() if name not in taken} | urls | {
        "SGOFFICE_STATE": str(state), "SGOFFICE_REQUESTS_A_MINUTE": "1000000", "PYTHONPATH": str(ROOT), **more,
    }  # fmt: skip


def url(server, role, place):
    return f"postgresql://{role}:{roles.password_of(server.state, role)}@{place}/{roles.DATABASE}"


def run(environment, *command):
    return subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@contextmanager
def serving(environment):
    port = free_port()
    program = subprocess.Popen(
        [sys.executable, "manage.py", "start", "--port", str(port), "--without-facts"],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        end = time.monotonic() + 90
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        program.terminate()
        program.wait(60)


def test_everything_works_behind_a_pooler(server, capsys):
    with pooler(server) as port:
        environment = environment_for(server, port, SGOFFICE_POOLED="1")
        migrated = run(environment, "migrate", "--verbosity", "0")
        assert migrated.returncode == 0, migrated.stderr[-2000:]
        with serving(environment) as web:
            load = Load(web, run(environment, "issue_token", "administrator").stdout.split()[-1])
            begun = time.monotonic()
            with load.running(readers=4, writers=2):
                time.sleep(_SECONDS)
            asked = load.begun(begun, time.monotonic())
            assert {one.status for one in asked} == {200, 201}, [one for one in asked if one.status > 201][:3]
            assert run(environment, "work", "--once").returncode == 0
            verified = run(environment, "verify_history")
            assert verified.returncode == 0, verified.stdout[-2000:]
    with capsys.disabled():
        sys.stdout.write(f"\n  behind PgBouncer: {len(asked)} requests of {len(load.answers)}, none failed\n")


def test_pooler_that_swallows_the_limits_is_refused(server):
    with pooler(server, ignored="extra_float_digits, options") as port:
        said = run(environment_for(server, port), "start", "--without-facts")

    assert said.returncode == 1
    assert "lock_timeout is" in said.stderr
    assert "SGOFFICE_POOLED" in said.stderr


def test_pooler_that_refuses_the_limits_is_explained(server):
    with pooler(server) as port:
        said = run(environment_for(server, port), "start", "--without-facts")

    assert said.returncode == 1
    assert "unsupported startup parameter: options" in said.stderr
    assert "behind a pooler set SGOFFICE_POOLED" in said.stderr


def test_migrations_take_their_own_way(server):
    with pooler(server) as port:
        environment = environment_for(server, port, SGOFFICE_POOLED="1")
        said = run(environment | {"DATABASE_OWNER_URL": environment["DATABASE_URL"]}, "migrate")

    assert said.returncode == 1
    assert "cannot go through a pooler" in said.stderr
