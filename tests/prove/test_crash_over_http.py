"""All of a served register is killed while clients write: what was answered is kept, what is repeated is done once."""

import http.client
import json
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.bench.register import free_port
from tests.prove.crashing import ROOT, CrashingRegister, kill, require_nothing_lost

ROUNDS, CLIENTS = 5, 6


class PatientClient:
    """Enters people and corrects them; repeats a request with its Idempotency-Key until it has an answer."""

    def __init__(self, number: int, port: int, token: str, notes: Path, stop: threading.Event) -> None:
        self.number, self.port, self.notes, self.stop = number, port, notes, stop
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.names: list[str] = []
        self.repeated = 0

    def work(self) -> None:
        """Write until told to stop; a request that was begun is brought to its end."""
        while not self.stop.is_set():
            name = f"client {self.number} {len(self.names)}"
            given, corrected = ({"name": one, "allow_duplicate": True} for one in (name, f"{name} corrected"))
            shown, etag = self.answered("POST", "/api/v1/people", given, 201)
            self.note(shown)
            changed, _ = self.answered("PATCH", f"/api/v1/people/{shown['id']}", corrected, 200, etag)
            self.note(changed)
            self.names.append(name)

    def answered(self, method: str, path: str, body: Any, status: int, etag: str = "") -> tuple[Any, str]:
        """Return the answer, however often the server dies meanwhile."""
        key = {"Idempotency-Key": uuid.uuid4().hex} | ({"If-Match": etag} if etag else {})
        end = time.monotonic() + 120
        while time.monotonic() < end:
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
                    connection.request(method, path, json.dumps(body), self.headers | key)
                    answer = connection.getresponse()
                    text = answer.read()
            except (OSError, http.client.HTTPException):
                self.repeated += 1
                time.sleep(0.05)
                continue
            if answer.status == status:
                return json.loads(text), answer.headers["ETag"]
            assert answer.status in {409, 503}, text  # busy, or the first one is still running
            time.sleep(0.05)
        raise AssertionError(f"{method} {path} was never answered")

    def note(self, shown: Any) -> None:
        """Keep what was acknowledged."""
        with self.notes.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"id": shown["id"], "version": shown["version"], "name": shown["name"]}) + "\n")


@contextmanager
def started(register: CrashingRegister, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Run `start`, and yield when it answers."""
    server = subprocess.Popen(
        [sys.executable, "manage.py", "start", "--port", str(port), "--without-facts"],
        cwd=ROOT, env=register.environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        end = time.monotonic() + 240
        while not _is_answering(port):
            assert server.poll() is None
            assert time.monotonic() < end
            time.sleep(0.05)
        yield server
    finally:
        server.kill()
        server.wait()


def _is_answering(port: int) -> bool:
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False


def children_of(parent: int) -> list[int]:
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            above = int((place / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if above == parent:
            found += [int(place.name), *children_of(int(place.name))]
    return found


def test_what_was_answered_is_kept_and_what_is_repeated_happens_once(capsys):
    port, stop = free_port(), threading.Event()
    with CrashingRegister(seed=7) as register:
        register.run("-c", _ADMINISTRATOR)
        token = register.run("manage.py", "issue_token", "administrator").strip()
        register.files.append(register.place / "notes")
        register.files[-1].touch()
        clients = [PatientClient(number, port, token, register.files[-1], stop) for number in range(CLIENTS)]
        threads = [threading.Thread(target=client.work, daemon=True) for client in clients]
        for turn in range(ROUNDS):
            with started(register, port) as server:
                if turn == 0:
                    for thread in threads:
                        thread.start()
                register.await_writes(60)
                if turn == ROUNDS - 1:
                    stop.set()
                    for thread in threads:
                        thread.join(60)
                kill(*register.servers(), *children_of(server.pid), server.pid)

        found = register.verdict()
        twice = json.loads(register.run("-c", _TWICE))

    names = sum(len(client.names) for client in clients)
    with capsys.disabled():
        sys.stdout.write(
            f"\n  {ROUNDS} times everything killed: {found['acknowledged']} answered, "
            f"{sum(client.repeated for client in clients)} repeated, {len(found['lost'])} lost, {len(twice)} twice\n"
        )
    assert names > 0
    assert twice == []
    require_nothing_lost(found)


_SET_UP = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "sgoffice.settings"
import django
django.setup()
"""
_ADMINISTRATOR = f"""{_SET_UP}
from sgoffice.accounts.services import ensure_examples
ensure_examples()
"""
_TWICE = f"""{_SET_UP}
from django.db.models import Count
from sgoffice.directory.models import Person
names = Person.objects.values_list("name").annotate(count=Count("pk")).filter(count__gt=1)
print(json.dumps(list(names.values_list("name", flat=True))))
"""
