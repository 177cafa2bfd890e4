"""What the register ships of the collected facts in `additions.json`, and how each value follows from its entry.

`new_lines()` are whole records, `added_members()` members of records that were shipped before. The shipped files are
compared with both in `tests/sgoffice/running/test_load_facts_collected.py`, so no value comes from anywhere else. The
table of titles is compared in `tests/engagements/rules/test_levels.py`.
"""

from collections.abc import Iterator
from typing import Any

from tests.sources import cooperation, decisions, terms
from tests.sources.collected import Addition, Line, collected, doubts, facts, merged, sources

__all__ = ["LEFT_OUT", "added_members", "collected", "merged", "new_lines"]

#: What no line is made of, and why.
LEFT_OUT = {
    "unga-05": "tells of other texts",
    "unga-06": "contradicts nothing: the resolution is kept as adopted without a vote",
    "unga-09": "neither the day nor the place of the statement is known: no meeting",
    "unga-10": "a year that was computed from a transcript",
    "gc-04": "a figure that changes", "gc-05": "a figure that changes, undated",
}  # fmt: skip


def new_lines(shipped_topics: dict[str, str]) -> Iterator[Line]:
    """Yield every record that the collected facts add."""
    yield from cooperation.topics(shipped_topics)
    yield cooperation.affiliation()
    yield from decisions.new_decisions()
    yield from terms.decisions_on_terms()
    yield from decisions.mandates()
    yield from cooperation.munich()


def added_members(shipped_topics: dict[str, str]) -> dict[str, tuple[dict[str, Any], list[str]]]:
    """Return what is added to each record that was shipped before: its members, and the entries that they come from.

    Lists are added to those that are there.
    """
    found: dict[str, tuple[dict[str, Any], list[str]]] = {}
    for origin, members, given in _additions(shipped_topics):
        kept, names = found.setdefault(f"facts:{origin}", ({}, []))
        for name, value in members.items():
            if value in (None, "", [], ()):
                continue
            kept[name] = [*kept.get(name, []), *value] if isinstance(value, list) else value
        names += [one["id"] for one in given]
    return found


def _additions(shipped_topics: dict[str, str]) -> Iterator[Addition]:
    for one in facts("mandates"):
        if one["record"] == "resolution_facts":
            yield (
                decisions.resolution_origin(one["resolution"]),
                {**decisions.resolution_members(one), "sources": sources(one)},
                [one],
            )
        if one["record"] == "recognition":
            members = {"text": one["asks"], "sources": sources(one, supports="/text"), "caveats": doubts(one)}
            yield decisions.resolution_origin(one["resolution"]), members, [one]
    yield from terms.proposals()
    yield from terms.decisions_behind_terms()
    yield terms.duties()
    yield from terms.founding()
    yield from terms.rule_texts()
    yield from cooperation.topic_additions(shipped_topics)
    yield cooperation.database_counts()
    yield from cooperation.cooperation()
    yield from cooperation.address_of_2016()
