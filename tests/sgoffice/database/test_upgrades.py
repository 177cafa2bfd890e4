"""`migrate` on a database in use: short waits for locks, tried again; nothing of a database from before is touched."""

import threading
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from sgoffice.database import schema
from tests.databases import Databases
from tests.planted import NAME, plant
from tests.sgoffice.records.asking import superuser

__all__ = ["plant"]
ADD_COLUMN = """
    operations = [migrations.RunSQL("ALTER TABLE directory_topic ADD COLUMN planted integer NOT NULL DEFAULT 0")]
"""
ADD_INDEX = """
    atomic = False
    operations = [migrations.RunSQL("CREATE INDEX CONCURRENTLY planted ON directory_topic (name)")]
"""


def ask(statement, using="owner"):
    with connections[using].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def is_applied(name=NAME):
    return ("directory", name) in MigrationRecorder(connections["owner"]).applied_migrations()


@pytest.fixture
def reader(databases: Databases, fresh_database):
    """A session that reads the table in a transaction which it does not end."""
    with databases.session(fresh_database) as session:
        session.execute("BEGIN; SELECT count(*) FROM directory_topic")
        yield session


def seconds_of(statement):
    begun = time.monotonic()
    ask(statement, using="default")
    connections["default"].close()
    return time.monotonic() - begun


def test_waits_for_a_reader_without_stalling_the_others(plant, reader):
    plant("directory", ADD_COLUMN)
    said, stalled = StringIO(), []

    def read_on():
        try:
            while not said.getvalue() and len(stalled) < 100:
                stalled.append(seconds_of("SELECT count(*) FROM directory_topic"))
                time.sleep(0.05)
        finally:
            reader.execute("COMMIT")

    others = threading.Thread(target=read_on)
    others.start()
    call_command("migrate", verbosity=0, stderr=said)
    others.join()

    assert is_applied()
    assert said.getvalue().count("trying again") >= 1
    assert 1 < max(stalled) < 4  # they wait for as long as the ALTER TABLE does, and no longer


def test_gives_up_with_a_sentence_and_leaves_nothing_half_done(plant, reader):
    plant("directory", ADD_COLUMN)

    with pytest.raises(CommandError, match="Other sessions held a lock that this needs for 1 seconds"):
        call_command("migrate", verbosity=0, patience=1, stderr=StringIO())

    assert not is_applied()
    assert schema.faults(connections["owner"]) == []
    assert ask("SHOW lock_timeout") == [("0",)]
    assert ask(f"SELECT pg_try_advisory_lock({schema.MIGRATING_LOCK})", using="default") == [(True,)]


def test_two_migrate_one_after_the_other(plant, fresh_database, databases):
    plant("directory", ADD_COLUMN)
    said = StringIO()

    with databases.session(fresh_database) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [schema.MIGRATING_LOCK])
        threading.Timer(2.5, lambda: other.execute("SELECT pg_advisory_unlock_all()")).start()
        call_command("migrate", verbosity=0, stderr=said)

    assert is_applied()
    assert "trying again" in said.getvalue()


def test_index_that_is_built_beside_waits_as_long_as_it_must(plant, reader):
    """CREATE INDEX CONCURRENTLY waits for the transactions before it, and nobody waits for it."""
    plant("directory", ADD_INDEX)
    writer = threading.Timer(6, lambda: reader.execute("COMMIT"))
    reader.execute("UPDATE directory_topic SET name = name")
    said = StringIO()

    writer.start()
    call_command("migrate", verbosity=0, stderr=said)

    assert is_applied()
    assert said.getvalue() == ""


def test_index_that_was_left_unfinished_is_built_again(plant, fresh_database):
    plant("directory", ADD_INDEX)
    ask("CREATE INDEX planted ON directory_topic (name)")
    with superuser() as session:
        session.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'planted'::regclass")

    call_command("migrate", verbosity=0)

    assert ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'planted'::regclass") == [(True,)]


def test_database_from_before_the_first_release_is_refused_before_anything_is_changed(fresh_database):
    ask("DELETE FROM django_migrations WHERE app = 'database'")
    ask("DROP TABLE database_schema")
    recorded, before = ask("SELECT * FROM django_migrations"), schema.found_in(connections["owner"])

    for options in ({}, {"check_unapplied": True}, {"plan": True}):
        with pytest.raises(CommandError, match=r"before version 0\.2\.0.*cannot be upgraded; nothing was changed"):
            call_command("migrate", verbosity=0, **options)

    assert ask("SELECT * FROM django_migrations") == recorded
    assert schema.found_in(connections["owner"]) == before


def test_first_migration_that_was_interrupted_goes_on(databases, fresh_database):
    name = databases.empty()
    before = databases.point_at(name)
    try:
        call_command("migrate", "feed", verbosity=0)
        call_command("migrate", verbosity=0)
        faults = schema.faults(connections["owner"])
    finally:
        databases.point_at(before)
        databases.drop(name)

    assert faults == []
