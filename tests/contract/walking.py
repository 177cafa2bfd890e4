"""Walking many operations: one check for each, all faults at once."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from tests.contract.operations import PROBLEM, Operation, faults, operations

READS = [item for item in operations() if item.reads]
WRITES = [item for item in operations() if not item.reads]
#: All but what is one's own, the lists over records of many kinds, the whole register, and the trace of requests.
_OTHERS = {"archive", "deadlines", "me", "reports", "retention", "trace"}
OF_RECORDS = [item for item in operations() if item.kind not in _OTHERS]
CHANGES = [item for item in OF_RECORDS if item.changes]
PATCHES = [item for item in WRITES if item.method == "PATCH"]
BODIES = [item for item in WRITES if item.takes_body]
OWN = [item for item in operations() if item.kind == "me"]


def wrong(items: list[Operation], check: Callable[[Operation], list[str]]) -> dict[str, list[str]]:
    """Return what a check finds, by operation; what it does to the register is undone after each."""
    found = {}
    for item in items:
        with transaction.atomic():
            found[str(item)] = check(item)
            transaction.set_rollback(True)

    return {name: what for name, what in found.items() if what}


def answered(item: Operation, answer: Any, status: int) -> list[str]:
    """Return the faults of an answer that should have this status; an error is a problem detail."""
    found = faults(item, answer)
    if answer.status_code != status:
        found.append(f"{answer.status_code} instead of {status}: {answer.content[:300]!r}")
    if status >= 400 and answer.get("Content-Type") != PROBLEM:
        found.append(f"a {answer.get('Content-Type')}")
    return found
