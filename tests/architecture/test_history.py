"""Of every table one knows whether its history is written, and nothing that writes it can be silenced."""

import pytest
from django.apps import apps
from django.db import connection

from sgoffice.history import audited_models
from sgoffice.records.models import RegisterRow

pytestmark = pytest.mark.django_db

OURS = ("sgoffice.", "appointments.", "engagements.")
#: Tables without history: what is made again from the register, or says how it is used; never what the register knows.
DERIVED = {
    "agreements_binding",
    "agreements_deadline",
    "agreements_period",
    "api_guess",
    "api_idempotentrequest",
    "api_rate",
    "database_schema",
    "database_secretkey",
    "feed_epoch",
    "feed_grant",
    "feed_pending",
    "feed_published",
    "feed_publishedreference",
    "feed_stream",
    "feed_streamrow",
    "feed_pendingcommit",
    "imports_importfile",
    "imports_importquestion",
    "imports_importrow",
    "imports_importtask",
    "partners_partnersecret",
    "partners_partnertoken",
    "partners_ping",
    "partners_pingsecret",
    "partners_pull",
    "partners_refusedsignin",
    "partners_usedassertion",
    "records_clockpass",
    "reminders_reminderchoice",
    "reminders_remindermail",
    "records_document",
    "records_documentversion",
    "records_entry",
    "records_searchrow",
    "records_statedday",
}
#: Columns with secrets or with what they are recognized by, and when somebody was last seen.
SECRET = {"counter", "digest", "last_login", "last_used_at", "material", "password"}
#: Bytes under their own digest, which history holds: a row never changes and never goes.
FINAL = {"engagements_filecontent"}
#: Rows are added and never change; the application adds them.
APPEND_ONLY = {"trace_item", "verification_run"}
HISTORY = {"history_entry", "history_link", "history_payload", "history_transaction"}


def ask(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def with_trigger(function):
    """Return the tables on which a trigger function is always on."""
    found = ask(
        "SELECT tgrelid::regclass::text FROM pg_trigger JOIN pg_proc p ON p.oid = tgfoid"
        " WHERE p.proname = %s AND tgenabled = 'A'",
        function,
    )
    return {table for (table,) in found}


def register_tables():
    return {model._meta.db_table for model in apps.get_models() if issubclass(model, RegisterRow)}


@pytest.mark.parametrize("function", ["register_write_history", "register_hold_names", "register_refuse"])
def test_every_register_table_has_its_triggers_always_on(function):
    assert with_trigger(function) - HISTORY - APPEND_ONLY == register_tables()


def test_history_itself_is_final_and_chained():
    assert with_trigger("register_refuse") >= HISTORY | APPEND_ONLY
    assert with_trigger("register_close_transaction") == {"history_transaction"}


def test_tables_without_history_are_those_on_the_list():
    ours = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith(OURS)}

    assert ours - register_tables() - HISTORY == DERIVED | FINAL | APPEND_ONLY
    assert with_trigger("pgtrigger_file_content_is_final_077ba") == FINAL


def test_no_trigger_can_be_silenced_and_no_rule_is_deferred():
    found = ask("SELECT tgname, tgenabled, tgdeferrable FROM pg_trigger WHERE NOT tgisinternal")

    assert [name for name, enabled, _ in found if enabled != "A"] == []
    assert [name for name, _, deferrable in sorted(found) if deferrable] == [
        "feed_pendingcommit_is_numbered",
        "history_transaction_is_chained",
    ]


def test_no_trigger_is_made_by_a_template_that_a_setting_silences():
    bodies = ask(
        "SELECT p.proname FROM pg_trigger JOIN pg_proc p ON p.oid = tgfoid"
        " WHERE NOT tgisinternal AND prosrc LIKE '%%pgtrigger%%'"
    )

    assert bodies == []


def test_no_register_table_has_a_table_of_pairs_that_django_made():
    """It would have no scribe: a Part takes its place."""
    made = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, RegisterRow)
        for field in model._meta.many_to_many
    ]

    assert made == []


def test_every_column_that_history_leaves_out_is_derived_or_secret():
    left_out = {(model.__name__, name) for model, scribe in audited_models() for name in scribe.omit}

    assert {name for _, name in left_out} - SECRET <= {
        "merged_names",
        "occasion_search",
        "role_key",
        "search",
        "sort",
        "sort_at",
        "sort_day",
        "sort_rank",
    }


def test_a_foreign_key_is_checked_at_commit_or_at_once_and_never_cascades_in_the_database():
    found = ask(
        "SELECT conrelid::regclass || '.' || conname FROM pg_constraint"
        " WHERE contype = 'f' AND (confdeltype <> 'a' OR confupdtype <> 'a')"
    )

    assert found == []


def test_only_what_a_commit_closes_or_two_people_erase_is_written_with_the_owners_rights():
    definers = ask("SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace ORDER BY 1")

    assert [name for (name,) in definers] == [
        "directory_follow_document",
        "feed_assign_positions",
        "feed_note_grant",
        "feed_note_published",
        "feed_note_reference",
        "history_redact",
        "register_close_transaction",
        "register_write_history",
    ]
