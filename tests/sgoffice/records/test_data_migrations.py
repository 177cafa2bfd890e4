"""A data migration is history under its own name; what is written beside it is out of band."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from sgoffice import documents, history
from sgoffice.directory.models import Topic
from sgoffice.records.models import Document, Entry, HistoryEntry
from tests.factories.agreements import agreement
from tests.factories.directory import topic
from tests.planted import plant

__all__ = ["plant"]
pytestmark = pytest.mark.usefixtures("fresh_database")
BODY = """
    from sgoffice.records.data_migrations import ChangeRecords
    atomic = {atomic}

    def unnoted(rows):
        return rows("directory.Topic").filter(notes=[])

    def note(rows, ids):
        rows("directory.Topic").filter(pk__in=ids).update(notes=[{{"about": "Noted", "text": "By a migration"}}])

    operations = [ChangeRecords(unnoted, note, reason="Every topic has a note", batch=2){more}]
"""
ACTOR = "migration:directory.9999_planted"


def verified():
    said = StringIO()
    call_command("verify_history", stdout=said)
    return said.getvalue()


@pytest.fixture
def topics():
    return [topic(f"Topic {number}") for number in range(5)]


@pytest.mark.parametrize("atomic", [True, False])
def test_is_counted_under_its_name_and_nothing_is_out_of_band(plant, topics, atomic):
    before = Entry.objects.get(pk=topics[0].pk).version
    plant("directory", BODY.format(atomic=atomic, more=""))

    call_command("migrate", verbosity=0)

    assert all(topic.notes for topic in Topic.objects.all())
    assert history.migrated() == {ACTOR: 5}
    assert history.out_of_band() == {}
    assert f"Written by {ACTOR}: 5 rows." in verified()
    entry = HistoryEntry.objects.filter(record_id=topics[0].pk).latest("pk")
    assert (entry.actor, entry.verb, entry.reason) == (ACTOR, "migrate", "Every topic has a note")
    assert Entry.objects.get(pk=topics[0].pk).version == before + 1


def test_batches_are_committed_one_by_one_unless_the_migration_is_atomic(plant, topics):
    plant("directory", BODY.format(atomic=False, more=""))

    call_command("migrate", verbosity=0)

    transactions = HistoryEntry.objects.filter(verb="migrate").values_list("transaction", flat=True).order_by("pk")
    assert list(Counter(transactions).values()) == [2, 2, 1]


def test_raw_sql_beside_it_is_out_of_band(plant, topics):
    raw = """, migrations.RunSQL("UPDATE directory_topic SET name = 'Renamed' WHERE name = 'Topic 4'")"""
    plant("directory", BODY.format(atomic=True, more=raw))

    call_command("migrate", verbosity=0)

    assert history.migrated() == {ACTOR: 5}
    assert history.out_of_band() == {"directory_topic": 1}
    assert [fault.place for fault in history.outside()] == [f"directory_topic {topics[4].pk}"]
    with pytest.raises(CommandError, match="1 faults"):
        verified()


def test_documents_are_stale_until_they_are_rendered_again_with_all_that_show_the_name(plant, topics):
    showing = agreement(topics=(topics[0].pk,))
    plant("directory", BODY.format(atomic=True, more=""))

    call_command("migrate", verbosity=0)

    stale = set(Document.objects.filter(is_stale=True).values_list("pk", flat=True))
    assert stale == {showing.pk, *(topic.pk for topic in topics)}
    call_command("render_documents", verbosity=0)
    assert list(documents.differences()) == []


def test_rows_that_it_was_not_given_are_out_of_band(plant, topics):
    body = BODY.format(atomic=True, more="").replace(".filter(pk__in=ids)", "")
    plant("directory", body)

    call_command("migrate", verbosity=0)

    assert history.migrated() == {ACTOR: 2}
    assert history.out_of_band() == {"directory_topic": 3}


def test_columns_that_a_migration_adds_are_taken_over_under_a_name(plant, topics):
    column = "ALTER TABLE directory_topic ADD COLUMN planted integer NOT NULL DEFAULT 0"
    plant("directory", f'\n    operations = [migrations.RunSQL("{column}")]\n')

    call_command("migrate", verbosity=0)

    assert history.migrated() == {"migration:columns": 5}
    assert [fault for fault in history.faults() if fault.place != "table directory_topic"] == []
    assert connections["owner"].in_atomic_block is False
