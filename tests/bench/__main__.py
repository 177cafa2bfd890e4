"""`make bench`: the register beside a plain REST framework and bare psycopg, over HTTP; writes docs/performance.md."""

import argparse
import json
import sys
import time
from typing import Any

from tests.bench import processes, report
from tests.bench.measuring import Client, Figures, measure
from tests.bench.register import BenchRegister, free_port

_IDLE = 60  # seconds


def main() -> int:
    """Fill a register, measure it, and say whether the targets are met."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many engagements (default 10,000)")
    parser.add_argument("--rounds", type=int, default=20, help="how often each address is measured in turn")
    parser.add_argument("--idle", type=int, default=_IDLE, help="seconds of rest before memory is counted")
    parser.add_argument("--dry", action="store_true", help="print the figures, write no page")
    options = parser.parse_args()
    with BenchRegister() as register:
        begun = time.monotonic()
        said = json.loads(register.run("-m", "tests.bench.seed", str(options.count)))
        sys.stdout.write(f"filled with {options.count} engagements in {time.monotonic() - begun:.0f} s\n")
        sys.stdout.flush()
        found = {
            "seed": said,
            "memory": _memory(register, said["token"], options.idle),
            "figures": _speed(register, said["token"], options.rounds),
        }
    page = report.page(found, options.count)
    sys.stdout.write(page + "\n")
    if not options.dry:
        report.write(page, begins=report.HEADING)
    return 0 if report.is_met(found) else 1


def _memory(register: BenchRegister, token: str, idle: int) -> dict[str, float]:
    """Return what all processes of `start` hold after one list and a rest, by program."""
    port = free_port()
    with register.served("manage.py", "start", "--port", str(port), "--without-facts", port=port) as server:
        Client(port, token).get("/api/v1/engagements")
        time.sleep(idle)
        return processes.memory_mb(processes.family(server, register.data))


def _speed(register: BenchRegister, token: str, rounds: int) -> dict[str, Figures]:
    port = free_port()
    with register.served("-m", "tests.bench.serving", str(port), port=port) as server:
        client = Client(port, token)
        ids = [shown["id"] for shown in _require_the_same(client)]
        wanted = {
            "list": Figures(lambda _: "/api/v1/engagements?limit=50", 20),
            "list, plain": Figures(lambda _: "/peer/engagements", 5),
            "list, bare": Figures(lambda _: "/peer/bare?limit=50", 20),
            "list of a country": Figures(lambda _: "/api/v1/engagements?limit=50&place_country=FR", 10),
            "detail": Figures(lambda number: f"/api/v1/engagements/{ids[number % 50]}", 50),
            "detail, plain": Figures(lambda number: f"/peer/engagements/{ids[number % 50]}", 20),
            "detail, bare": Figures(lambda number: f"/peer/bare/{ids[number % 50]}", 50),
            "constant bytes": Figures(lambda _: "/peer/constant", 50),
        }
        measure(client, wanted, server=server, data=register.data, rounds=rounds)
    return wanted


def _require_the_same(client: Client) -> list[dict[str, Any]]:
    """Return a page of engagements, once it is sure that all sides answer it with the same bytes."""
    ours, plain = client.get("/api/v1/engagements?limit=50"), client.get("/peer/engagements")
    shown = _results(ours)
    if shown != _results(plain) or shown != _results(client.get("/peer/bare?limit=50")):
        raise RuntimeError("The peer shows something else: there is nothing to compare.")
    page: list[dict[str, Any]] = json.loads(shown)
    one = page[0]["id"]
    if len({client.get(f"/{side}/{one}") for side in ("api/v1/engagements", "peer/engagements", "peer/bare")}) != 1:
        raise RuntimeError("The peer shows something else of one record: there is nothing to compare.")
    return page


def _results(body: bytes) -> bytes:
    """Return the bytes of the list inside a page, without the addresses of its neighbours."""
    begin = body.index(b'"results":[') + len(b'"results":')
    depth, is_text, is_escaped = 0, False, False
    for place in range(begin, len(body)):
        letter = body[place : place + 1]
        if is_text:
            is_text = is_escaped or letter != b'"'
            is_escaped = letter == b"\\" and not is_escaped
        elif letter == b'"':
            is_text = True
        elif letter in b"[]":
            depth += 1 if letter == b"[" else -1
            if depth == 0:
                return body[begin : place + 1]
    raise RuntimeError("This is no page.")


if __name__ == "__main__":
    sys.exit(main())
