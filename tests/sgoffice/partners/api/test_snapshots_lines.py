"""The snapshot in lines is read by short statements: it holds nothing, and one of a partner is made at a time."""

import gc
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.door import ANY_VERSION
from sgoffice.feed import statements
from sgoffice.partners.api import snapshots
from sgoffice.partners.models import Pull
from sgoffice.records.actors import OFFICE
from tests.factories import partners as make
from tests.factories.agreements import agreement


@pytest.fixture
def one_by_one(monkeypatch):
    monkeypatch.setattr(snapshots, "_CHUNK", 1)


def begun(puller):
    """A snapshot of which the first chunk is read; the rest of it."""
    answer = puller.see("snapshot")
    rest = iter(answer.streaming_content)
    return answer, next(rest), rest


def test_nothing_is_open_between_two_chunks(fresh_database, one_by_one):
    puller = make.Puller(make.partner())
    for _ in range(3):
        agreement(marking="public")

    _, first, rest = begun(puller)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in %'"
        )
        [waiting] = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM pg_cursors")
        [cursors] = cursor.fetchone()

    assert (waiting, cursors, len(first.splitlines())) == (0, 0, 1)
    assert len(b"".join(rest).splitlines()) == 3


@pytest.mark.django_db
def test_what_changes_while_lines_are_read_comes_with_the_changes(one_by_one, settle):
    puller = make.Puller(make.partner())
    records = [agreement(marking="public") for _ in range(4)]
    settle()

    _, first, rest = begun(puller)
    lines = [first]
    for piece in rest:
        if len(records) > 1:
            record = records.pop()
            enter_in_error(type(record), record.pk, by=OFFICE, expected=ANY_VERSION, reason="It was entered twice")
            agreement(marking="public")
            settle()
        lines.append(piece)
    *told, last = [json.loads(line) for line in b"".join(lines).splitlines()]
    for line in told:
        puller.keep(line)
    puller.cursor = last["cursor"]
    puller.pull()

    assert len(told) < 4
    assert puller.is_in_step()


def test_one_snapshot_of_a_partner_is_made_at_a_time(fresh_database, one_by_one):
    partner = make.partner()
    puller, other = make.Puller(partner), make.Puller(make.partner())
    for _ in range(3):
        agreement(marking="public")

    answer, _, _ = begun(puller)
    refused = puller.see("snapshot")

    assert (refused.status_code, refused["Retry-After"]) == (429, "10")
    assert puller.see("snapshot", Accept="application/json").status_code == 200
    assert other.see("snapshot").getvalue()
    answer.close()
    assert b"cursor" in puller.see("snapshot").getvalue()
    assert b"cursor" in puller.see("snapshot").getvalue()  # what was read to its end is at its end


@pytest.mark.django_db
def test_a_reader_that_vanished_blocks_for_seconds_and_its_snapshot_ends(one_by_one, settle):
    puller = make.Puller(make.partner())
    for _ in range(3):
        agreement(marking="public")
    settle()

    _, _, rest = begun(puller)
    Pull.objects.filter(partner=puller.partner).update(snapshot_until=timezone.now())

    other, *_ = begun(puller)
    assert other.status_code == 200
    with pytest.raises(snapshots.Throttled):
        next(rest)


@pytest.mark.django_db
def test_an_unread_response_asks_nothing_when_it_is_collected(settle):
    puller = make.Puller(make.partner())
    agreement(marking="public")
    settle()
    gc.collect()  # what tests before this one did not read to its end, which does say that it is over

    held = puller.see("snapshot")
    with CaptureQueriesContext(connection) as asked:
        del held
        gc.collect()

    assert asked.captured_queries == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["snapshot?format=json", "changes?digest=true", "changes"])
def test_a_page_has_a_limit_in_bytes(puller_of_large, path):
    pages, cursor = [], ""
    while not pages or pages[-1]["has_more"]:
        pages.append(puller_of_large.see(path + cursor).json())
        cursor = f"{'&' if '?' in path else '?'}cursor={pages[-1]['cursor']}"

    assert [len(page["changes"]) for page in pages] == [2, 2, 1]
    if "digest" in path:
        assert [page["digest"] is None for page in pages] == [True, True, False]


@pytest.fixture
def puller_of_large(settle, monkeypatch):
    puller = make.Puller(make.partner())
    for number in range(5):
        agreement(marking="public", title=f"{number}" * 500)
    settle()
    bodies = "SELECT max(octet_length(body)) FROM feed_published WHERE kind = 'agreement'"
    with connection.cursor() as cursor:
        cursor.execute(bodies)
        [largest] = cursor.fetchone()
    monkeypatch.setattr(statements, "PAGE_BYTES", largest + 1)
    monkeypatch.setattr(statements.page, "__defaults__", (largest + 1,))
    return puller
