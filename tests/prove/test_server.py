"""The long proof of the embedded server: killed again and again under writers, it loses nothing acknowledged."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sgoffice.database.servers import (
    ROOT,
    connect,
    kill_all,
    new_server,
    place_for_state,
)

ROUNDS, WRITERS = 12, 4

#: Writes a row, then says its number: what was said must be there for ever.
_WRITER = """
import sys
import time
from pathlib import Path
import psycopg
from sgoffice.database import roles
from sgoffice.database.server import embedded_server
server = embedded_server(Path(sys.argv[1]))
server.start()
password = roles.password_of(server.state, roles.OWNER)
with psycopg.connect(host=str(server.socket), user=roles.OWNER, password=password, dbname=roles.DATABASE,
                     autocommit=True) as owner:
    while True:
        row = owner.execute("INSERT INTO kept DEFAULT VALUES RETURNING number").fetchone()
        print(row[0], flush=True)
"""


@pytest.fixture
def state():
    with place_for_state() as place:
        yield place


def start_writer(state: Path, said: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", _WRITER, str(state)]
    with said.open("wb") as output:
        return subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.DEVNULL)


def test_nothing_acknowledged_is_lost_when_all_is_killed_again_and_again(state, tmp_path):
    server = new_server(state, is_durable=True)
    server.start()
    with connect(server) as owner:
        owner.execute("CREATE TABLE kept (number bigserial PRIMARY KEY)")
    said = []

    for turn in range(ROUNDS):
        said += [tmp_path / f"{turn}-{number}" for number in range(WRITERS)]
        writers = [start_writer(state, path) for path in said[-WRITERS:]]
        with pytest.raises(subprocess.TimeoutExpired):
            writers[0].wait(random.uniform(0.7, 2.0))
        if turn % 2:
            for writer in writers:
                writer.send_signal(signal.SIGKILL)
        kill_all(state)
        for writer in writers:
            writer.kill()
            writer.wait()
        server.start()

    acknowledged = {int(line) for path in said for line in path.read_text().splitlines()}
    with connect(server) as owner:
        stored = {number for (number,) in owner.execute("SELECT number FROM kept")}
    server.leave()
    assert len(acknowledged) > ROUNDS * WRITERS, os.fspath(tmp_path)
    assert acknowledged - stored == set()
