"""Time lines as pictures: where bars and years stand in an SVG that is readable in grey. Its list says the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

#: How a bar is drawn, so that it differs without color: full, striped, dashed, dotted.
FULL, STRIPED, DASHED, DOTTED = "full", "striped", "dashed", "dotted"
_LABELS, _WIDTH, _ROW, _BAR, _AXIS = 190, 800, 26, 16, 24
_LEAST = 3  # units of a bar that would be too narrow to see
_MOST_YEARS = 12  # written on the axis
_STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class Span:
    """What lasted from a day until another one, in the row of a name; without an end, until the picture's end."""

    row: str
    start: date
    end: date | None
    drawn: str
    title: str


def time_line(spans: Iterable[Span], today: date) -> dict[str, Any] | None:
    """Return what the template `desk/time_line.html` draws, rows as first given; None for nothing."""
    found = list(spans)
    if not found:
        return None
    first = min(one.start for one in found)
    last = max([today, *(one.end or today for one in found)])
    days = max((last - first).days, 1)
    rows = {name: place for place, name in enumerate(dict.fromkeys(one.row for one in found))}

    def across(day: date) -> float:
        return round(_LABELS + (min(max(day, first), last) - first).days / days * (_WIDTH - _LABELS), 1)

    bars = [
        {
            "x": min(across(one.start), _WIDTH - _LEAST),
            "y": _AXIS + rows[one.row] * _ROW + (_ROW - _BAR) // 2,
            "width": max(round(across(one.end or last) - across(one.start), 1), _LEAST),
            "drawn": one.drawn,
            "title": one.title,
        }
        for one in found
    ]
    return {
        "width": _WIDTH,
        "height": _AXIS + len(rows) * _ROW,
        "bar": _BAR,
        "left": _LABELS,
        "rows": [{"label": name, "y": _AXIS + place * _ROW + _ROW // 2 + 4} for name, place in rows.items()],
        "bars": bars,
        "years": [{"year": year, "x": across(date(year, 1, 1))} for year in _years(first.year + 1, last.year)],
        "today": across(today),
    }


def _years(first: int, last: int) -> Iterator[int]:
    """Yield round years, no more than fit."""
    step = next((one for one in _STEPS if (last - first) / one <= _MOST_YEARS), 100)
    yield from range(first + -first % step, last + 1, step)
