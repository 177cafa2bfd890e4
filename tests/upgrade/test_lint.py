"""No migration after the first set locks a table for long, or leaves the version before it without what it reads."""

import pytest

from tests.planted import plant
from tests.upgrade import lint

__all__ = ["plant"]
pytestmark = pytest.mark.usefixtures("migrated")
BODY = """
    from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
    from django.db.migrations import (
        AddConstraint, AddField, AddIndex, AlterField, CreateModel, DeleteModel, RemoveField, RenameField, RunSQL,
    )
    NAME = models.CharField(max_length=10, db_default="")
    TOPIC = models.ForeignKey("directory.topic", models.PROTECT)
    NAMED = models.CheckConstraint(condition=~models.Q(name=""), name="planted")
    operations = [{}]
"""


@pytest.fixture
def migrated(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield


def test_no_later_migration_has_a_fault():
    found = {f"{app}.{name}": lint.faults(app, name) for app, name in lint.later_migrations()}

    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("operation", "faults"),
    [
        ('AddField("topic", "planted", NAME)', []),
        ('AddField("topic", "planted", models.DateField(null=True))', []),
        ('CreateModel("Planted", [("id", models.UUIDField(primary_key=True)), ("topic", TOPIC), ("name", NAME)])', []),
        ('AddConstraintNotValid("topic", NAMED)', []),
        ('ValidateConstraint("topic", "topic_is_named_once")', []),
        ('AddConstraint("topic", NAMED)', ["constraint-missing-not-valid"]),
        ('AddIndex("topic", models.Index(fields=["notes"], name="planted"))', ["require-concurrent-index-creation"]),
        ('AlterField("topic", "name", models.TextField())', ["ALTER_COLUMN", "changing-column-type"]),
        ('RunSQL("ALTER TABLE directory_topic ALTER notes SET NOT NULL")', ["NOT_NULL", "adding-not-nullable-field"]),
        ('AddField("topic", "planted", models.TextField(default=""))', ["NOT_NULL", "ban-drop-default"]),
        ('RemoveField("topic", "notes")', ["DROP_COLUMN", "ban-drop-column"]),
        ('RenameField("topic", "notes", "remarks")', ["RENAME_COLUMN", "renaming-column"]),
        ('DeleteModel("Topic")', ["DROP_TABLE", "ban-drop-table"]),
    ],
)
def test_planted_migration(plant, operation, faults):
    plant("directory", BODY.format(operation))

    assert ("directory", "9999_planted") in lint.later_migrations()
    assert lint.faults("directory", "9999_planted") == faults


def test_index_that_is_built_beside_has_no_fault(plant):
    index = 'AddIndexConcurrently("topic", models.Index(fields=["notes"], name="planted"))'
    beside = "    from django.contrib.postgres.operations import AddIndexConcurrently\n    atomic = False\n"
    plant("directory", f"{beside}    operations = [{index}]\n")

    assert lint.faults("directory", "9999_planted") == []


def test_rule_is_set_aside_with_a_reason_and_not_in_vain(plant):
    plant(
        "directory",
        """
    allows = {"DROP_COLUMN": "nobody reads it", "ban-drop-column": "nobody reads it", "DROP_TABLE": "planted"}
    operations = [migrations.RemoveField("topic", "notes")]
""",
    )

    assert lint.faults("directory", "9999_planted") == ["it allows DROP_TABLE, which it does not break"]


@pytest.mark.parametrize(("declared", "fault"), [("None", "is missing"), ('"99.0.0"', "a version after this one")])
def test_every_later_migration_declares_who_can_read_what_it_leaves(plant, declared, fault):
    plant("directory", f"\n    readable_by = {declared}\n    operations = []\n")

    [found] = lint.faults("directory", "9999_planted")

    assert fault in found
