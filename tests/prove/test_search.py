"""The search over a hundred thousand engagements: how long 200 questions take, beside the list's own `q`.

The short form, which holds what is found against a plain loop, is tests/sgoffice/api/test_search_of_many.py.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connection, connections

from tests.databases import Databases
from tests.factories.accounts import Register, signed_in
from tests.sgoffice.api import many_engagements

COUNT = int(os.environ.get("SGOFFICE_PROVE_COUNT", "100000"))
OF_EACH, OF_PEER = 50, 10
_SHORT = ("un", "eu", "st", "de", "jo", "al", "fr", "ma", "ky", "wa")


@pytest.fixture
def words(databases: Databases, loaded_name: str, django_db_blocker: Any):
    """A database of one's own with the facts and very many engagements more."""
    with django_db_blocker.unblock():
        name = databases.copy(loaded_name)
        before = databases.point_at(name)
        yield many_engagements.write(COUNT, seed=11)
        connections.close_all()
        databases.point_at(before)
        databases.drop(name)


def questions(words: many_engagements.Words) -> dict[str, list[str]]:
    chance = random.Random(3)
    frequent, others = words.common[:60], words.common[60:]
    return {
        "frequent": chance.sample(frequent, OF_EACH),
        "rare": chance.sample(words.names, OF_EACH),
        "two words": [f"{chance.choice(frequent)} {chance.choice(others)}" for _ in range(OF_EACH)],
        "short": [f"{short} {chance.choice(others)}" if n % 2 else short for n, short in enumerate(_SHORT * 5)],
    }


class Taken(NamedTuple):
    """What one request took: on the clock, and of processors, here and in the database's own process."""

    clock: float
    processor: float


def timed(client: Register, address: str, query: str, **parameters: str) -> Taken:
    begun, used = time.perf_counter(), processor()
    answer = client.get(f"/api/v1/{address}", {"q": query, **parameters})
    assert answer.status_code == 200, answer.content
    return Taken((time.perf_counter() - begun) * 1000, processor() - used)


def processor() -> float:
    """Return the milliseconds that this process and its database process worked; of a far one nothing is known."""
    connection.ensure_connection()
    there = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    far = int(there.read_text(encoding="ascii").split()[0]) / 1e6 if there.exists() else 0
    return time.process_time() * 1000 + far


def told(name: str, taken: Sequence[Taken]) -> str:
    columns = zip(*taken, strict=True)
    return f"  {name:<24}" + " |".join(f"  p50 {statistics.median(one):7.1f}  p95 {p95(one):7.1f}" for one in columns)


def p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def test_two_hundred_questions_to_a_hundred_thousand_engagements(words, capsys):
    many_engagements.require_honest()
    asked, lines = questions(words), []
    for order in ("newest", "relevance"):
        everything: list[Taken] = []
        for name, queries in asked.items():
            client = signed_in("viewer")  # who has the requests of a minute before them
            for query in queries[:3]:
                timed(client, "search", query, order=order)
            taken = [timed(client, "search", query, order=order) for query in queries]
            everything += taken
            lines.append(told(f"{order}, {name}", taken))
        lines.append(told(f"{order}, all {len(everything)}", everything))

    client, sample = signed_in("viewer"), [query for queries in asked.values() for query in queries[:OF_PEER]]
    peer = [timed(client, "engagements", query) for query in sample]
    ours = [timed(client, "search", query, kind="engagement") for query in sample]
    lines.append(told(f"the list's own q, {len(sample)}", peer))
    lines.append(told("the search, the same", ours))
    ratio = p95([one.clock for one in peer]) / p95([one.clock for one in ours])
    lines.append(f"  p95 of the list's own q over p95 of the search: {ratio:.1f}")

    with capsys.disabled():
        heading = f"\n  {COUNT:,} engagements; ms on the clock | of processors"
        sys.stdout.write("\n".join([heading, *lines, ""]))
