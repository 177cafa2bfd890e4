"""What is to be reached, and whether it was."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench import growth
from tests.bench.comparing import BARE, CONSTANT, DETAIL, FASTAPI, LIST, LITESTAR, OURS, PLAIN
from tests.bench.measuring import Figures, rate_ratio, time_ratio

_LARGE, _LARGEST = 100_000, 1_000_000


@dataclass(frozen=True)
class Goal:
    """A figure that has to be at least or at most so much."""

    name: str
    found: float
    least: float | None = None
    most: float | None = None

    @property
    def is_met(self) -> bool:
        return (self.least is None or self.found >= self.least) and (self.most is None or self.found <= self.most)

    @property
    def target(self) -> str:
        return f"≥ {self.least:g}" if self.least is not None else f"≤ {self.most:g}"


def goals_of(compared: dict[str, Figures]) -> list[Goal]:
    """Return what reads have to reach beside their peers, in one run."""

    def times(what: str, side: str, least: float) -> Goal:
        found = time_ratio(compared[f"{what}, {side}"], compared[f"{what}, {OURS}"])
        return Goal(f"{what}: times as fast as {side} (p50, one client)", found, least=least)

    def of_bare(what: str, least: float) -> Goal:
        found = time_ratio(compared[f"{what}, {BARE}"], compared[f"{what}, {OURS}"])
        return Goal(f"{what}: of {BARE} (p50, one client)", found, least=least)

    def rate(what: str, side: str, least: float) -> Goal:
        found = rate_ratio(compared[f"{what}, {OURS}"], compared[f"{what}, {side}"])
        return Goal(f"{what}: of {side} (requests a second, eight clients)", found, least=least)

    return [
        times(LIST, PLAIN, 30), times(LIST, FASTAPI, 10), times(LIST, LITESTAR, 2),
        of_bare(LIST, 0.6), rate(LIST, BARE, 0.5),
        times(DETAIL, PLAIN, 15), times(DETAIL, FASTAPI, 6), times(DETAIL, LITESTAR, 1.5),
        of_bare(DETAIL, 0.25), rate(DETAIL, CONSTANT, 0.4),
    ]  # fmt: skip


def growth_goals(grown: dict[int, dict[str, Figures]]) -> Iterator[Goal]:
    """Return what reads have to keep when the register grows."""
    small = grown[min(grown)]
    for size, figures in grown.items():
        ratio = time_ratio(figures[growth.LAST], figures[growth.TENTH])
        yield Goal(f"last page at {size:,}: times as long as the tenth (p50)", ratio, most=1.5)
        for what in (LIST, DETAIL) if figures is not small else ():
            ratio = time_ratio(figures[what], small[what])
            yield Goal(f"{what} at {size:,}: times as long as at {min(grown):,} (p50)", ratio, most=1.3)
        if size >= _LARGE:
            p95, most = figures[growth.SEARCH].p95_ms(), 50 if size < _LARGEST else 150
            yield Goal(f"search at {size:,}: p95, ms", p95, most=most)
            p50 = figures[growth.BRIEF].p50_ms()
            yield Goal(f"brief of a counterpart with {size // 20:,} meetings: p50, ms", p50, most=50)
