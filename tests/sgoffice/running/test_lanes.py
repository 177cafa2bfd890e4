"""A database that hangs: all are told so in time, and who does not need it notices nothing. `make prove` has more."""

import time

import pytest

from tests.sgoffice.running.hanging import COMMIT_LOCK, LOCKED, READS, TABLE_LOCK, holding, served_register, stopped

HELD = 4.0


@pytest.fixture(scope="module")
def served():
    with served_register() as made:
        _, load = made
        for path in (*READS, LOCKED):
            assert load.one(path).status == 200
        yield made


def refused_in_time(answers):
    return all(
        one.status == 503 and one.seconds < 3 and one.retry_after and one.media_type == "application/problem+json"
        for one in answers
    )


def test_server_that_hangs_is_said_in_time_and_forgotten_at_once(served):
    register, load = served
    with load.running(readers=8, writers=4):
        time.sleep(1)
        with stopped(register):
            hung = time.monotonic()
            time.sleep(HELD)
            until = time.monotonic()
        time.sleep(2)

    asked = load.begun(hung, until - 0.1)
    assert len(asked) > 12
    assert refused_in_time(asked), [one for one in asked if not refused_in_time([one])][:5]
    assert load.lives(hung, until)[-1] < 0.25
    after = load.begun(until + 1, time.monotonic())
    assert {one.status for one in after} <= {200, 201}


def test_holder_of_the_commit_lock_stops_writes_and_no_read(served):
    register, load = served
    with holding(register, COMMIT_LOCK):
        begun = time.monotonic()
        with load.running(readers=4, writers=12):
            time.sleep(HELD)
        until = time.monotonic()

    asked = load.begun(begun, until)
    writes = [one for one in asked if one.what == "/api/v1/topics"]
    reads = [one for one in asked if one not in writes]
    assert refused_in_time(writes), [one for one in writes if not refused_in_time([one])][:5]
    assert {one.status for one in reads} == {200}
    assert load.one("/api/v1/topics", "POST", {"name": "after it", "kind": "service"}).status == 201


def test_lock_on_a_table_stops_only_who_reads_it(served):
    register, load = served
    with holding(register, TABLE_LOCK):
        begun = time.monotonic()
        with load.running(readers=5, writers=2, paths=(LOCKED, *READS[:2])):
            time.sleep(HELD)
        until = time.monotonic()

    asked = load.begun(begun, until)
    waited = [one for one in asked if one.what in {LOCKED, "/api/v1/topics"}]
    assert refused_in_time(waited), [one for one in waited if not refused_in_time([one])][:5]
    assert {one.status for one in asked if one not in waited} == {200}
    assert load.one(LOCKED).status == 200
