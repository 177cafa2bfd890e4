"""What `manage.py start` takes on an empty folder and on a register that is there, and what its processes hold."""

import http.client
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from tests.bench import processes
from tests.bench.measuring import Target
from tests.bench.register import BenchRegister, free_port

_PAGES = ("/livez", "/admin/login/", "/api/docs", "/api/openapi.json", "/api/partner/openapi.json")
_DESK = ("", "diary", "log", "deadlines", "reports", "imports", "me", "search?q=police", "palette?q=police")
_LISTS = ("engagements", "agreements", "people", "organizations", "appointments", "deadlines", "search?q=police")


def measured(idle: int) -> dict[str, Any]:
    """Return seconds until the first answer, cold with facts and warm, and megabytes by program after a walk."""
    register = BenchRegister()
    try:
        with _started(register) as (cold, _, _):
            pass
        with _started(register) as (warm, process, port):
            token, session = register.run("-m", "tests.bench.starting").split()
            _walk(Target(port, token, process, register.data), session)
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


def _walk(target: Target, session: str) -> None:
    """Ask for pages as nobody, and as an officer for lists and the desk, so often that every worker answers some."""
    for _ in range(3):
        for path in _PAGES:
            _visit(target.port, path)
        for path in _LISTS:
            target.get(f"/api/v1/{path}")
        for path in _DESK:
            _visit(target.port, f"/desk/{path}", Cookie=session)


def _visit(port: int, path: str, **headers: str) -> None:
    """Ask for a page; raises RuntimeError if there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != HTTPStatus.OK:
        raise RuntimeError(f"{path} answered {answer.status}.")


def _officer() -> str:
    """Return the token of an officer, and the cookie of one who has signed in."""
    import django

    django.setup()
    from django.test import Client

    from sgoffice.accounts.services import StaffEntry, invite_staff, issue_token
    from sgoffice.records.actors import OFFICE

    member = invite_staff(StaffEntry(username="bench-officer", role="officer"), by=OFFICE)
    browser = Client()
    browser.force_login(member)
    [cookie] = browser.cookies.values()
    return f"{issue_token(member, name='bench', at=datetime.now(tz=UTC))} {cookie.key}={cookie.value}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
    sys.stdout.write(_officer())
