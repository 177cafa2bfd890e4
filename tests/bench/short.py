"""A short form, in `.ci/run`: it fails only where a ratio fell to less than half of what baseline.json says.

Times of a machine that others use tell nothing; ratios of what is measured in turn do. With `--keep` it writes them as
the new baseline.
"""

import argparse
import json
import sys
from pathlib import Path

from tests.bench.comparing import (
    BARE,
    CONSTANT,
    DETAIL,
    FILTERED,
    LIST,
    OURS,
    PLAIN,
    figures_of,
    require_the_same,
    sides,
)
from tests.bench.measuring import Figures, Target, measure_in_turn, rate_ratio, time_ratio
from tests.bench.register import BenchRegister, free_port

BASELINE = Path(__file__).with_name("baseline.json")
_COUNT, _ROUNDS, _SECONDS = 400, 5, 0.3
_LEAST = 0.5


def main() -> int:
    """Measure, and compare with the baseline."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.short", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="write what was measured as the new baseline")
    options = parser.parse_args()
    found = ratios_of(_measured())
    if options.keep:
        BASELINE.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    known = json.loads(BASELINE.read_text(encoding="utf-8"))
    for name, ratio in found.items():
        sys.stdout.write(f"  {ratio:6.2f}, in the baseline {known[name]:6.2f}: {name}\n")
    fallen = [name for name, ratio in found.items() if ratio < known[name] * _LEAST]
    for name in fallen:
        sys.stdout.write(f"This ratio fell by more than half: {name}\n")
    return 1 if fallen else 0


def _measured() -> dict[str, Figures]:
    with BenchRegister(f"short-{_COUNT}") as register:
        said = register.filled("tests.bench.seed", str(_COUNT))
        port = free_port()
        with register.served("-m", "tests.bench.serving", str(port), port=port) as process:
            target = Target(port, said["viewer"], process, register.data)
            found, ids = sides(target, {}, with_ninja=False), said["engagements"]
            require_the_same(found, ids)
            figures = figures_of(found, ids)
            measure_in_turn(figures, rounds=_ROUNDS, seconds=_SECONDS)
    return figures


def ratios_of(figures: dict[str, Figures]) -> dict[str, float]:
    """Return how the register stands beside what is served by the same process; more is better."""
    found = {
        f"{what}: times as fast as {side}": time_ratio(figures[f"{what}, {side}"], figures[f"{what}, {OURS}"])
        for what in (LIST, FILTERED, DETAIL)
        for side in (PLAIN, BARE)
    }
    constant = rate_ratio(figures[f"{DETAIL}, {OURS}"], figures[f"{DETAIL}, {CONSTANT}"])
    return {
        name: round(ratio, 3) for name, ratio in (found | {f"{DETAIL}: of the rate of {CONSTANT}": constant}).items()
    }


if __name__ == "__main__":
    sys.exit(main())
