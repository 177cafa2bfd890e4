"""What the test command asks of many that are alike; `make prove` asks all of them, in every file that imports this."""

import os
from collections.abc import Callable, Iterable
from typing import TypeVar

PROVES = "SGOFFICE_PROVE" in os.environ
_T = TypeVar("_T")


def some(items: Iterable[_T], each: int, *, start: int = 0) -> list[_T]:
    """Return one of so many, evenly spread: the starts 0 to each - 1 together have all. In a proof return all."""
    found = list(items)
    return found if PROVES else found[start % each :: each]


def some_of_each(items: Iterable[_T], sort: Callable[[_T], object], each: int, *, start: int = 0) -> list[_T]:
    """Return one of so many of every sort, and at least one. In a proof return all."""
    found: dict[object, list[_T]] = {}
    for item in items:
        found.setdefault(sort(item), []).append(item)
    return [one for alike in found.values() for one in some(alike, min(each, len(alike)), start=start)]
