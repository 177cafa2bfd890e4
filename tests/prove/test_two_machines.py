"""Two machines, one PostgreSQL, a proxy and 8 clients; every half minute one machine loses its power.

Short by default; SGOFFICE_PROVE_SECONDS=600 and SGOFFICE_PROVE_EVERY=30 for the figures of docs/reliability.md.
"""

import http.client
import json
import os
import sys
import threading
import time
import uuid
from collections import Counter
from contextlib import closing
from typing import Any

import pytest

from tests.prove.crashing import require_nothing_lost
from tests.prove.machines import Machines, lacking
from tests.prove.test_crash_over_http import _SET_UP, _TWICE, PatientClient

pytestmark = pytest.mark.skipif(bool(lacking()), reason=lacking() or "it can be run")
SECONDS = float(os.environ.get("SGOFFICE_PROVE_SECONDS", "60"))
EVERY = float(os.environ.get("SGOFFICE_PROVE_EVERY", "15"))
CLIENTS = 8
#: What the proxy says by itself: the machine that had the request is gone, or both are.
_OF_PROXY = {502, 503, 504}


class ClientOfTwo(PatientClient):
    """Enters people, corrects them, and reads what it wrote, whichever machine answers."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.statuses: Counter[int] = Counter()
        self.slowest = 0.0
        self.fault = ""

    def work(self) -> None:
        try:
            super().work()
        except BaseException as error:  # noqa: BLE001 - a thread's fault is the test's
            self.fault = repr(error)

    def note(self, shown: Any) -> None:
        super().note(shown)
        read, _ = self.answered("GET", f"/api/v1/people/{shown['id']}", None, 200)
        assert read["version"] == shown["version"], f"{shown['id']} was read as it was before"

    def answered(self, method: str, path: str, body: Any, status: int, etag: str = "") -> tuple[Any, str]:
        key = {"Idempotency-Key": uuid.uuid4().hex} | ({"If-Match": etag} if etag else {})
        given = json.dumps(body) if body is not None else None
        begun = time.monotonic()
        while time.monotonic() < begun + 120:
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
                    connection.request(method, path, given, self.headers | key)
                    answer = connection.getresponse()
                    text = answer.read()
            except (OSError, http.client.HTTPException):
                self.statuses[0] += 1
                time.sleep(0.05)
                continue
            self.statuses[answer.status] += 1
            if answer.status == status:
                self.slowest = max(self.slowest, time.monotonic() - begun)
                return json.loads(text), answer.headers["ETag"]
            self.repeated += 1
            assert answer.status in {409, *_OF_PROXY}, text  # the first one is still running, or a machine is gone
            time.sleep(0.05)
        raise AssertionError(f"{method} {path} was never answered")


def test_a_machine_dies_again_and_again_and_nobody_loses_anything(capsys):
    stop = threading.Event()
    with Machines(seed=9) as register:
        token = register.on_machine(_OFFICER).strip()
        register.files.append(register.place / "notes")
        register.files[-1].touch()
        clients = [ClientOfTwo(number, register.port, token, register.files[-1], stop) for number in range(CLIENTS)]
        threads = [threading.Thread(target=client.work, daemon=True) for client in clients]
        for thread in threads:
            thread.start()
        kills, begun = 0, time.monotonic()
        while time.monotonic() < begun + SECONDS:
            time.sleep(max(0, begun + (kills + 1) * EVERY - time.monotonic()))
            machine = register.machines[kills % 2]
            machine.kill()
            machine.start()
            kills += 1
            machine.await_ready()
        stop.set()
        for thread in threads:
            thread.join(150)
        register.end_machines()
        found = register.verdict()
        twice = json.loads(register.run("-c", _TWICE))

    statuses = sum((client.statuses for client in clients), Counter[int]())
    with capsys.disabled():
        sys.stdout.write(
            f"\n  {kills} times a machine killed: {found['acknowledged']} answered, {len(found['lost'])} lost, "
            f"{len(twice)} twice; statuses {dict(sorted(statuses.items()))} (0: cut off), slowest "
            f"{max(client.slowest for client in clients):.1f} s\n"
        )
    assert [client.fault for client in clients if client.fault] == []
    assert kills >= 2
    assert min(len(client.names) for client in clients) > 0
    assert statuses[500] == 0
    assert twice == []
    require_nothing_lost(found)


_OFFICER = f"""{_SET_UP}
from django.utils import timezone
from sgoffice.accounts.services import StaffEntry, invite_staff, issue_token
from sgoffice.records.actors import OFFICE
user = invite_staff(StaffEntry(username="proof", role="officer"), by=OFFICE)
print(issue_token(user, name="proof", at=timezone.now()))
"""
