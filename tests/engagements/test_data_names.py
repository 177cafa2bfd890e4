"""Names, titles and places of the shipped facts are what they are called, without remarks of their collectors."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.facts import lines

#: Members whose texts are shown as names.
_NAMES = {"name", "names", "acronym", "label", "city", "venue", "country_name_then", "called", "role"}
_TITLES = {"capacities", "principal_title"}
_ASIDE = re.compile(
    r"[(\[,;][^)\]]*\b(asked|called|now|formerly|former|later|renamed|since|sic|probably|unknown|see|source)\b",
    re.IGNORECASE,
)


def names_in(node: Any, *, is_name: bool = False) -> Iterator[str]:
    """Yield every text that is shown as a name or a title."""
    if isinstance(node, dict):
        for key, below in node.items():
            if key not in {"sources", "notes", "caveats", "conflicts"}:
                yield from names_in(below, is_name=is_name or key in _NAMES or key in _TITLES)
    elif isinstance(node, list):
        for below in node:
            yield from names_in(below, is_name=is_name)
    elif isinstance(node, str) and is_name:
        yield node


@pytest.mark.parametrize("kind", sorted({line["kind"] for line in lines()}))
def test_no_name_holds_an_aside_of_its_collector(kind):
    found = {text for line in lines() if line["kind"] == kind for text in names_in(line["entry"])}

    assert {text for text in found if _ASIDE.search(text)} == set()
