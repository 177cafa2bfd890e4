"""Reports as pictures: bars beside their numbers, and a map of the world. Everything in them stands in a table, too."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import compress
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings

from engagements.reports.services.figures import Figure, FigureReport, FigureTable
from engagements.vocabulary import Level
from sgoffice.directory.models import Country
from sgoffice.records.partial_dates import PartialDate

#: A static file: pages of the desk point into it, printed ones hold its outlines.
_OUTLINES = Path(__file__).parent.parent / "static/reports/world.svg"
_SVG = "{http://www.w3.org/2000/svg}"
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
class Outline:
    """A country in the file of outlines. `place` is what draws it: a path, or a dot where there is no room for one."""

    id: str
    tag: str
    place: dict[str, str]
    numeric: str
    code: str
    name: str
    is_disputed: bool


@dataclass(frozen=True)
class Shape:
    """A country on the map, as it is filled, and what is said of it."""

    outline: Outline
    fill: str
    is_high: bool
    text: str


@dataclass(frozen=True)
class WorldMap:
    """The map of a coverage report, and what its fills mean."""

    view: str
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
    view, outlines = _world()
    numbers = dict(Country.objects.live().values_list("numeric", "code"))
    figures = {one.key: one for table in report.tables if table.name == "country" for one in table.figures}
    drawn = tuple(
        _shape(one, figures.get(one.code or numbers.get(one.numeric, "")), report, words_of) for one in outlines
    )
    return WorldMap(view, drawn, STEPS)


@cache
def _world() -> tuple[str, tuple[Outline, ...]]:
    """Return the size of the drawing, and the outlines in the order in which they are drawn."""
    drawing = ET.fromstring(_OUTLINES.read_text(encoding="utf-8"))  # noqa: S314 - a file of ours
    return drawing.attrib["viewBox"], tuple(_outline(one.tag.removeprefix(_SVG), dict(one.attrib)) for one in drawing)


def _outline(tag: str, given: dict[str, str]) -> Outline:
    key = given.pop("id")
    return Outline(
        id=key,
        tag=tag,
        numeric=key[1:] if key[1:].isdigit() else "",
        code=given.pop("data-code", ""),
        name=given.pop("data-name"),
        is_disputed=given.pop("data-disputed", "") == "true",
        place=given,
    )


def _shape(
    outline: Outline, figure: Figure | None, report: FigureReport, words_of: Callable[[str | None], str]
) -> Shape:
    return Shape(
        outline=outline,
        fill=STEPS[_step(figure, report)][0],
        is_high=figure is not None and figure.level in _HIGH,
        text=" ".join(_words(figure, words_of)) if figure is not None else outline.name,
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
