"""The key under which a name of a State is kept: what is alike for all spellings of one name."""

import re

from sgoffice.search.folding import fold

_ARTICLES = frozenset({"the"})
_SPELLED_OUT = {
    "st": "saint",
    "ste": "sainte",
    "isl": "islands",
    "rep": "republic",
    "dem": "democratic",
}
_AND = re.compile(r"[&+]")
#: Between the letters of initials: U.K., U. S. A.
_INITIALS = re.compile(r"\b([a-zа-я]) (?=[a-zа-я]\b)")


def place_key(name: str) -> str:
    """Return a name folded, without a leading article; initials in one word, usual abbreviations spelled out."""
    words = _INITIALS.sub(r"\1", fold(_AND.sub(" and ", name))).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    if len(words) > 1:
        words = [_SPELLED_OUT.get(word, word) for word in words]
    return " ".join(words)
