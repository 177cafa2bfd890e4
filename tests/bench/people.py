"""Pairs of person names beside rigour, as OpenSanctions compares them by it: who is doubled, and who taken for another.

    python -m tests.bench.people SOURCES NPM

SOURCES is a folder of packages (`make benchpeople` installs tests/bench/people.txt into var/people), NPM one with
cldr-person-names-full. None of them is in the locks.
"""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import count
from pathlib import Path

import django

#: How much is asked of the likeness at which OpenSanctions calls two names one, and at which we ask about them.
THEIRS, OURS = 0.7, 0.74
RECALLS = (0.72, 0.8, 0.9, 0.95, 0.97)

Scores = list[float]


def measured(title: str, compare: Callable[[str, str], float], rows: list) -> Scores:
    start = time.perf_counter()
    scores = [compare(row.one, row.other) for row in rows]
    sys.stdout.write(f"{title}: {1000 * (time.perf_counter() - start) / len(rows):.2f} ms a pair\n")
    return scores


def recall_and_wrong(scores: Scores, rows: list, threshold: float) -> tuple[float, int]:
    """Return the share of the pairs of one person that are recognized, and how many pairs of two are taken for one."""
    same = [score for score, row in zip(scores, rows, strict=True) if row.is_same]
    wrong = sum(score >= threshold for score, row in zip(scores, rows, strict=True) if not row.is_same)
    return sum(score >= threshold for score in same) / len(same), wrong


def at_recall(scores: Scores, rows: list, recall: float) -> tuple[float, float, int]:
    """Return the highest threshold with at least this recall, with what it recognizes and takes for another."""
    thresholds = sorted({round(score, 4) for score in scores}, reverse=True)
    for threshold in thresholds:
        found, wrong = recall_and_wrong(scores, rows, threshold)
        if found >= recall:
            return threshold, found, wrong
    return 0.0, 1.0, sum(not row.is_same for row in rows)


def compare_with_rigour() -> Callable[[str, str], float]:
    from followthemoney import model
    from nomenklatura.matching import LogicV2
    from nomenklatura.matching.logic_v2.names import name_match

    config = LogicV2.default_config()
    numbers = count()

    def compare(one: str, other: str) -> float:
        entities = []
        for name in (one, other):
            entity = model.make_entity("Person")
            entity.id = f"person-{next(numbers)}"  # names are remembered by it
            entity.add("name", name)
            entities.append(entity)
        return name_match(*entities, config).score

    return compare


def report(ours: Scores, theirs: Scores, rows: list) -> None:
    recall, wrong = recall_and_wrong(theirs, rows, THEIRS)
    sys.stdout.write(f"rigour at {THEIRS}: recall {recall:.3f}, {wrong} wrong\n")
    sys.stdout.write(f"of {sum(not row.is_same for row in rows)} pairs of two people, at the same recall:\n")
    for least in (recall, *RECALLS):
        for title, scores in (("ours", ours), ("rigour", theirs)):
            threshold, found, taken = at_recall(scores, rows, least)
            sys.stdout.write(f"  {title} at {threshold:.2f}: recall {found:.3f}, {taken} wrong\n")


def report_kinds(title: str, key: Callable, ours: Scores, theirs: Scores, rows: list) -> None:
    """Write, of each kind of pair, how many are recognized, or taken for another, at the thresholds in use."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for mine, other, row in zip(ours, theirs, rows, strict=True):
        counts[key(row)].update({"all": 1, "ours": mine >= OURS, "theirs": other >= THEIRS})
    sys.stdout.write(f"{title}: recognized as one by us, by rigour, of all\n")
    for kind, counted in sorted(counts.items()):
        sys.stdout.write(f"  {kind}: {counted['ours']}, {counted['theirs']} of {counted['all']}\n")


def main(sources: str, npm: str) -> None:
    django.setup()
    sys.path.append(sources)  # behind our own packages
    from sgoffice.directory.rules import likeness, same_person
    from tests.bench.person_pairs import pairs

    rows = pairs(Path(npm))
    sys.stdout.write(f"{len(rows)} pairs, {sum(row.is_same for row in rows)} of one person\n")
    ours = measured("ours", lambda one, other: likeness(one, other, ordered=False), rows)
    theirs = measured("rigour", compare_with_rigour(), rows)
    report(ours, theirs, rows)
    report_kinds("one person", lambda row: row.language, *_only(ours, theirs, rows, is_same=True))
    report_kinds("one person", lambda row: row.kind, *_only(ours, theirs, rows, is_same=True))
    report_kinds("two people", lambda row: row.kind, *_only(ours, theirs, rows, is_same=False))
    linked = [row for row in rows if not row.is_same and same_person(row.one, row.other)]
    sys.stdout.write(f"linked by itself, of two people: {len(linked)} {linked[:5]}\n")
    if "-v" in sys.argv:
        for mine, other, row in zip(ours, theirs, rows, strict=True):
            if row.is_same != (mine >= OURS):
                sys.stdout.write(f"{mine:.2f} {other:.2f} {row}\n")


def _only(ours: Scores, theirs: Scores, rows: list, *, is_same: bool) -> tuple[Scores, Scores, list]:
    kept = [place for place, row in enumerate(rows) if row.is_same == is_same]
    return tuple([of[place] for place in kept] for of in (ours, theirs, rows))


if __name__ == "__main__":
    main(*sys.argv[1:3])
