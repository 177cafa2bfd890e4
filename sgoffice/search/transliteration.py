"""Names in Latin letters: keys in ASCII, which every server compares alike. Pure functions.

The database compares spellings by trigrams, and what it takes for a letter depends on the locale of the server. In
ASCII there is no doubt. Stored keys are made with a pinned version of anyascii: with another one `INDEXING`
rises.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii

from sgoffice.search.burmese import burmese_in_latin
from sgoffice.search.korean import korean_name_in_latin

_NOT_LATIN = re.compile("[^a-z0-9 ]")
#: Signs that are syllables, and written apart or together in Latin letters: Chinese and Korean.
_SYLLABLES = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]")
#: Consonants that languages write, or hear, differently; the first that fits.
_CONSONANTS = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"sch|sh|tch|ch|zh|ts|tz|sz|cz|dzh|dj", "s"),
        (r"ph|[bfv]|w(?=[aeiou])", "p"),
        (r"th|dh|d", "t"),
        (r"kh|gh|ck|[gq]|c(?![eiy])", "k"),
        (r"[cz]", "s"),
        (r"x", "ks"),
        (r"[aeiouyw`']", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=16384)
def in_latin_words(word: str) -> tuple[str, ...]:
    """Return the words in Latin letters that a folded word stands for; nothing for one in Latin letters."""
    if word.isascii():
        return ()
    word = korean_name_in_latin(burmese_in_latin(unicodedata.normalize("NFC", word)))
    parts = (_in_latin(sign) for sign in word)
    return tuple(_NOT_LATIN.sub("", "".join(parts)).split())


def in_latin_word(word: str) -> str:
    """Return a folded word in Latin letters, its syllables written together; nothing for one in Latin letters."""
    return "".join(in_latin_words(word))


def in_latin(folded: str) -> str:
    """Return a folded text in Latin letters."""
    return " ".join(" ".join(in_latin_words(word)) or word for word in folded.split())


@lru_cache(maxsize=16384)
def skeleton_of(word: str) -> str:
    """Return the consonants of a word in Latin letters as they are heard, however they are written.

    Arabic and Hebrew write no vowels, and languages differ in the rest: محمد, Mohammed and Muhamad have one skeleton.
    """
    for written, heard in _CONSONANTS:
        word = written.sub(heard, word)
    return word


def skeleton_of_all(name: str) -> str:
    """Return the skeleton of a name in Latin letters, however its words are put together; nothing for a lone word."""
    words = name.split()
    return "".join(map(skeleton_of, words)) if len(words) > 1 else ""


def name_keys(names: Iterable[str]) -> str:
    """Return what spellings are compared with.

    Each folded name in Latin letters, then the skeletons of its words and that of all of them together.
    """
    latin = dict.fromkeys(in_latin(name) for name in names)
    skeletons = dict.fromkeys(" ".join((*map(skeleton_of, name.split()), skeleton_of_all(name))) for name in latin)
    return " | ".join(" ".join(name.split()) for name in (*latin, *skeletons) if name.isascii() and name.strip())


def _in_latin(sign: str) -> str:
    latin = anyascii(sign).lower()
    return f" {latin} " if _SYLLABLES.match(sign) else latin
