"""The embedded server: shared, stopped by its last user, and back after every kind of kill -9."""

import os
import pwd
import shutil
import signal
import tempfile
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest

from sgoffice.database import roles, server_account
from sgoffice.database.errors import ServerError
from sgoffice.database.processes import takes_connections
from sgoffice.database.server import EmbeddedServer
from tests.sgoffice.database.servers import connect, kill_all, new_server, processes_of, until_gone

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes through /proc")


def test_concurrent_starts_share_one_server_and_the_last_to_leave_stops_it(state, new_client):
    clients = [new_client() for _ in range(8)]

    numbers = {client.told()[0] for client in clients}
    for client in clients[:-1]:
        client.leave()

    assert len(numbers) == 1
    assert processes_of(state) != []
    clients[-1].leave()
    assert processes_of(state) == []


def test_acknowledged_rows_survive_kill_9_of_everything(state):
    server = new_server(state, is_durable=True)  # one that waits for the disk: the other kind fails here
    server.start()
    with connect(server) as owner:
        owner.execute("CREATE TABLE kept (number int)")
        for number in range(200):
            owner.execute("INSERT INTO kept VALUES (%s)", [number])
    kill_all(state)

    server.start()

    with connect(server) as owner:
        assert owner.execute("SELECT count(*), max(number) FROM kept").fetchone() == (200, 199)
    server.leave()


def test_server_is_started_again_under_its_users_when_only_it_was_killed(server):
    number = int((server.data / "postmaster.pid").read_text().split()[0])
    os.kill(number, signal.SIGKILL)
    until_gone(number)

    server.start()

    assert int((server.data / "postmaster.pid").read_text().split()[0]) != number
    with connect(server) as owner:
        assert owner.execute("SELECT 1").fetchone() == (1,)


def test_who_comes_while_it_recovers_waits_until_it_takes_connections(state, server):
    with closing(connect(server)) as owner:
        os.kill(owner.info.backend_pid, signal.SIGKILL)  # all of it recovers, and its first process lives on
    while takes_connections(server.socket):
        continue  # it has not noticed yet

    other = new_server(state)
    other.start()

    with connect(other) as owner:
        assert owner.execute("SELECT 1").fetchone() == (1,)
    other.leave()


def test_killed_user_leaves_nothing_stale(state, new_client):
    first = new_client()
    number, _ = first.told()
    first.kill()
    first.wait()

    second = new_client()

    assert second.told()[0] == number
    second.leave()
    assert processes_of(state) == []


def test_lock_files_of_a_killed_server_are_removed_though_its_number_lives(state, server):
    kill_all(state)
    lock = server.data / "postmaster.pid"
    lines = lock.read_text().splitlines()
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")  # this very process is no server

    server.start()

    with connect(server) as owner:
        assert owner.execute("SELECT 1").fetchone() == (1,)


def test_user_with_another_temporary_folder_finds_the_socket(server, new_client):
    with tempfile.TemporaryDirectory(dir="/tmp") as elsewhere:
        client = new_client(TMPDIR=elsewhere)

        assert client.told()[1] == server.socket


@pytest.mark.parametrize("name", ["x" * 190, 'it\'s "quoted" $HOME; and spaced'])
def test_any_path_will_do(state, name):
    server = new_server(state / name)

    server.start()

    with connect(server) as owner:
        assert owner.execute("SELECT current_user").fetchone() == (roles.OWNER,)
    server.leave()


def test_server_waits_for_the_disk_unless_told_otherwise(state):
    server = new_server(state, is_durable=True)
    server.start()

    with connect(server) as owner:
        found = [
            owner.execute(f"SHOW {name}").fetchone()
            for name in ("fsync", "synchronous_commit", "full_page_writes", "listen_addresses")
        ]

    assert found == [("on",), ("on",), ("on",), ("",)]
    server.leave()


def test_data_of_another_version_is_refused_with_advice(server):
    server.leave()
    (server.data / "PG_VERSION").write_text("12\n")

    with pytest.raises(ServerError, match="created by PostgreSQL 12"):
        server.start()

    server.leave()


def test_programs_that_are_not_there_are_refused_with_advice(state):
    server = EmbeddedServer(state, programs="/nowhere")

    with pytest.raises(ServerError, match="SGOFFICE_PG_BIN"):
        server.start()

    server.leave()


def test_state_of_another_user_is_refused_with_their_name(state):
    state.mkdir()
    data = state / "data"
    if os.geteuid() == 0:
        data.mkdir()
        os.chown(data, 1, 1)
    else:  # only root gives files away, so this is a folder of root's
        data.symlink_to("/usr")

    with pytest.raises(ServerError, match="SGOFFICE_STATE"):
        EmbeddedServer(state)


_REFUSED = [
    "INSERT INTO kept (number, name) VALUES (-1, 'ZQXLOG')",
    "INSERT INTO kept (number, name) VALUES (NULL, 'ZQXLOG')",
    "INSERT INTO kept (number, name) VALUES (1, 'ZQXLOG'), (2, 'ZQXLOG')",
    "SELECT 'ZQXLOG'::uuid",
    "SELECT * FROM kept WHERE name = 'ZQXLOG' AND missing",
    "DO $$ BEGIN RAISE EXCEPTION 'ZQXLOG' USING ERRCODE = 'check_violation', DETAIL = 'ZQXLOG'; END $$",
    "DO $$ BEGIN RAISE WARNING 'ZQXLOG'; END $$",
    "SET statement_timeout = 1; SELECT pg_sleep(9), 'ZQXLOG'",
]


def test_log_has_no_contents_of_rows_whatever_was_refused(server):
    with connect(server) as owner:
        owner.execute("CREATE TABLE kept (number int NOT NULL CHECK (number > 0), name text UNIQUE)")
        for statement in _REFUSED:
            with suppress(psycopg.Error):
                owner.execute(statement)
    with pytest.raises(psycopg.Error):
        psycopg.connect(host=str(server.socket), user="ZQX", password="ZQXLOG", dbname=roles.DATABASE)

    assert "ZQXLOG" not in server.log.read_text()
    assert "database system is ready" in server.log.read_text()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs it under another account")
def test_server_of_root_has_an_account_of_its_own_and_takes_over_what_nobody_had(state, server):
    assert server.data.owner() == server_account.ACCOUNT
    server.leave()
    for place in (server.data, *server.data.rglob("*")):
        os.chown(place, pwd.getpwnam("nobody").pw_uid, -1, follow_symlinks=False)

    again = new_server(state)
    again.start()

    assert {place.owner() for place in (again.data, *again.data.glob("base/*"))} == {server_account.ACCOUNT}
    again.leave()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs it under another account")
def test_root_without_such_an_account_is_refused_with_advice(state, monkeypatch):
    monkeypatch.setattr(server_account, "ACCOUNT", "sgoffice-none")
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)

    with pytest.raises(ServerError, match="useradd"):
        new_server(state)
