"""What a database has is compared with what migrations make, by content; a later schema may declare itself readable."""

import json

import pytest
from django.core.management import call_command
from django.db import connections, transaction

import sgoffice
from sgoffice.database import schema
from tests.sgoffice.records.asking import all_on_again, superuser

PERSON, LINK, TOPIC, HISTORY = (
    f"table {name}" for name in ("directory_person", "records_link", "directory_topic", "history_entry")
)
ANOTHER_CHECK = """
    ALTER TABLE records_link DROP CONSTRAINT link_joins_two_records,
        ADD CONSTRAINT link_joins_two_records CHECK (source_id = source_id)
"""
ANOTHER_INDEX = """
    DROP INDEX topic_is_named_once;
    CREATE UNIQUE INDEX topic_is_named_once ON directory_topic (kind, sort) WHERE is_in_error
"""
ANOTHER_TRIGGER = """
    DROP TRIGGER history_entry_is_final ON history_entry;
    CREATE TRIGGER history_entry_is_final BEFORE UPDATE ON history_entry
        FOR EACH ROW EXECUTE FUNCTION register_refuse();
    ALTER TABLE history_entry ENABLE ALWAYS TRIGGER history_entry_is_final
"""
ANOTHER_BODY = """
    CREATE OR REPLACE FUNCTION register_refuse() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS 'BEGIN RETURN NEW; END'
"""
NOW, NEXT = sgoffice.__version__, "99.1.0"


@pytest.fixture
def owner(fresh_database):
    return connections["owner"]


@pytest.fixture
def rolled_back(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic("owner"):
        yield connections["owner"]
        transaction.set_rollback(True, "owner")


def run(connection, *statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def ask_schema(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT version, digests::text FROM database_schema")
        [(version, digests)] = cursor.fetchall()
    return version, json.loads(digests)


def announce(connection, readable_by, digests=None, version=NEXT):
    """Leave the row that a later version's migrate would."""
    digests = schema.found_in(connection) if digests is None else digests
    with connection.cursor() as cursor:
        values = [version, readable_by, json.dumps(digests)]
        cursor.execute("UPDATE database_schema SET version = %s, readable_by = %s, digests = %s::jsonb", values)


def test_migrated_database_is_what_the_file_says(owner):
    """After a change of migrations: python -m tests.upgrade.schema."""
    assert schema.found_in(owner) == schema.expected()


def test_application_sees_the_same_schema_as_the_owner(owner):
    assert schema.found_in(connections["default"]) == schema.found_in(owner)


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        (PERSON, "ALTER TABLE directory_person DROP COLUMN notes"),
        (PERSON, "ALTER TABLE directory_person ADD COLUMN nickname text"),
        (PERSON, "ALTER TABLE directory_person ALTER COLUMN name DROP NOT NULL"),
        (PERSON, "ALTER TABLE directory_person ALTER COLUMN notes SET DEFAULT '[]'"),
        (PERSON, "ALTER TABLE directory_person ALTER COLUMN name TYPE text"),
        (HISTORY, "ALTER TABLE history_entry SET UNLOGGED"),
        (PERSON, "ALTER TABLE directory_person ENABLE ROW LEVEL SECURITY"),
        (PERSON, "CREATE RULE planted AS ON UPDATE TO directory_person DO INSTEAD NOTHING"),
        (LINK, "ALTER TABLE records_link DROP CONSTRAINT link_is_made_once"),
        (LINK, "ALTER TABLE records_link DROP CONSTRAINT link_joins_two_records"),
        (LINK, ANOTHER_CHECK),
        (TOPIC, "DROP INDEX topic_is_named_once"),
        (TOPIC, ANOTHER_INDEX),
        (HISTORY, "ALTER TABLE history_entry DISABLE TRIGGER history_entry_is_final"),
        (HISTORY, "ALTER TABLE history_entry ENABLE TRIGGER history_entry_is_final"),
        (HISTORY, "DROP TRIGGER history_entry_is_final ON history_entry"),
        (HISTORY, ANOTHER_TRIGGER),
        ("function public.register_refuse()", ANOTHER_BODY),
        ("function public.register_write_history()", "ALTER FUNCTION register_write_history() SECURITY INVOKER"),
        ("function public.register_refuse()", "ALTER FUNCTION register_refuse() RESET search_path"),
        ("table feed_shown", "CREATE OR REPLACE VIEW feed_shown AS SELECT g.stream, g.entry FROM feed_grant g"),
    ],
)
def test_altered_object_is_named(rolled_back, name, statement):
    run(rolled_back, statement)

    assert schema.faults(rolled_back) == [name]


def test_foreign_keys_that_are_not_checked_are_named(owner):
    with all_on_again("records_link"), superuser() as session:
        session.execute("ALTER TABLE records_link DISABLE TRIGGER ALL")

    assert schema.faults(owner) == ["table records_link"]


@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE of_the_operator (id int)", "CREATE INDEX of_the_operator ON directory_person (notes)", "ANALYZE"],
)
def test_what_an_operator_adds_beside_is_no_fault(owner, statement):
    run(owner, statement)

    assert schema.faults(owner) == []


@pytest.mark.parametrize(
    ("readable_by", "is_readable"), [("0.1.9", True), (NOW, True), ("0.2.1", False), (NEXT, False)]
)
def test_later_schema_is_relied_on_if_it_declares_itself_readable_by_this_version(owner, readable_by, is_readable):
    run(owner, "ALTER TABLE directory_person ADD COLUMN nickname text NOT NULL DEFAULT ''")
    announce(owner, readable_by)

    assert schema.faults(owner) == ([] if is_readable else ["table directory_person"])


def test_later_schema_that_was_altered_is_not_relied_on(owner):
    run(owner, "ALTER TABLE directory_person ADD COLUMN nickname text NOT NULL DEFAULT ''")
    announce(owner, NOW)
    run(owner, "ALTER TABLE history_entry DISABLE TRIGGER history_entry_is_final")

    assert schema.faults(owner) == ["table history_entry"]


def test_schema_on_its_way_is_relied_on_while_migrate_is_at_work(owner):
    announce(owner, NOW, {"table directory_person": "as it will be"})
    run(owner, "ALTER TABLE directory_person ADD COLUMN nickname text")
    before = schema.faults(owner)

    run(owner, f"SELECT pg_advisory_lock({schema.MIGRATING_LOCK})")
    meanwhile = schema.faults(connections["default"])
    run(owner, f"SELECT pg_advisory_unlock({schema.MIGRATING_LOCK})")

    assert (before, meanwhile) == (["table directory_person"], [])


def test_migrate_writes_its_schema_down_and_never_over_a_later_one(owner):
    call_command("migrate", verbosity=0)
    own = ask_schema(owner)
    announce(owner, NOW)
    call_command("migrate", verbosity=0)

    assert own == (NOW, schema.expected())
    assert ask_schema(owner)[0] == NEXT
