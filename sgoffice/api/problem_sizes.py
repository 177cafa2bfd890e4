"""How large the body of a problem may be: it never grows with what was sent."""

from typing import Any

import orjson

#: Bytes of the lists in a problem, and characters of each of its texts.
_MOST_BYTES = 40_000
_MOST_CHARACTERS = 1000
MOST_ITEMS = 100


def bounded(body: dict[str, Any]) -> dict[str, Any]:
    """Return the problem with long texts cut, and lists that name the first of many; `omitted` counts the rest."""
    left, omitted = _MOST_BYTES, 0
    found: dict[str, Any] = {}
    for name, value in body.items():
        if isinstance(value, list):
            found[name], left = _first(value, left)
            omitted += len(value) - len(found[name])
        else:
            found[name] = _cut(value)
    return found | ({"omitted": omitted} if omitted else {})


def _first(items: list[Any], left: int) -> tuple[list[Any], int]:
    found = []
    for item in items[:MOST_ITEMS]:
        shown = _cut(item)
        left -= len(orjson.dumps(shown, default=str))
        if left < 0:
            break
        found.append(shown)
    return found, left


def _cut(value: Any) -> Any:
    if isinstance(value, str):
        return value if len(value) <= _MOST_CHARACTERS else f"{value[:_MOST_CHARACTERS]}…"
    if isinstance(value, dict):
        return {_cut(name): _cut(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cut(item) for item in value[:MOST_ITEMS]]
    return value
