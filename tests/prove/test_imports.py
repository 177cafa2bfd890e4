"""A worker that is killed with -9 in the middle of an import, again and again: each row is entered once."""

import json
import subprocess
import sys
import time
from typing import Any

from tests.prove.crashing import ROOT, CrashingRegister
from tests.prove.importing import ROWS

KILLS = 4


def ask(register: CrashingRegister, what: str) -> dict[str, Any]:
    return json.loads(register.run("-m", "tests.prove.importing", what))


def kill_in_the_middle(register: CrashingRegister, before: int) -> int:
    """Start a worker, kill it once it has entered more; return how much is there then."""
    worker = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=register.environment)
    try:
        end = time.monotonic() + 120
        while ask(register, "count")["entered"] <= before:
            assert time.monotonic() < end, "the worker enters nothing"
    finally:
        worker.kill()
        worker.wait()
    return ask(register, "count")["entered"]


def test_a_killed_worker_loses_and_doubles_nothing():
    with CrashingRegister(seed=1, is_durable=False) as register:
        assert ask(register, "bring") == {"faults": []}
        entered = 0
        for number in range(KILLS):
            entered = kill_in_the_middle(register, entered)
            assert number > 0 or 0 < entered < ROWS, "the first kill came too late to prove anything"
            assert ask(register, "wait")["held"] <= 1
            if entered == ROWS:
                break
        register.run("manage.py", "work", "--once")
        found = ask(register, "judge")

    assert found == {
        "state": "committed", "counts": {"entered": ROWS}, "engagements": ROWS, "rows": ROWS, "records": ROWS,
        "people": 3, "differences": [], "faults": [],
    }  # fmt: skip
