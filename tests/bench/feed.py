"""`make benchfeed`: a page of the exchange beside bare psycopg, at two sizes; a section of docs/performance.md."""

import argparse
import sys
import time
from contextlib import ExitStack

from tests.bench import report
from tests.bench.feed_seed import PAGE, PLACES, places_of
from tests.bench.measuring import Figures, Target, measure_in_turn, time_ratio
from tests.bench.register import BenchRegister, free_port

RATE_TARGET, SIZE_TARGET = 0.7, 1.3
_SECONDS = 0.3
_SIDES = ("exchange", "bare, the register's read", "bare, ready-made lines")


class Side:
    """A served register with so many documents, and what its page and the bare one cost."""

    def __init__(self, count: int, stack: ExitStack) -> None:
        self.count = count
        self.register = stack.enter_context(BenchRegister())
        begun = time.monotonic()
        said = self.register.filled("tests.bench.feed_seed", str(count))
        sys.stdout.write(f"loaded {count:,} documents in {time.monotonic() - begun:.0f} s\n")
        sys.stdout.flush()
        self.line = said["line"]
        port = free_port()
        server = stack.enter_context(self.register.served("-m", "tests.bench.serving", str(port), port=port))
        self.target = Target(port, said["token"], server, self.register.data)
        pages = self._pages(said["cursors"], said["stream"])
        self.figures = {name: self._figures([page[column] for page in pages]) for column, name in enumerate(_SIDES)}

    def _figures(self, pages: list[str]) -> Figures:
        return Figures(self.target, lambda number: self.target.request(pages[number % PLACES]), clients=(1,))

    def _pages(self, cursors: list[str], stream: str) -> list[tuple[str, str, str]]:
        """Return the addresses of the same pages on all sides, once all answer them alike."""
        pages = [
            (
                f"/api/v1/partner/changes?limit={PAGE}&cursor={cursor}",
                f"/peer/read?limit={PAGE}&after={place}&stream={stream}",
                f"/peer/lines?limit={PAGE}&after={place}",
            )
            for cursor, place in zip(cursors, places_of(self.count), strict=True)
        ]
        for ours, read, lines in pages:
            answer = self.target.get(ours)
            self._require_the_same(answer, self.target.get(read))
            self._require_the_same(answer, self.target.get(lines))
        return pages

    def _require_the_same(self, ours: bytes, bare: bytes) -> None:
        if ours[: ours.rindex(b'],"cursor":')] != bare[: bare.rindex(b"]}")]:
            raise RuntimeError("The bare peer shows something else: there is nothing to compare.")


def main() -> int:
    """Load two registers, measure them in turn, and say whether the targets are met."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.feed", description=__doc__)
    parser.add_argument("--small", type=int, default=10_000, help="documents of the small register (default 10,000)")
    parser.add_argument("--large", type=int, default=1_000_000, help="of the large one (default 1,000,000)")
    parser.add_argument("--rounds", type=int, default=30, help="how often each is measured in turn")
    parser.add_argument("--dry", action="store_true", help="print the figures, write no page")
    options = parser.parse_args()
    with ExitStack() as stack:
        sides = [Side(options.small, stack), Side(options.large, stack)]
        everything = {f"{name}, {side.count}": one for side in sides for name, one in side.figures.items()}
        measure_in_turn(everything, rounds=options.rounds, seconds=_SECONDS)
    section, is_met = _section(sides)
    sys.stdout.write(section + "\n")
    if not options.dry:
        report.write({report.FEED: section})
    return 0 if is_met else 1


def _section(sides: list[Side]) -> tuple[str, bool]:
    small, large = sides
    ours, read, lines = (small.figures[name] for name in _SIDES)
    ours_large, read_large, lines_large = (large.figures[name] for name in _SIDES)
    rate, growth = time_ratio(lines, ours), time_ratio(ours_large, ours)
    rows = "\n".join(
        report.row(f"{name}, {side.count:,} documents", figures)
        for side in sides
        for name, figures in side.figures.items()
    )
    section = _SECTION.format(
        heading=report.FEED, columns=report.COLUMNS, page=PAGE, rows=rows, line=small.line, places=PLACES, rate=rate,
        rate_large=time_ratio(lines_large, ours_large), rate_target=RATE_TARGET, growth=growth, size_target=SIZE_TARGET,
        framework=time_ratio(read, ours), framework_large=time_ratio(read_large, ours_large),
        lines_growth=time_ratio(lines_large, lines),
    )  # fmt: skip
    return section, rate >= RATE_TARGET and growth <= SIZE_TARGET


_SECTION = """\
{heading}

Made by `make benchfeed`. `GET /partner/changes?limit={page}` beside bare psycopg in the same server, without framework,
sign-in or cursor: once over one table in which the lines stand ready, once by the register's own statement. Two
registers, of 10,000 and of 1,000,000 agreements of {line:,} bytes a line, one in ten of which is put together for the
partner; {places} pages from one end of the stream to the other, all measured in turn. All answer with the same lines,
or the benchmark stops.

{columns}
{rows}

- A page is answered at **{rate:.2f}** of the rate of bare psycopg over ready-made lines (target {rate_target}); at a
  million, {rate_large:.2f}. What is between them: place, document and grant of each record are three lookups, mentions
  are put in for the partner, and somebody signs in.
- It is answered at {framework:.2f} of the rate of bare psycopg with the very same statement; at a million,
  {framework_large:.2f}. This is what framework, sign-in and cursor cost.
- A page at a million documents takes **{growth:.2f} times** as long as at ten thousand (target {size_target}; the
  ready-made lines: {lines_growth:.2f}).
"""


if __name__ == "__main__":
    sys.exit(main())
