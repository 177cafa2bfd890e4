"""The trace: the application adds rows, the database sets their time, and nobody changes them."""

import re

import pytest
from django.db import DatabaseError, transaction

from sgoffice.history import trace
from sgoffice.records.models import TraceItem
from tests.architecture.source import ROOT
from tests.sgoffice.records.asking import ANNA, as_owner, ask

pytestmark = pytest.mark.usefixtures("fresh_database")


def test_row_has_the_time_and_role_of_the_database_whatever_the_writer_says():
    trace.record(trace.Act.READ, door=trace.Door.API)
    columns = "act, door, actor, address, method, path, request_id, entries, about"
    ask(
        f"INSERT INTO trace_item (at, database_role, {columns})"
        f" SELECT timestamptz '2001-01-01', 'somebody', {columns} FROM trace_item"
    )

    found = ask("SELECT now() - at < interval '1 minute', database_role = session_user FROM trace_item")

    assert found == [(True, True)] * 2


def test_record_keeps_who_what_and_by_which_door():
    made = trace.record(
        trace.Act.SIGN_IN_REFUSED, door=trace.Door.ADMIN, by=ANNA, address="192.0.2.1", about={"username": "anna"}
    )

    kept = TraceItem.objects.get()
    assert (kept.pk, kept.act, kept.door, kept.actor) == (made.pk, "sign_in_refused", "admin", "staff:anna")
    assert (kept.address, kept.about, kept.entries) == ("192.0.2.1", {"username": "anna"}, [])


@pytest.mark.parametrize("word", [*trace.Act, *trace.Door])
def test_every_word_of_the_trace_is_written_somewhere(word):
    name = re.compile(rf"trace\.{type(word).__name__}\.{word.name}\b")
    sources = (path.read_text() for path in (ROOT / "sgoffice").rglob("*.py"))

    assert any(name.search(text) for text in sources)


@pytest.mark.parametrize(
    "statement", ["UPDATE trace_item SET actor = ''", "DELETE FROM trace_item", "TRUNCATE trace_item"]
)
def test_not_even_the_owner_changes_a_row(statement):
    trace.record(trace.Act.EXPORT, door=trace.Door.API)

    with pytest.raises(DatabaseError, match="keeps what was written"), transaction.atomic("owner"):
        as_owner(statement)
