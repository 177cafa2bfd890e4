"""`make bench`: the register beside its peers, at several sizes, over HTTP; writes docs/performance.md."""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from tests.bench import comparing, growth, plans, plot, report, starting, writing
from tests.bench.measuring import Target, measure_in_turn
from tests.bench.peers import asgi
from tests.bench.register import BenchRegister, free_port

SMALL, LARGE = 10_000, 100_000


def main() -> int:
    """Fill the registers, or take those that were kept; measure them in turn, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--size", type=int, help="a third register of so many engagements, made once and kept")
    parser.add_argument("--rounds", type=int, default=7, help="how often everything is measured in turn")
    parser.add_argument("--seconds", type=float, default=0.5, help="how long each is measured in a round")
    parser.add_argument("--idle", type=int, default=20, help="seconds of rest before memory is counted")
    parser.add_argument("--dry", action="store_true", help="print the figures, write no page")
    options = parser.parse_args()
    begun = time.monotonic()
    found = _measured([SMALL, LARGE, *([options.size] if options.size else [])], options)
    _tell(f"measured in {time.monotonic() - begun:.0f} s")
    pages = report.sections(found)
    sys.stdout.write("\n".join(pages.values()))
    if not options.dry:
        report.write(pages)
        plot.draw(found["compared"], found["grown"])
        plans.write(found["plans"])
    return 0


def _measured(sizes: list[int], options: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {"sizes": sizes, "versions": asgi.versions(), "start": starting.measured(options.idle)}
    _tell("started and stopped")
    with ExitStack() as stack:
        registers = {size: stack.enter_context(kept(size)) for size in sizes}
        said = {size: register.filled("tests.bench.seed", str(size)) for size, register in registers.items()}
        _tell("filled")
        found["plans"] = {size: plans.of(register, said[size]) for size, register in registers.items()}
        targets = {size: stack.enter_context(served(registers[size], said[size])) for size in sizes}
        others = stack.enter_context(
            asgi.served(registers[SMALL], said[SMALL]["viewer"], found["plans"][SMALL]["database"])
        )
        sides = comparing.sides(targets[SMALL], others, with_ninja=True)
        ids = said[SMALL]["engagements"]
        comparing.require_the_same(sides, ids)
        found["compared"] = comparing.figures_of(sides, ids)
        measure_in_turn(found["compared"], rounds=options.rounds, seconds=options.seconds)
        _tell("compared")
        found["grown"] = {
            size: growth.figures_of(targets[size], said[size], found["plans"][size]["cursors"]) for size in sizes
        }
        everything = {f"{name} {size}": one for size in sizes for name, one in found["grown"][size].items()}
        measure_in_turn(everything, rounds=options.rounds, seconds=options.seconds)
        _tell("grown")
        found["written"] = writing.figures_of(targets[SMALL], said[SMALL])
        measure_in_turn(found["written"], rounds=options.rounds, seconds=options.seconds)
    found["postgresql"] = said[SMALL]["postgresql"]
    return found


def kept(size: int) -> BenchRegister:
    """Return the register of a size, which is made once."""
    return BenchRegister(str(size))


@contextmanager
def served(register: BenchRegister, said: dict[str, Any]) -> Iterator[Target]:
    """Serve a register, with the peers that need its server."""
    register.environment["SGOFFICE_BENCH_PACKAGES"] = asgi.packages()
    port = free_port()
    with register.served("-m", "tests.bench.serving", str(port), port=port) as process:
        target = Target(port, said["viewer"], process, register.data)
        target.get("/api/v1/engagements")  # its database runs from now on
        yield target


def _tell(what: str) -> None:
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
