"""A small register of every release is restored and migrated: nothing is lost or out of band, and it verifies."""

import gzip
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client

from sgoffice import documents, health, history
from sgoffice.database import schema
from sgoffice.records.models import Document, Entry, HistoryEntry, HistoryLink
from tests.databases import Databases
from tests.upgrade.dump import DUMPS

RELEASES = sorted(DUMPS.glob("*.sql.gz"))
LARGEST = 300_000  # bytes


@pytest.fixture(scope="module", params=RELEASES, ids=lambda path: path.name.removesuffix(".sql.gz"))
def upgraded(request, databases: Databases, django_db_setup, django_db_blocker) -> Iterator[dict[str, int]]:
    """Work in the restored register of a release, migrated to today; gives how many rows each table had before."""
    with django_db_blocker.unblock():
        name = databases.empty()
        script = gzip.decompress(request.param.read_bytes()).decode()
        with databases.session(name) as session:
            session.execute(script)
            rows = {
                table: session.execute(f"SELECT count(*) FROM public.{table}").fetchone()[0]
                for table in kept_in(script)
            }
        before = databases.point_at(name)
        call_command("migrate", verbosity=0)
        call_command("render_documents", verbosity=0)
        yield rows
        connections.close_all()
        databases.point_at(before)
        databases.drop(name)


def kept_in(script):
    """Return the tables of records and of history that the dump has rows of."""
    tables = set(re.findall(r"^INSERT INTO public\.(\w+) VALUES", script, re.MULTILINE))
    registered = {model._meta.db_table for model, _ in history.audited_models()}
    return sorted(tables & {*registered, "history_entry", "history_payload", "history_transaction", "history_link"})


def test_there_is_a_dump_of_this_release_or_of_the_one_before_and_it_is_small():
    assert RELEASES
    assert {path.name for path in RELEASES if path.stat().st_size > LARGEST} == set()


def test_history_is_whole_and_nothing_was_written_out_of_band(upgraded):
    said = StringIO()

    call_command("verify_history", stdout=said)

    assert "The history is intact" in said.getvalue()
    assert history.out_of_band() == {}


def test_no_row_of_a_record_or_of_history_is_lost(upgraded):
    with connections["default"].cursor() as cursor:
        for table, count in upgraded.items():
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] >= count > 0, table
    assert HistoryEntry.objects.count() >= upgraded["history_entry"]
    assert HistoryLink.objects.count() >= upgraded["history_link"]


def test_every_document_is_its_record_for_staff_and_for_partners(upgraded):
    said = StringIO()

    call_command("verify_documents", stdout=said)

    assert said.getvalue() == "Every stored document matches its record.\n"
    kinds = set(Entry.objects.values_list("kind", flat=True).distinct())  # kinds that came later have no rows
    assert kinds <= set(documents.recipes())
    assert kinds == set(Document.objects.values_list("kind", flat=True).distinct())


def test_it_is_ready_to_serve(upgraded):
    health.forget()

    assert Client().get("/readyz").status_code == 200
    assert schema.found_in(connections["owner"]) == schema.expected()
