"""The page docs/performance.md: what was measured in place of what was measured before, all else as people wrote it."""

import os
import platform
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.bench import comparing
from tests.bench.goals import Goal, goals_of, growth_goals
from tests.bench.measuring import Figures, time_ratio

PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
PLOT = PAGE.parent / "images" / "performance.svg"
#: The headings of what is generated; other sections are people's, and stay.
TOP, GROWN, WRITTEN, STARTED, FEED = (
    "# Performance", "## Growth", "## A write over HTTP", "## Start and memory", "## A page of the exchange",
)  # fmt: skip
_PARTS = re.compile(r"\n(?=## )")
_MEMORY = 400.0  # MB


def sections(found: dict[str, Any]) -> dict[str, str]:
    """Return what is generated, by heading."""
    compared, grown = found["compared"], found["grown"]
    versions, held = found["versions"], found["start"]["memory"]
    return {
        TOP: _TOP.format(
            heading=TOP, columns=COLUMNS,
            cores=len(os.sched_getaffinity(0)), python=platform.python_version(), postgresql=found["postgresql"],
            small=f"{min(grown):,}", load=os.getloadavg()[2], rounds=len(next(iter(compared.values())).batches[1]),
            rows=_rows(compared),
            goals=_table(goals_of(compared)), limit=comparing.LIMIT, year=comparing.YEAR,
            packages=", ".join(f"{name} {versions[name.lower()]}" for name in _PACKAGES),
        ),
        GROWN: _GROWN.format(
            heading=GROWN, rows=_growth_rows(grown), goals=_table(growth_goals(grown)), **_headings(grown)
        ),
        WRITTEN: _WRITTEN.format(heading=WRITTEN, columns=COLUMNS, rows=_rows(found["written"])),
        STARTED: _STARTED.format(
            heading=STARTED, **found["start"] | {"memory": sum(held.values())}, target=_MEMORY,
            programs="\n".join(f"| {name} | {held[name]:.0f} MB |" for name in sorted(held)),
        ),
    }  # fmt: skip


def _rows(figures: dict[str, Figures]) -> str:
    return "\n".join(row(name, one) for name, one in figures.items())


def row(name: str, figures: Figures) -> str:
    """Return a line of a table of figures."""
    rate = f"{figures.rate():,.0f}" if 8 in figures.clients else "–"
    program, database = figures.program_ms / figures.count, figures.database_ms / figures.count
    return (
        f"| {name} | {figures.p50_ms():.2f} | {figures.p95_ms():.2f} | {rate} | {program:.2f} | {database:.2f} "
        f"| {figures.size:,} | {figures.count:,} |"
    )


def write(parts: dict[str, str]) -> None:
    """Put the parts of the page in place of those under the same headings, the other parts as they are."""
    known = {part.split("\n", 1)[0]: part.rstrip("\n") for part in _PARTS.split(PAGE.read_text(encoding="utf-8"))}
    generated = {heading: part.rstrip("\n") for heading, part in parts.items()}
    if TOP in generated and GROWN not in known:
        known = {TOP: "", **generated, **known}  # in front of what people wrote
    PAGE.write_text("\n\n".join((known | generated).values()) + "\n", encoding="utf-8")


def _table(goals: Iterable[Goal]) -> str:
    lines = [
        f"| {goal.name} | {goal.found:.2f} | {goal.target} | {'yes' if goal.is_met else '**no**'} |" for goal in goals
    ]
    return "\n".join(["| goal | found | target | met |", "|---|---:|---:|---|", *lines])


def _headings(grown: dict[int, dict[str, Figures]]) -> dict[str, str]:
    return {
        "sizes": " | ".join(f"{size:,}" for size in grown),
        "ruler": "|".join("---:" for _ in grown),
        "largest": f"{max(grown):,}",
    }


def _growth_rows(grown: dict[int, dict[str, Figures]]) -> str:
    small = grown[min(grown)]
    return "\n".join(
        f"| {name} | "
        + " | ".join(f"{figures[name].p50_ms():.2f} ({figures[name].p95_ms():.1f})" for figures in grown.values())
        + f" | {time_ratio(grown[max(grown)][name], small[name]):.2f} |"
        for name in small
    )


_PACKAGES = ("django-ninja", "FastAPI", "SQLAlchemy", "asyncpg", "Litestar", "msgspec", "granian")
_NAMES = "| request | p50 ms | p95 ms | a second, 8 clients | CPU ms, program | CPU ms, PostgreSQL | bytes | requests |"
COLUMNS = _NAMES + "\n|---|---:|---:|---:|---:|---:|---:|---:|"
_TOP = """\
{heading}

Made by `make bench` (`tests/bench/`), but for the sections that say they were entered by hand. Measured on {cores}
cores that other work shares (load average {load:.1f} over 15 minutes), Python {python}, PostgreSQL {postgresql}
(embedded, waiting for the disk), with {small} synthetic engagements of four participants each. Times are indications,
ratios count: everything is measured in turn over real HTTP, by one client and by eight, in {rounds} rounds. A time is
the median of the rounds' medians, a ratio the median of the rounds' ratios.

![Times of list and detail, and growth](images/performance.svg)

{goals}

{columns}
{rows}

“List” is a page of {limit}, “list of a year” the newest {limit} of {year}. p50 and p95 are those of one client; CPU
is of one request, in program and database. The client takes some of the same cores.

The peers (`tests/bench/peers/`, in an environment of their own: {packages}) serve
the same engagements from the same tables as one would write them plainly, and sign their readers in by the same token;
they are spared markings, ETags and traces. The benchmark refuses to start unless all answer with the same bytes.

- REST framework: a `ReadOnlyModelViewSet` with the very serializer that makes our documents, `select_related` and
  `prefetch_related` for all that it shows. django-ninja: schemas over the same models, and orjson. Both are in the
  register's own server, behind its middleware.
- FastAPI with SQLAlchemy's asynchronous ORM, and Litestar with msgspec over three plain statements by asyncpg, are
  served by granian, with as many workers as the register has.
- Bare psycopg, in the register's own server: one prepared statement over the stored documents, without framework,
  sign-in or rights. Constant bytes: a view of Django there, behind all of the middleware.

What PostgreSQL does for each read is in [performance-plans.md](performance-plans.md).
"""
_GROWN = """\
{heading}

The same requests to registers of several sizes, served side by side and measured in turn by one client: p50 ms (p95),
and the ratio of the p50 at {largest} to that of the smallest. All but 200 engagements are copies written past the
services, with the renderer's documents and other texts, days and ids. The counterpart has one in twenty of all
engagements. The search is 200 questions: frequent words, rare names, two words, beginnings of words.

| request | {sizes} | ratio |
|---|{ruler}|---:|
{rows}

{goals}
"""
_WRITTEN = """\
{heading}

Entering an engagement with four participants and correcting its summary, with rules, document, search row, history and
commit; the embedded PostgreSQL waits for the disk.

{columns}
{rows}
"""
_STARTED = """\
{heading}

`manage.py start` answers {cold:.0f} s after it is begun in an empty folder, in which it migrates and loads the public
facts, and {warm:.1f} s after on a register that is there.

The proportional set size of all its processes, PostgreSQL included, after a walk over pages and {idle} seconds of rest:
**{memory:.0f} MB** (target: at most {target:.0f} MB).

| program | holds |
|---|---:|
{programs}
"""
