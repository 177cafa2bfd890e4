"""PgBouncer in transaction mode before a server of the tests' own."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sgoffice.database import roles
from sgoffice.database.server import EmbeddedServer
from tests.bench.register import free_port

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
#: Fewer connections to the server than clients have: each transaction gets another one.
_POOL = 5
_INI = """
[databases]
sgoffice = host={socket} dbname=sgoffice
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = plain
auth_file = {users}
pool_mode = transaction
default_pool_size = {pool}
max_client_conn = 200
ignore_startup_parameters = {ignored}
"""


@contextmanager
def pooler(server: EmbeddedServer, *, ignored: str = "extra_float_digits") -> Iterator[int]:
    """Run PgBouncer as the user of the server; yields its port."""
    assert PROGRAM is not None
    place, port = server.state / f"pgbouncer-{time.monotonic_ns()}", free_port()
    place.mkdir()
    users, ini = place / "users", place / "pgbouncer.ini"
    users.write_text(f'"{roles.APPLICATION}" "{roles.password_of(server.state, roles.APPLICATION)}"\n')
    ini.write_text(_INI.format(socket=server.socket, port=port, users=users, pool=_POOL, ignored=ignored))
    user: dict[str, Any] = {}
    if server.is_root:
        for path in (place, users, ini):
            os.chown(path, server.uid, server.gid)
        user = {"user": server.uid, "group": server.gid, "extra_groups": []}
    with (place / "log").open("wb") as log:
        process = subprocess.Popen([PROGRAM, str(ini)], stdout=log, stderr=log, cwd="/", **user)
    try:
        _await(port, place / "log")
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _await(port: int, log: Path) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(log.read_text())
