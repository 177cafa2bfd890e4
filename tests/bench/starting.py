"""What `manage.py start` takes on an empty folder and on a register that is there, and what its processes hold."""

import http.client
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from tests.bench import processes
from tests.bench.measuring import Target
from tests.bench.register import BenchRegister, free_port

_PAGES = ("/livez", "/desk/", "/admin/login/", "/api/docs", "/api/openapi.json")
_LISTS = ("engagements", "agreements", "people", "organizations", "appointments", "deadlines", "search?q=police")


def measured(idle: int) -> dict[str, Any]:
    """Return seconds until the first answer, cold with facts and warm, and megabytes by program after a walk."""
    register = BenchRegister()
    try:
        with _started(register) as (cold, _, _):
            pass
        with _started(register) as (warm, process, port):
            _walk(Target(port, register.run("-m", "tests.bench.starting"), process, register.data))
            time.sleep(idle)
            memory = processes.memory_mb(processes.family(process, register.data))
    finally:
        register.remove()
    return {"cold": cold, "warm": warm, "memory": memory, "idle": idle}


@contextmanager
def _started(register: BenchRegister) -> Iterator[tuple[float, int, int]]:
    """Run `start`; yields the seconds until it answered, its process and its port."""
    port, begun = free_port(), time.monotonic()
    with register.served("manage.py", "start", "--port", str(port), port=port, patience=400) as process:
        _visit(port, "/livez")
        yield time.monotonic() - begun, process, port


def _walk(target: Target) -> None:
    """Ask for pages as nobody, and for lists as a viewer, so often that every worker has answered some."""
    for _ in range(3):
        for path in _PAGES:
            _visit(target.port, path)
        for path in _LISTS:
            target.get(f"/api/v1/{path}")


def _visit(port: int, path: str) -> None:
    """Ask for a page, as whoever has not signed in: those that need somebody refuse."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    connection.getresponse().read()
    connection.close()


def _token() -> str:
    """Return the token of a viewer."""
    import django

    django.setup()
    from sgoffice.accounts.services import StaffEntry, invite_staff, issue_token
    from sgoffice.records.actors import OFFICE

    member = invite_staff(StaffEntry(username="bench-viewer", role="viewer"), by=OFFICE)
    return issue_token(member, name="bench", at=datetime.now(tz=UTC))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
    sys.stdout.write(_token())
