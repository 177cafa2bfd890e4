"""Going back to a point in time, as docs/operations.md says it: a base backup, the log since then, and an instant."""

import os
import shutil
import time
from pathlib import Path

import psycopg
import pytest

from sgoffice.database import roles
from sgoffice.database.server import EmbeddedServer
from tests.prove.crashing import CrashingRegister

_ARCHIVING = '\narchive_mode = on\narchive_command = \'test ! -f "{archive}/%f" && cp %p "{archive}/%f"\'\n'
_RECOVERY = """
restore_command = 'cp "{archive}/%f" %p'
recovery_target_time = '{until}'
recovery_target_action = promote
"""
_TOPICS = """
import sys
from sgoffice.directory import services
from sgoffice.directory.models import Topic
from sgoffice.records.actors import OFFICE
for name in sys.argv[1:]:
    services.register_topic(services.TopicEntry(name=name, kind="service"), by=OFFICE)
print(*Topic.objects.order_by("name").values_list("name", flat=True), sep=",")
"""


@pytest.fixture
def register():
    with CrashingRegister(seed=1) as made:
        yield made


def folder(register: CrashingRegister, server: EmbeddedServer, name: str) -> Path:
    made = register.place / name
    made.mkdir(mode=0o700)
    os.chown(made, server.uid, server.gid)
    return made


def topics(register: CrashingRegister, *more: str) -> list[str]:
    django = "import django; django.setup()\n"
    return register.run("-c", django + _TOPICS, *more).strip().split(",")


def place_of(server: EmbeddedServer, database: str) -> str:
    password = roles.password_of(server.state, roles.SUPERUSER)
    return f"host={server.socket} user={roles.SUPERUSER} password={password} dbname={database}"


def add(file: Path, text: str) -> None:
    with file.open("a") as output:
        output.write(text)


def put_back(server: EmbeddedServer, base: Path, aside: Path, recovery: str) -> None:
    """Put a base backup in the place of the data folder, and say until when the log is replayed."""
    server.data.rename(aside)
    shutil.copytree(base, server.data)
    add(server.data / "postgresql.auto.conf", recovery)
    (server.data / "recovery.signal").touch()
    for place in (server.data, *server.data.rglob("*")):
        os.chown(place, server.uid, server.gid)
    server.data.chmod(0o700)


def test_register_goes_back_to_the_instant_before_a_mistake(register):
    register.environment["DJANGO_SETTINGS_MODULE"] = "sgoffice.settings"
    server = EmbeddedServer(register.state / "postgresql")
    archive, base = folder(register, server, "archive"), folder(register, server, "base")
    add(server.data / "postgresql.conf", _ARCHIVING.format(archive=archive))
    add(server.data / "pg_hba.conf", f"local replication {roles.SUPERUSER} scram-sha-256\n")
    server.start()
    server.run("pg_basebackup", "-D", base, "--checkpoint=fast", "-d", place_of(server, roles.DATABASE))
    topics(register, "Before")
    with psycopg.connect(place_of(server, roles.DATABASE), autocommit=True) as boss:
        [until, epoch] = boss.execute("SELECT clock_timestamp()::text, feed_epoch()").fetchone()
        time.sleep(1)
        assert topics(register, "Mistake") == ["Before", "Mistake"]
        [name] = boss.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
        end = time.monotonic() + 30
        while not (archive / name).exists():
            assert time.monotonic() < end, "the log was not archived"
            time.sleep(0.1)
    server.leave()

    put_back(server, base, register.place / "lost", _RECOVERY.format(archive=archive, until=until))
    server.start()
    with psycopg.connect(place_of(server, roles.DATABASE), autocommit=True) as boss:
        end = time.monotonic() + 30
        while boss.execute("SELECT pg_is_in_recovery()").fetchone() == (True,):
            assert time.monotonic() < end, "it did not reach the instant"
            time.sleep(0.1)
        [epoch_now] = boss.execute("SELECT feed_epoch()").fetchone()

    assert topics(register) == ["Before"]
    assert epoch_now != epoch  # partners get 410 and begin with the snapshot
    assert topics(register, "After") == ["After", "Before"]
    register.run("manage.py", "verify_history")
    server.leave()
