"""The page docs/performance.md, made from what was measured."""

import os
import platform
import re
from pathlib import Path
from typing import Any

from tests.bench.measuring import Figures

PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
#: Each part of the page begins with its heading and is measured by a program of its own; the search by `make prove`.
HEADING, FEED_HEADING, SEARCH_HEADING = "# Performance\n", "## A page of the exchange\n", "## The search\n"
_PARTS = re.compile(f"\n(?={FEED_HEADING}|{SEARCH_HEADING})")
LIST_TARGET, DETAIL_TARGET, MEMORY_TARGET = 30.0, 15.0, 400.0
#: Of the rate of bare psycopg over the very same documents.
LIST_RATE_TARGET, DETAIL_RATE_TARGET = 0.6, 0.25


def is_met(found: dict[str, Any]) -> bool:
    """Tell whether every target is met."""
    times = found["figures"]
    return (
        _ratio(times["list, plain"], times["list"]) >= LIST_TARGET
        and _ratio(times["detail, plain"], times["detail"]) >= DETAIL_TARGET
        and _ratio(times["list, bare"], times["list"]) >= LIST_RATE_TARGET
        and _ratio(times["detail, bare"], times["detail"]) >= DETAIL_RATE_TARGET
        and sum(found["memory"].values()) <= MEMORY_TARGET
    )


def page(found: dict[str, Any], count: int) -> str:
    """Return the page."""
    figures, memory = found["figures"], found["memory"]
    rows = "\n".join(row(name, figures[name]) for name in figures)
    programs = "\n".join(f"| {name} | {held:.0f} MB |" for name, held in sorted(memory.items()))
    listed, single = figures["list"], figures["detail"]
    return _PAGE.format(
        count=f"{count:,}",
        rows=rows,
        list_ratio=_ratio(figures["list, plain"], listed),
        detail_ratio=_ratio(figures["detail, plain"], single),
        list_cpu=figures["list, plain"].cpu_ms_each / listed.cpu_ms_each,
        detail_cpu=figures["detail, plain"].cpu_ms_each / single.cpu_ms_each,
        list_rate=_ratio(figures["list, bare"], listed),
        detail_rate=_ratio(figures["detail, bare"], single),
        constant_rate=_ratio(figures["constant bytes"], single),
        list_rate_target=LIST_RATE_TARGET,
        detail_rate_target=DETAIL_RATE_TARGET,
        list_target=LIST_TARGET,
        detail_target=DETAIL_TARGET,
        memory_target=MEMORY_TARGET,
        memory=sum(memory.values()),
        programs=programs,
        write_ms=found["seed"]["ms_each"],
        postgresql=found["seed"]["postgresql"],
        python=platform.python_version(),
        cores=len(os.sched_getaffinity(0)),
    )


def row(name: str, figures: Figures) -> str:
    """Return a line of a table of figures."""
    return (
        f"| {name} | {figures.p50_ms:.2f} | {figures.p95_ms:.2f} | {figures.cpu_ms_each:.2f} "
        f"| {figures.size:,} | {len(figures.times_ms):,} |"
    )


def write(part: str, *, begins: str) -> None:
    """Put a part of the page that begins with a heading in place of the one before, the other parts as they are."""
    page = PAGE.read_text(encoding="utf-8")
    others = [other for other in _PARTS.split(page) if not other.startswith(begins)]
    whole = [part, *others] if begins == HEADING else [*others, part]
    PAGE.write_text("\n".join(whole), encoding="utf-8")


def _ratio(plain: Figures, ours: Figures) -> float:
    return plain.p50_ms / ours.p50_ms


_PAGE = """\
# Performance

Made by `make bench` (`tests/bench/`); do not edit. Measured on {cores} shared cores, Python {python}, PostgreSQL
{postgresql} (embedded, waiting for the disk), with {count} synthetic engagements of four participants each. Times are
indications, ratios count: all addresses are measured in turn, in the same server, by one client over real HTTP.

| request | p50 ms | p95 ms | CPU ms each | bytes | requests |
|---|---:|---:|---:|---:|---:|
{rows}

“List” is a page of 50. CPU is that of the server and of PostgreSQL together.

- The list is answered **{list_ratio:.1f} times** as fast as by the plain peer (target {list_target:.0f}), for
  1/{list_cpu:.1f} of the CPU.
- One record is answered **{detail_ratio:.1f} times** as fast (target {detail_target:.0f}), for 1/{detail_cpu:.1f} of
  the CPU.
- Of the rate of bare psycopg over the very same documents, the list has **{list_rate:.2f}** (target
  {list_rate_target}) and one record **{detail_rate:.2f}** (target {detail_rate_target}); of that of constant bytes
  {constant_rate:.2f}.
- Entering an engagement with four participants takes {write_ms:.1f} ms, its document, history and commit included
  (500 in a transaction).

## Where the time of a read goes

Sign-in, rights, keys and documents are one statement (`sgoffice/database/ahead.py`), compiled once. Of the processor
time that one record takes in the program (a profile by thread time, 400 requests, entered by hand): Django's handler,
middleware, resolver and signals 41 %; the sign-in 14 % and the statement with the cursors of Django and psycopg 15 %;
REST framework 11 %; the record, its headers, the trace and the id of the request 19 %. REST framework stays for what
it gives every address alike: permissions, rates, problem details and the API document. To weigh `Accept`, which took
it as long again, is skipped where JSON is asked for.

## Compression

None: answers can hold what is restricted beside what a caller chose (a search, the filters in `next`), and their
lengths would tell of it (BREACH). Where bandwidth is short, a proxy may compress; the ETags that it changes (`W/`,
`-gzip`) are understood.

## The peers

`tests/bench/peers/` serves the same engagements from the same tables in the same server as one would write it
plainly: a `ReadOnlyModelViewSet` with the very serializer that makes our documents, `select_related` and
`prefetch_related` for all that it shows, cursor pagination and REST framework's own JSON renderer. The benchmark
refuses to start unless both answer with the same bytes. The peer signs its readers in by the same token; it is spared
filters, markings and ETags. Bare psycopg is one prepared statement over the stored documents in the same server,
without framework, sign-in, rights or bounds of the page.

## Memory

The proportional set size of every process of `manage.py start`, PostgreSQL included, after one list and 60 seconds of
rest: **{memory:.0f} MB** (target: at most {memory_target:.0f} MB).

| program | holds |
|---|---:|
{programs}
"""
