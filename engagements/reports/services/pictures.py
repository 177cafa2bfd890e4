"""Reports as pictures: bars beside their numbers, and a map of the world. Everything in them stands in a table, too."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import compress
from pathlib import Path
from typing import Any

from django.conf import settings

from engagements.reports.services.figures import Figure, FigureReport, FigureTable
from engagements.vocabulary import Level
from sgoffice.directory.models import Country
from sgoffice.records.partial_dates import PartialDate

_SHAPES = Path(__file__).parent.parent / "shapes.json"
_ROW, _BAR, _LABELS, _WIDTH = 22, 16, 230, 640
_MOST_BARS = 40
_HIGH = frozenset({Level.HEAD_OF_STATE.label, Level.HEAD_OF_GOVERNMENT.label, Level.MINISTER.label})
#: From the last contact backwards: fills that differ in lightness, so that they are told apart in grey.
STEPS = (
    ("#12355b", "met in the period"),
    ("#5b8db8", "last met up to three periods ago"),
    ("#b9d3e6", "last met before that"),
    ("url(#never)", "no contact recorded"),
    ("#efefef", "not listed"),
)
_NEVER, _UNLISTED = 3, 4


@dataclass(frozen=True)
class Bar:
    """A line of a chart: where it is drawn, how long its bar is, and what stands before and behind it."""

    y: int
    middle: int
    width: int
    label: str
    value: int
    value_x: int


@dataclass(frozen=True)
class Chart:
    """The figures of a table as bars, in units of the drawing."""

    height: int
    width: int
    start: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Shape:
    """A country on the map: an outline, or a dot where there is no room for one."""

    path: str
    dot: tuple[int, int] | None
    fill: str
    stroke: str
    is_disputed: bool
    text: str


@dataclass(frozen=True)
class WorldMap:
    """The map of a coverage report, and what its fills mean."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    steps: tuple[tuple[str, str], ...]


def shown_report(report: FigureReport, words_of: Callable[[str | None], str]) -> dict[str, Any]:
    """Return what the templates of a report show: its tables with their charts, dates in words, and the map.

    Of a coverage report, those with whom no contact is recorded are named in one line below each table.
    """
    parts = []
    for table in report.tables:
        is_told = [one.record is not None or report.name != "coverage" for one in table.figures]
        lines = [(one, words_of(one.last)) for one in compress(table.figures, is_told)]
        silent = [one.label for one, told in zip(table.figures, is_told, strict=True) if not told]
        parts.append((table, chart_of(table), lines, silent))
    return {"parts": parts, "map": map_of(report, words_of)}


def chart_of(table: FigureTable) -> Chart | None:
    """Return the bars of a table that is short enough to be seen at once."""
    most = max((one.value for one in table.figures), default=0)
    if not most or not 1 < len(table.figures) <= _MOST_BARS:
        return None
    room = _WIDTH - _LABELS - 50
    bars = []
    for place, one in enumerate(table.figures):
        y, width = place * _ROW, one.value * room // most
        bars.append(Bar(y + 3, y + _BAR, width, one.label, one.value, _LABELS + width + 6))
    return Chart(len(bars) * _ROW, _WIDTH, _LABELS, tuple(bars))


def map_of(report: FigureReport, words_of: Callable[[str | None], str]) -> WorldMap | None:
    """Return the map of a coverage report; None for other reports, and where the installation shows tables alone."""
    if report.name != "coverage" or not settings.REPORT_MAP:
        return None
    shapes = _shapes()
    numbers = dict(Country.objects.live().values_list("numeric", "code"))
    figures = {one.key: one for table in report.tables if table.name == "country" for one in table.figures}
    drawn = tuple(
        _shape(one, figures.get(one["code"] or numbers.get(one["numeric"], "")), report, words_of)
        for one in shapes["shapes"]
    )
    return WorldMap(shapes["width"], shapes["height"], drawn, STEPS)


@cache
def _shapes() -> Any:
    return json.loads(_SHAPES.read_text(encoding="utf-8"))


def _shape(
    drawn: dict[str, Any], figure: Figure | None, report: FigureReport, words_of: Callable[[str | None], str]
) -> Shape:
    step = _step(figure, report)
    return Shape(
        path=drawn.get("path", ""),
        dot=tuple(drawn["dot"]) if "dot" in drawn else None,
        fill=STEPS[step][0],
        stroke="1.6" if figure is not None and figure.level in _HIGH else "0.6",
        is_disputed=drawn["is_disputed"],
        text=" ".join(_words(figure, words_of)) if figure is not None else drawn["name"],
    )


def _step(figure: Figure | None, report: FigureReport) -> int:
    if figure is None:
        return _UNLISTED
    if figure.value:
        return 0
    if figure.last is None:
        return _NEVER
    days = (report.last - report.first).days
    earlier = report.first - timedelta(days=min(2 * days, (report.first - date.min).days))
    return 1 if PartialDate.parse(figure.last).latest >= earlier else 2


def _words(figure: Figure, words_of: Callable[[str | None], str]) -> Iterator[str]:
    yield f"{figure.label}: {figure.value} in the period;"
    yield f"last {words_of(figure.last)}" if figure.last else "no contact recorded"
    if figure.level:
        yield f"({figure.level})"
