"""A picture of what was measured, docs/images/performance.svg: bars on a logarithmic scale, no library."""

import math
from collections.abc import Mapping
from html import escape

from tests.bench.comparing import DETAIL, LIST, OURS
from tests.bench.measuring import Figures
from tests.bench.report import PLOT

_LABELS, _WIDTH, _HEIGHT, _GAP = 190, 420, 20, 26
_COLORS = {True: "#1f5f8b", False: "#9aa7b1"}


def draw(compared: Mapping[str, Figures], grown: Mapping[int, Mapping[str, Figures]]) -> None:
    """Write the picture: list and detail of each side, and what the register's reads take at each size."""
    charts = {
        f"{what.capitalize()}, p50 in ms, one client": {
            name.removeprefix(f"{what}, "): figures.p50_ms()
            for name, figures in compared.items()
            if name.startswith(f"{what}, ")
        }
        for what in (LIST, DETAIL)
    }
    charts["The register, p50 in ms, by number of engagements"] = {
        f"{what}, {size:,}": figures[what].p50_ms() for what in (LIST, DETAIL) for size, figures in grown.items()
    }
    pieces, top = [], 10
    for title, values in charts.items():
        pieces.append(_chart(title, values, top))
        top += _GAP * (len(values) + 1) + 24
    size = f'width="{_LABELS + _WIDTH + 90}" height="{top}"'
    style = "<style>text { font: 13px sans-serif; fill: #222 } .title { font-weight: bold }</style>"
    background = '<rect width="100%" height="100%" fill="#fff"/>'
    PLOT.parent.mkdir(exist_ok=True)
    text = "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" {size}>', style, background, *pieces, "</svg>", ""])
    PLOT.write_text(text, encoding="utf-8")


def _chart(title: str, values: Mapping[str, float], top: int) -> str:
    low, high = math.log10(min(values.values()) / 2), math.log10(max(values.values()))
    lines = [f'<text class="title" x="10" y="{top + 14}">{escape(title)} (logarithmic)</text>']
    for place, (name, value) in enumerate(values.items(), start=1):
        y = top + place * _GAP
        width = _WIDTH * (math.log10(value) - low) / max(high - low, 0.1)
        color = _COLORS[name == OURS or "," in name]
        lines += [
            f'<text x="{_LABELS - 8}" y="{y + 15}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{_LABELS}" y="{y}" width="{width:.0f}" height="{_HEIGHT}" fill="{color}"/>',
            f'<text x="{_LABELS + width + 6:.0f}" y="{y + 15}">{value:.2f}</text>',
        ]
    return "\n".join(lines)
