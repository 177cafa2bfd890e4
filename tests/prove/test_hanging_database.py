"""The long form of tests/sgoffice/running/test_lanes.py: half a minute under load, with figures."""

import sys
import time

from tests.sgoffice.running.hanging import COMMIT_LOCK, LOCKED, READS, TABLE_LOCK, holding, served_register, stopped

HUNG, HELD = 30.0, 20.0


def told(capsys, what, answers):
    """Print how many were answered with what, and the slowest; return the statuses."""
    statuses = sorted({one.status for one in answers})
    seconds = sorted(one.seconds for one in answers)
    counts = ", ".join(f"{sum(one.status == status for one in answers)} x {status}" for status in statuses)
    with capsys.disabled():
        p50, p99 = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.99)]
        sys.stdout.write(f"\n  {what}: {counts}; p50 {p50:.2f} s, p99 {p99:.2f} s, slowest {seconds[-1]:.2f} s")
    return set(statuses)


def test_server_stopped_for_half_a_minute_under_load(capsys):
    with served_register() as (register, load):
        with load.running(readers=12, writers=6):
            time.sleep(5)
            with stopped(register):
                hung = time.monotonic()
                time.sleep(HUNG)
                until = time.monotonic()
            time.sleep(5)

        told(capsys, "before", load.begun(0, hung - 3))
        asked = load.begun(hung, until - 0.1)
        assert told(capsys, "stopped", asked) == {503}
        assert max(one.seconds for one in asked) < 3
        assert all(one.retry_after and one.media_type == "application/problem+json" for one in asked)
        lives = load.lives(hung, until)
        with capsys.disabled():
            sys.stdout.write(f"\n  /livez meanwhile: {len(lives)}, slowest {lives[-1] * 1000:.0f} ms")
        assert lives[int(len(lives) * 0.95)] < 0.05
        assert told(capsys, "from a second after", load.begun(until + 1, time.monotonic())) <= {200, 201}


def test_locks_held_for_twenty_seconds(capsys):
    with served_register() as (register, load):
        with load.running(readers=4, writers=0):
            begun = time.monotonic()
            time.sleep(HELD / 2)
        told(capsys, "reads without a holder", load.begun(begun, time.monotonic()))
        for lock, paths in ((COMMIT_LOCK, READS), (TABLE_LOCK, (LOCKED, *READS))):
            with holding(register, lock):
                begun = time.monotonic()
                with load.running(readers=len(paths), writers=8, paths=paths):
                    time.sleep(HELD)
                until = time.monotonic()
            asked = load.begun(begun, until)
            waited = [one for one in asked if one.what == "/api/v1/topics" or (one.what == LOCKED == paths[0])]
            assert told(capsys, "who needs it", waited) == {503}
            assert max(one.seconds for one in waited) < 3
            assert told(capsys, "others", [one for one in asked if one not in waited]) == {200}
        assert load.one("/api/v1/topics", "POST", {"name": "after all", "kind": "service"}).status == 201
