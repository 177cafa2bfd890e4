"""Compile `tables/japanese_names.tsv.gz`: how Japanese names in Han signs are read. Run by `make readings`.

The source, at the version in `tables/sources.txt`: the names of people in IPADIC (Nara Institute of Science and
Technology; the terms are in `tables/IPADIC.LICENSE`) as janome ships them (Apache-2.0). How single signs are read is
learned from the given names.
"""

import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib import import_module

from sgoffice.search.japanese import FAMILY, FILE, GIVEN, SIGN
from sgoffice.search.kana import kana_in_latin

_HEADER = """\
# Readings of Japanese names, compiled by `make readings` from the names of people in IPADIC, as janome ships them.
# Copyright 2000, 2001, 2002, 2003 Nara Institute of Science and Technology; the terms are in IPADIC.LICENSE.
"""
_KINDS = {"名詞,固有名詞,人名,姓": FAMILY, "名詞,固有名詞,人名,名": GIVEN}
_KEPT = 3  # readings of a name or of a sign
_ROUNDS, _PAIR = 4, 2
_RARE = 0.06  # of the readings of a sign: what is rarer is left out
_FIRST_HAN, _LAST_HAN = "\u3005", "\u9fff"

_Names = dict[str, dict[str, list[str]]]


def compile_readings() -> None:
    """Write the table anew."""
    names = _names()
    lines = [f"{kind}{name}\t{_latin(kana)}" for kind in names for name, kana in sorted(names[kind].items())]
    lines += [f"{SIGN}{sign}\t{_latin(kana)}" for sign, kana in sorted(_signs(names[GIVEN]).items())]
    FILE.write_bytes(gzip.compress((_HEADER + "\n".join(lines) + "\n").encode(), 9, mtime=0))
    sys.stdout.write(f"{len(lines)} names and signs, {FILE.stat().st_size} bytes\n")


def _latin(kana: list[str]) -> str:
    return ",".join(list(dict.fromkeys(map(kana_in_latin, kana)))[:_KEPT])


def _names() -> _Names:
    """Return the kana of each family and given name, the most usual first."""
    found: dict[str, dict[str, list[tuple[int, str]]]] = {kind: defaultdict(list) for kind in _KINDS.values()}
    for name, cost, kind, kana in _entries():
        if all(_FIRST_HAN <= sign <= _LAST_HAN for sign in name) and not any("ァ" <= sign <= "ー" for sign in name):
            found[kind][name].append((cost, kana))
    return {kind: {name: [one for _, one in sorted(each)] for name, each in of.items()} for kind, of in found.items()}


def _entries() -> Iterator[tuple[str, int, str, str]]:
    entries = import_module("janome.sysdic").entries()
    for name, _, _, cost, kind, *_, reading, sound in entries.values() if isinstance(entries, dict) else entries:
        if kind in _KINDS:
            yield name, cost, _KINDS[kind], _shortened(reading, sound)


def _shortened(reading: str, sound: str) -> str:
    """Return a reading without the signs that only make a vowel long: サトウ is satoo, イノウエ is not."""
    if len(reading) != len(sound):
        return reading
    return "".join("" if heard == "ー" and sign in "ウオ" else sign for sign, heard in zip(reading, sound, strict=True))


def _signs(given: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return how single signs are read in given names: each name of two is shared out as the other names suggest."""
    known: dict[str, Counter[str]] = defaultdict(Counter)
    pairs = [(name, kana) for name, each in given.items() if len(name) == _PAIR for kana in each]
    for name, each in given.items():
        if len(name) == 1:
            known[name].update(each)
    for _ in range(_ROUNDS):
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for name, kana in pairs:
            first, second = list(name)
            cuts = [(kana[:at], kana[at:]) for at in range(1, len(kana))]
            if cuts:
                one, other = max(cuts, key=lambda cut: (1 + known[first][cut[0]]) * (1 + known[second][cut[1]]))
                found[first][one] += 1
                found[second][other] += 1
        known = found
    for name, each in given.items():
        if len(name) == 1:
            known[name].update(each)
    return {sign: kept for sign, each in known.items() if (kept := _usual(each))}


def _usual(readings: Counter[str]) -> list[str]:
    most = readings.total()
    return [kana for kana, count in readings.most_common(_KEPT) if count >= _RARE * most]


if __name__ == "__main__":
    sys.path += sys.argv[1:]  # behind our own packages: only the source comes from there
    compile_readings()
