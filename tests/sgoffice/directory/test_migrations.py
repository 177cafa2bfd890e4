"""Keys of rows from before folding kept every letter are made again, and so are the rows of the search."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from sgoffice.directory.models import Person
from sgoffice.documents import outdated
from sgoffice.records.data_migrations import Rows
from sgoffice.records.models import HistoryEntry, SearchRow
from tests.factories import directory

pytestmark = pytest.mark.django_db


def test_keys_from_before_are_made_again_and_history_has_nothing_to_tell_of_it():
    known = directory.person("रीना दासगुप्ता")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_person SET search = 'र न द सग पत', sort = 'र न' WHERE id = %s", [known.pk])
    loader = MigrationLoader(connection)
    [key] = [key for key in loader.disk_migrations if key[0] == "directory" and key[1].endswith("_is_a_letter")]
    [change, *_] = [
        one for one in loader.disk_migrations[key].operations if one.find.__closure__ and is_of(one, "Person")
    ]
    written = HistoryEntry.objects.count()

    rows = Rows(loader.project_state(key).apps, connection)
    change.change(rows, list(change.find(rows).values_list("pk", flat=True)))

    assert Person.objects.filter(pk=known.pk, search="रीना दासगुप्ता", sort="रीना दासगुप्ता").exists()
    assert HistoryEntry.objects.count() == written


def is_of(operation, model):
    return operation.find.__closure__[0].cell_contents == model


def test_rows_of_the_search_made_in_an_older_way_are_made_again():
    known = directory.person("रीना दासगुप्ता")
    SearchRow.objects.filter(pk=known.pk).update(indexing=0, keys="")

    assert [(model, ids) for model, ids in outdated()] == [(Person, [known.pk])]
    call_command("render_documents", verbosity=0)

    assert SearchRow.objects.get(pk=known.pk).keys.startswith("rina dasgupta | ")
    assert list(outdated()) == []
