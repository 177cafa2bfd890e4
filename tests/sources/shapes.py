"""Draw the outlines of countries that the map of a report shows, from the table of Natural Earth (public domain).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m tests.sources.shapes package

Countries that the coarse table (1:110 m) leaves out are dots, where the finer one (1:50 m) has them. Equal Earth
projection (Šavrič, Patterson, Jenny 2018), Antarctica left out.
"""

import json
import math
import re
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[2] / "engagements/reports/static/reports/world.svg"
WIDTH, HEIGHT = 1000, 487
HALF = 180
#: How the table calls what has no number, and the code of the register, if any. Their borders are disputed.
WITHOUT_NUMBER = {"Kosovo": "XK", "N. Cyprus": "", "Somaliland": ""}
ANTARCTICA = "010"
_A = (1.340264, -0.081106, 0.000893, 0.003796)


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Return a point in the drawing."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    power = theta**2
    slope = _A[0] + 3 * _A[1] * power + power**3 * (7 * _A[2] + 9 * _A[3] * power)
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    y = theta * (_A[0] + _A[1] * power + power**3 * (_A[2] + _A[3] * power))
    return (x / 2.7066 + 1) * WIDTH / 2, (1 - y / 1.3173) * HEIGHT / 2


def rings_of(topology: Any) -> dict[str, tuple[str, list[list[tuple[float, float]]]]]:
    """Return number or name, name, and rings of longitude and latitude of each country of a TopoJSON table."""
    arcs = [_arc(one, topology["transform"]) for one in topology["arcs"]]
    found: dict[str, tuple[str, list[list[tuple[float, float]]]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [_ring(ring, arcs) for polygon in polygons for ring in polygon]
        name = shape["properties"]["name"]
        found.setdefault(str(shape.get("id") or name), (name, []))[1].extend(rings)
    return found


def _arc(steps: Any, transform: Any) -> list[tuple[float, float]]:
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    found = []
    for step_x, step_y in steps:
        x, y = x + step_x, y + step_y
        found.append((x * scale_x + move_x, y * scale_y + move_y))
    return found


def _ring(numbers: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += points[1:] if found else points
    return list(_across_the_date_line(found))


def _across_the_date_line(ring: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield the points of a ring that goes on beyond 180 degrees, where the table goes on from the other end."""
    turns, before = 0, ring[0][0]
    for longitude, latitude in ring:
        if abs(longitude - before) > HALF:
            turns += 1 if longitude < before else -1
        before = longitude
        yield longitude + 2 * HALF * turns, latitude


def path_of(rings: list[list[tuple[float, float]]]) -> str:
    """Return an SVG path in tenths of a unit, each point from the one before."""
    parts = []
    for ring in rings:
        points = [tuple(round(10 * value) for value in projected(*point)) for point in ring]
        text, (x, y) = f"M{points[0][0] / 10:g} {points[0][1] / 10:g}l", points[0]
        steps = []
        for other_x, other_y in points[1:]:
            if (other_x, other_y) != (x, y):
                steps.append(f"{(other_x - x) / 10:g} {(other_y - y) / 10:g}")
                x, y = other_x, other_y
        if len(steps) > 2:
            parts.append(f"{text}{' '.join(steps)}z")
    return "".join(parts)


def middle_of(rings: list[list[tuple[float, float]]]) -> list[int]:
    """Return the middle of the largest ring."""
    ring = max(rings, key=lambda one: _area([projected(*point) for point in one]))
    points = [projected(*point) for point in ring]
    return [round(sum(values) / len(points)) for values in zip(*points, strict=True)]


def _area(points: list[tuple[float, float]]) -> float:
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in pairs))


def drawing(folder: Path) -> str:
    """Return the drawing: outlines first, so that dots lie on them."""
    coarse, fine = (rings_of(json.loads((folder / f"countries-{size}.json").read_text())) for size in ("110m", "50m"))
    lines = [
        f'<path {_named(key, name)} d="{path_of(rings)}"/>'
        for key, (name, rings) in sorted(coarse.items())
        if key != ANTARCTICA
    ]
    for key, (name, rings) in sorted(fine.items()):
        if key not in coarse and key.isdigit():
            x, y = middle_of(rings)
            lines.append(f'<circle {_named(key, name)} cx="{x}" cy="{y}" r="3"/>')
    opened = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
    return "\n".join([opened, *lines, "</svg>", ""])


def _named(key: str, name: str) -> str:
    """Return how an outline is found: by its number, or by its code or name where it has none."""
    if key.isdigit():
        return f'id="n{key}" data-name="{escape(name)}"'
    code = WITHOUT_NUMBER.get(name, "")
    known = f' data-code="{code}"' if code else ""
    return f'id="{re.sub("[^A-Za-z]+", "-", name)}" data-name="{escape(name)}"{known} data-disputed="true"'


if __name__ == "__main__":
    TARGET.write_text(drawing(Path(sys.argv[1])), encoding="utf-8")
