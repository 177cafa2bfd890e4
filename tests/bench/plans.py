"""The plans of reads at each size, kept in docs/performance-plans.md; in a register, prints them and two cursors."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from tests.bench import comparing
from tests.bench.register import ROOT, BenchRegister

PAGE = ROOT / "docs" / "performance-plans.md"
_MOST_LINES = 60
_BEGINNING = """\
# Plans of reads

Made by `make bench`; do not edit. What PostgreSQL does for the slowest statement of each request, in registers of
several sizes (`EXPLAIN (ANALYZE, BUFFERS)`, the second of two runs).
"""


def of(register: BenchRegister, said: dict[str, Any]) -> dict[str, Any]:
    """Return plans and cursors of a register."""
    place = register.place / "asked.json"
    place.write_text(json.dumps(said), encoding="utf-8")
    found: dict[str, Any] = json.loads(register.run("-m", "tests.bench.plans", str(place)))
    return found


def write(plans: dict[int, dict[str, Any]]) -> None:
    """Write the page."""
    parts = [_BEGINNING]
    for name in next(iter(plans.values()))["plans"]:
        parts.append(f"## {name.capitalize()}\n")
        for size, found in plans.items():
            parts.append(f"{size:,} engagements:\n\n```\n{found['plans'][name]}\n```\n")
    PAGE.write_text("\n".join(parts), encoding="utf-8")


def main(said: dict[str, Any]) -> dict[str, Any]:
    """Ask for what the benchmark asks, in this process; return what PostgreSQL does for it, and where that is."""
    from django.db import connection
    from django.test import Client

    client = Client(SERVER_NAME="localhost", headers={"Authorization": f"Bearer {said['viewer']}"})
    cursors = {"tenth": _cursor(450), "last": _cursor(-50)}
    own, body = "/api/v1/engagements", said["bodies"][0]
    paths = {
        comparing.LIST: f"{own}?limit=50",
        "last page": f"{own}?limit=50&cursor={cursors['last']}",
        comparing.FILTERED: f"{own}?limit=50&from={comparing.YEAR}&until={comparing.YEAR}",
        "list of a counterpart": f"{own}?limit=50&organization={body}",
        comparing.DETAIL: f"{own}/{said['engagements'][0]}",
        "search": "/api/v1/search?q=cooperation+marine",
        "brief of a counterpart": f"/api/v1/counterparts/organization/{body}/brief",
    }
    parameters = connection.get_connection_params()
    return {
        "cursors": cursors,
        "plans": {name: _plan(client, path) for name, path in paths.items()},
        "database": {name: str(parameters[name]) for name in ("host", "user", "password", "dbname")},
    }


def _cursor(offset: int) -> str:
    """Return the cursor behind so many of the newest, or before so many of the oldest engagements."""
    import base64

    from engagements.models import Engagement
    from sgoffice.api import pagination

    rows = Engagement.objects.filter(is_in_error=False, merged_into=None)
    ordering = (
        ("-sort_day", "sort_rank", "-sort_at", "-pk") if offset > 0 else ("sort_day", "-sort_rank", "sort_at", "pk")
    )
    place = abs(offset) - (offset > 0)
    values = rows.order_by(*ordering).values_list("sort_day", "sort_rank", "sort_at", "pk")[place : place + 1].get()
    text = pagination._signer.sign(json.dumps(["newest", False, [pagination._encoded(value) for value in values]]))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _plan(client: Any, path: str) -> str:
    from django.db import connection

    sent: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, *others: Any) -> Any:
        sent.append((sql, params))
        return execute(sql, params, *others)

    client.get(path)
    with connection.execute_wrapper(note):
        answer = client.get(path)
    assert answer.status_code == 200, answer.content
    plans = [_explained(*one) for one in sent if one[0].lstrip().upper().startswith(("SELECT", "WITH"))]
    slowest = max(plans, key=_milliseconds)
    lines = slowest.splitlines()
    return "\n".join([*lines[:_MOST_LINES], *(["…", *lines[-2:]] if len(lines) > _MOST_LINES else [])])


def _explained(sql: str, params: Any) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
            lines = [line for (line,) in cursor.fetchall()]
    return "\n".join(line[:160] for line in lines)


def _milliseconds(plan: str) -> float:
    return float(plan.rpartition("Execution Time: ")[2].partition(" ")[0])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
    import django

    django.setup()
    sys.stdout.write(json.dumps(main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))) + "\n")
