"""What each guarantee costs a `POST /engagements`, each left out in turn: `python -m tests.bench.guarantees`.

In a register of its own that does not wait for the disk, in one process; processor time of the program and of its
database process, in milliseconds.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from uuid import uuid4

from tests.bench.register import BenchRegister

_ROUNDS, _IN_ROUND, _WARM_UP, _AGAIN, _SEEDED = 10, 15, 20, 6, 300
_WRITE_HISTORY = "register_write_history"


def main() -> None:
    """Make a register and measure in it."""
    with BenchRegister() as register:
        register.environment |= {"SGOFFICE_PG_FAST": "1"}
        seeded = json.loads(register.run("-m", "tests.bench.seed", str(_SEEDED)))
        sys.stdout.write(f"seeded in {seeded['ms_each']:.1f} ms each\n")
        sys.stdout.write(register.run("-m", "tests.bench.guarantees", "--in-register"))


def run() -> dict[str, list[float]]:
    """Return for each guarantee that is left out the program's and the database's time of one request."""
    from sgoffice.accounts.services import StaffEntry, invite_staff, issue_token
    from sgoffice.documents import trying
    from sgoffice.records.actors import OFFICE

    writer = invite_staff(StaffEntry(username="writer", role="officer"), by=OFFICE)
    enter = _writer(issue_token(writer, name="bench", at=writer.date_joined))
    ways: dict[str, tuple[Callable[[], Any], bool]] = {
        "all": (nullcontext, True),
        "idempotency": (nullcontext, False),
        "search row and partner document": (trying, True),
        "chain": (_without_chain, True),
        "history and chain": (_without_history, True),
    }
    spent = {name: [0.0, 0.0] for name in ways}
    for _ in range(_WARM_UP):
        enter(has_key=True)
    for turn in range(_ROUNDS):
        first = turn % len(ways)
        for name in [*ways][first:] + [*ways][:first]:
            without, has_key = ways[name]
            with without():
                for _ in range(_AGAIN):  # what is planned anew is planned here
                    enter(has_key=has_key)
                before = _times()
                for _ in range(_IN_ROUND):
                    enter(has_key=has_key)
                for place, (earlier, later) in enumerate(zip(before, _times(), strict=True)):
                    spent[name][place] += (later - earlier) * 1000 / _ROUNDS / _IN_ROUND
    return {name: [round(one, 2) for one in found] for name, found in spent.items()}


def _writer(token: str) -> Callable[..., None]:
    from django.test import Client

    from sgoffice.directory.models import Organization, Person

    people, bodies = (list(model.objects.values_list("pk", flat=True)) for model in (Person, Organization))
    chance, client = random.Random(11), Client()

    def enter(*, has_key: bool) -> None:
        number = chance.randrange(10**9)
        body = {
            "title": f"Meeting {number} on cooperation", "kind": "bilateral_meeting", "status": "held",
            "held": f"20{number % 24 + 1:02}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "city": "Lyon", "country": "FR", "summary": "They spoke of borders. " * 3, "allow_duplicate": True,
            "participants": [
                {
                    "person": str(person), "attendance": "attended",
                    "capacities": [{"title": "Director General", "organization": str(chance.choice(bodies))}],
                }
                for person in chance.sample(people, 4)
            ],
        }  # fmt: skip
        headers = {"authorization": f"Bearer {token}", "host": "127.0.0.1"}
        if has_key:
            headers["idempotency-key"] = uuid4().hex
        answer = client.post("/api/v1/engagements", json.dumps(body), "application/json", secure=True, headers=headers)
        if answer.status_code != 201:
            raise RuntimeError(f"{answer.status_code}: {answer.content[:300]!r}")

    return enter


@contextmanager
def _without_chain() -> Iterator[None]:
    with _as_owner(
        "ALTER TABLE history_transaction {} TRIGGER history_transaction_is_chained", "DISABLE", "ENABLE ALWAYS"
    ):
        yield


@contextmanager
def _without_history() -> Iterator[None]:
    """Keep identity rows and versions, which the same function writes, and nothing else of it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [_WRITE_HISTORY])
        whole = cursor.fetchone()[0]
    begin, end = whole.index("    noted := "), whole.index("    PERFORM public.register_touch_entry")
    with _as_owner("{}", whole[:begin] + whole[end:], whole):
        yield


@contextmanager
def _as_owner(statement: str, before: str, after: str) -> Iterator[None]:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(statement.replace("{}", before))
        try:
            yield
        finally:
            cursor.execute(statement.replace("{}", after))


def _times() -> tuple[float, float]:
    """Return the seconds of a core that the program and its database process have spent."""
    from django.db import connection

    with open(f"/proc/{connection.connection.info.backend_pid}/schedstat") as spent:  # noqa: PTH123 - of the kernel
        return time.process_time(), int(spent.read().split()[0]) / 1e9


if __name__ == "__main__":
    if "--in-register" not in sys.argv:
        main()
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
        import django

        django.setup()
        sys.stdout.write(json.dumps(run(), indent=1) + "\n")
