"""What the database itself holds: the application is kept to its rows, every register table has its scribe."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections, transaction

from sgoffice.database.grants import APPEND_ONLY, is_read_only
from sgoffice.records.models import RegisterRow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_roles():
    if connections["default"].settings_dict["USER"] == connections["owner"].settings_dict["USER"]:
        pytest.skip("owner and application are one role on this server")


def ask(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def refused(statement):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return getattr(error.__cause__, "sqlstate", "") == "42501"  # insufficient_privilege
    return False


def tables():
    return [name for (name,) in ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE records_entry DISABLE TRIGGER ALL",
        "DROP TABLE records_entry",
        "SET session_replication_role = replica",
        "COPY records_entry TO PROGRAM 'true'",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'y', now())",
        "SELECT nextval('history_entry_id_seq')",
        "SELECT register_transaction()",
        "SELECT register_touch_entry(gen_random_uuid(), 'person', '{}', false)",
        "SELECT register_mark_stale(gen_random_uuid())",
    ],
)
def test_application_may_not(statement):
    assert refused(statement)


def test_application_truncates_nothing():
    assert [name for name in tables() if not refused(f'TRUNCATE "{name}"')] == []


def test_application_reads_history_and_writes_none_of_it():
    kept = [name for name in tables() if is_read_only(name)]

    assert {"history_entry", "history_link", "history_payload", "history_transaction", "records_entry"} <= set(kept)
    for name in kept:
        assert ask(f'SELECT count(*) FROM "{name}"')[0][0] >= 0
        assert refused(f'DELETE FROM "{name}"'), name
        assert refused(f'INSERT INTO "{name}" SELECT * FROM "{name}"'), name


def test_application_adds_to_the_trace_and_changes_none_of_it():
    assert ask("SELECT has_table_privilege('trace_item', 'INSERT'), has_table_privilege('trace_item', 'SELECT')") == [
        (True, True)
    ]
    for name in APPEND_ONLY:
        assert refused(f'DELETE FROM "{name}"'), name
        assert refused(f'UPDATE "{name}" SET id = id'), name


def test_application_owns_nothing():
    assert ask("SELECT relname FROM pg_class WHERE relowner = current_user::regrole") == []
    assert ask("SELECT 1 FROM pg_auth_members WHERE member = current_user::regrole") == []


def test_triggers_fire_in_every_session():
    assert {enabled for (enabled,) in ask("SELECT tgenabled FROM pg_trigger WHERE NOT tgisinternal")} == {"A"}


def test_every_register_table_and_no_other_has_a_scribe():
    expected = {model._meta.db_table for model in apps.get_models() if issubclass(model, RegisterRow)}

    found = ask(
        "SELECT tgrelid::regclass::text FROM pg_trigger JOIN pg_proc p ON p.oid = tgfoid"
        " WHERE p.proname = 'register_write_history' AND NOT tgisinternal"
    )

    assert {name for (name,) in found} - {"records_link"} == expected - {"records_link"}


def test_functions_with_the_owners_rights_pin_their_search_path():
    loose = ask(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
        " AND NOT coalesce(array_to_string(proconfig, ','), '') LIKE '%%search_path=%%'"
    )

    assert loose == []
