"""Time lines as pictures: where bars and years stand in an SVG that is readable in grey. Its list says the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

#: How a bar is drawn, so that it differs without color: full, striped, dashed, dotted.
FULL, STRIPED, DASHED, DOTTED = "full", "striped", "dashed", "dotted"
_AXIS = 24
_LEAST = 3  # units of a bar that would be too narrow to see
_HALF_A_YEAR = 17  # of the number on the axis
_STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class Span:
    """What lasted from a day until another one, in the row of a name; without an end, until the picture's end."""

    row: str
    start: date
    end: date | None
    drawn: str
    title: str


@dataclass(frozen=True)
class _Shape:
    """How a time line is laid out: its names before the bars or above them, and how many years its axis names."""

    name: str
    labels: int
    width: int
    row: int
    label: int
    above: int
    bar: int
    most_years: int
    longest: int


_SHAPES = (
    _Shape("wide", labels=190, width=800, row=26, label=17, above=5, bar=16, most_years=12, longest=24),
    _Shape("narrow", labels=0, width=340, row=44, label=16, above=22, bar=16, most_years=5, longest=44),
)


def time_line(spans: Iterable[Span], today: date) -> list[dict[str, Any]]:
    """Return the drawings of the template `desk/time_line.html`, for screens and for telephones; none for nothing.

    Rows stand as first given.
    """
    found = list(spans)
    return [_drawing(found, today, shape) for shape in _SHAPES] if found else []


def _drawing(found: list[Span], today: date, shape: _Shape) -> dict[str, Any]:
    first = min(one.start for one in found)
    last = max([today, *(one.end or today for one in found)])
    days = max((last - first).days, 1)
    rows = {name: place for place, name in enumerate(dict.fromkeys(one.row for one in found))}

    def across(day: date) -> float:
        return round(shape.labels + (min(max(day, first), last) - first).days / days * (shape.width - shape.labels), 1)

    bars = [
        {
            "x": min(across(one.start), shape.width - _LEAST),
            "y": _AXIS + rows[one.row] * shape.row + shape.above,
            "width": max(round(across(one.end or last) - across(one.start), 1), _LEAST),
            "drawn": one.drawn,
            "title": one.title,
        }
        for one in found
    ]
    years = [
        {"year": year, "x": across(date(year, 1, 1))} for year in _years(first.year + 1, last.year, shape.most_years)
    ]
    return {
        "name": shape.name,
        "width": shape.width,
        "height": _AXIS + len(rows) * shape.row,
        "bar": shape.bar,
        "longest": shape.longest,
        "rows": [{"label": name, "y": _AXIS + place * shape.row + shape.label} for name, place in rows.items()],
        "bars": bars,
        "years": [one for one in years if _HALF_A_YEAR <= one["x"] <= shape.width - _HALF_A_YEAR],
        "today": across(today),
    }


def _years(first: int, last: int, most: int) -> Iterator[int]:
    """Yield round years, no more than fit."""
    step = next((one for one in _STEPS if (last - first) / one <= most), 100)
    yield from range(first + -first % step, last + 1, step)
