"""`migrate` notes that it came to its end; whatever is changed afterwards, it has something to do again."""

import pytest
from django.core.management import call_command
from django.db import connections

from sgoffice.database import completion
from tests.planted import plant
from tests.sgoffice.records.asking import superuser

__all__ = ["plant"]


def run(statement):
    with superuser() as session:
        session.execute(statement)


@pytest.fixture
def migrated(fresh_database):
    call_command("migrate", verbosity=0)


def test_migrate_notes_that_it_came_to_its_end(fresh_database):
    run("COMMENT ON TABLE database_schema IS NULL")
    assert not completion.is_noted("default")

    call_command("migrate", verbosity=0)

    assert completion.is_noted("default")


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE directory_topic ADD COLUMN planted integer",
        "ALTER TABLE directory_topic DISABLE TRIGGER USER",
        "REVOKE SELECT ON directory_topic FROM {application}",
        "GRANT INSERT ON history_entry TO {application}",
        "GRANT UPDATE (marking) ON records_entry TO {application}",
        "GRANT CREATE ON SCHEMA public TO {application}",
        "DELETE FROM django_migrations WHERE app = 'directory'",
        "DROP TABLE records_link CASCADE",
        "DROP FUNCTION register_adopt_columns",
    ],
)
def test_what_is_changed_in_the_database_is_seen(migrated, statement):
    run(statement.format(application=connections["default"].settings_dict["USER"]))

    assert not completion.is_noted("default")


def test_a_migration_that_was_interrupted_between_two_indexes_goes_on(migrated):
    run("DELETE FROM django_migrations WHERE app = 'engagements' AND name >= '0012'")
    run("ALTER TABLE engagements_engagement DROP CONSTRAINT engagement_sorts_by_its_first_day")
    run("DROP INDEX engagement_days")

    call_command("migrate", verbosity=0)

    assert completion.is_noted("default")


def test_a_new_migration_of_the_program_is_seen(migrated, plant):
    plant("directory", "    operations = []")

    assert not completion.is_noted("default")


def test_other_limits_are_seen(migrated):
    settings = connections["default"].settings_dict
    before = settings["LIMITS"]
    settings["LIMITS"] = before | {"lock_timeout": "1ms"}
    try:
        assert not completion.is_noted("default")
    finally:
        settings["LIMITS"] = before


def test_migrating_one_app_notes_nothing(migrated):
    run("COMMENT ON TABLE database_schema IS NULL")

    call_command("migrate", "directory", verbosity=0)

    assert not completion.is_noted("default")
