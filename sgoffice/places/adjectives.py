"""Whose a body is by an adjective that bends: española, française, italiani, brasileira, österreichische.

English adjectives stand in the table of names, which has them in their one form.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from sgoffice.search.folding import fold

_FILE = Path(__file__).parent / "data" / "adjectives.tsv"
#: How feminine and plural end, and how the masculine does instead.
_ENDINGS = (
    ("nnes", "n"), ("nne", "n"), ("ches", "co"), ("che", "co"), ("chi", "co"),
    ("as", "o"), ("as", ""), ("os", "o"), ("es", "e"), ("es", ""), ("s", ""),
    ("a", "o"), ("a", ""), ("a", "ao"), ("e", "o"), ("e", ""), ("i", "o"), ("i", "e"),
)  # fmt: skip
_GERMAN, _GERMAN_ENDINGS = ("isch", "deutsch"), ("e", "en", "er", "es", "em")
_LEAST = 4  # letters of what is left


def states_of_adjectives(name: str) -> tuple[str, ...]:
    """Return the codes of the States of which a folded name has an adjective, in the order of its words."""
    words = name.split()
    found = dict.fromkeys(code for two in pairwise(words) for code in _states_of(" ".join(two)))
    return tuple(found or dict.fromkeys(code for word in words for code in _states_of(word)))


def _states_of(word: str) -> tuple[str, ...]:
    return next((codes for one in _masculines(word) if (codes := _table().get(one))), ())


def _masculines(word: str) -> Iterator[str]:
    yield word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            yield word.removesuffix(ending) + instead
    for ending in _GERMAN_ENDINGS:
        if word.removesuffix(ending).endswith(_GERMAN):
            yield word.removesuffix(ending)


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in _FILE.read_text(encoding="utf-8").splitlines()[1:]:
        code, *languages = line.split("\t")
        for adjective in " ".join(languages).split():
            if code not in found[fold(adjective)]:
                found[fold(adjective)].append(code)
    return {adjective: tuple(codes) for adjective, codes in found.items()}
