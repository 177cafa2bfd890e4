"""The digest belongs to a cursor: whoever writes meanwhile, a copy that was pulled to there agrees with it."""

import sqlite3
import threading

import pytest

from sgoffice.partners.models import Partner
from tests.factories import partners as make
from tests.factories.agreements import agreement
from tests.sgoffice.partners.api.partner_page import EXAMPLE, Copy
from tests.sgoffice.partners.api.test_exchange_races import Writer, parties

__all__ = ["parties"]
WRITERS = 4


def runs_in_step(copy, parties, in_threads, runs):
    """Run the client of the page again and again while others write; return what it said."""
    writers = [Writer(number, Partner.objects.get(slug=EXAMPLE), parties) for number in range(WRITERS)]
    end = threading.Event()

    def work(number):
        if number == WRITERS:
            try:
                return [copy.run() for _ in range(runs)]
            finally:
                end.set()
        while not end.is_set():
            writers[number].step()
        return writers[number].counter

    *written, said = in_threads(WRITERS + 1, work)
    assert not isinstance(said, Exception), said
    assert all(isinstance(steps, int) for steps in written), written
    return said, sum(written)


def test_copy_is_in_step_at_each_run_while_staff_write(served, parties, in_threads, tmp_path):
    copy = Copy(tmp_path, served)

    said, written = runs_in_step(copy, parties, in_threads, 4)

    assert [words for words in said if "mended" in words or not words.endswith("in step")] == []
    assert written > 8


def test_row_that_is_dropped_while_staff_write_is_mended(served, parties, in_threads, tmp_path):
    copy, kept = Copy(tmp_path, served), agreement(marking="public")
    copy.run()
    with sqlite3.connect(copy.path) as rows:
        rows.execute("DELETE FROM record WHERE id = ?", [str(kept.pk)])
    rows.close()

    [said], _ = runs_in_step(copy, parties, in_threads, 1)

    assert said.startswith("mended 1 buckets")
    with sqlite3.connect(copy.path) as rows:
        assert rows.execute("SELECT count(*) FROM record WHERE id = ?", [str(kept.pk)]).fetchone() == (1,)
    rows.close()


@pytest.mark.django_db
def test_digest_tells_the_cursor_at_which_it_is_true(settle):
    puller = make.Puller(make.partner())
    first = agreement(marking="public")
    settle()

    digest = puller.see("digest").json()
    page = puller.see("changes?digest=true").json()
    bucket = digest["kinds"][0]["buckets"][0]["bucket"]
    listed = puller.see(f"digest?kind=agreement&bucket={bucket}").json()

    assert (page["digest"], page["cursor"]) == (digest["kinds"], digest["cursor"])
    assert [one["id"] for one in listed["records"]] == [str(first.pk)]
    agreement(marking="public")
    settle()
    for cursor in (digest["cursor"], puller.see(f"changes?cursor={listed['cursor']}").json()["cursor"]):
        assert len(puller.see(f"changes?cursor={cursor}").json()["changes"]) == (cursor == digest["cursor"])


@pytest.mark.django_db
def test_digest_comes_with_the_last_page_and_of_the_kinds_of_its_cursor(settle):
    puller = make.Puller(make.partner())
    for _ in range(3):
        agreement(marking="public")
    settle()

    first = puller.see("changes?limit=2&digest=true").json()
    last = puller.see(f"changes?limit=2&digest=true&cursor={first['cursor']}").json()
    exact = puller.see("changes?limit=3&digest=true").json()
    other = puller.see("changes?kind=decision&digest=true").json()

    assert (first["digest"], first["has_more"]) == (None, True)
    assert ([kind["count"] for kind in last["digest"]], last["has_more"]) == ([3], False)
    assert (exact["digest"], exact["has_more"]) == (last["digest"], False)
    assert (other["digest"], "digest" in puller.see("changes").json()) == ([], False)
    assert puller.see("changes?digest=yes").status_code == 400
