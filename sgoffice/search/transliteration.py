"""Names in Latin letters: keys in ASCII, which every server compares alike. Pure functions.

The database compares spellings by trigrams, and what it takes for a letter depends on the locale of the server. In
ASCII there is no doubt. Stored keys are made with a pinned version of anyascii: with another one `INDEXING`
rises.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from sgoffice.search.burmese import burmese_in_latin
from sgoffice.search.indic import in_latin_spelling, with_inherent_vowels
from sgoffice.search.kana import kana_in_latin
from sgoffice.search.korean import korean_name_in_latin
from sgoffice.search.semitic import semitic_in_latin
from sgoffice.search.thai import thai_in_order

_NOT_LATIN = re.compile("[^a-z0-9 ]")
#: Signs that are syllables, and written apart or together in Latin letters: Chinese and Korean.
_SYLLABLES = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]")
#: Consonants that languages write, or hear, differently; the first that fits.
_CONSONANTS = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"sch|sh|tch|ch|zh|ts|tz|sz|cz|dzh|dj|j", "s"),
        (r"ph|[bfv]|w(?=[aeiou])", "p"),
        (r"th|dh|d", "t"),
        (r"kh|gh|ck|[gq]|c(?![eiy])", "k"),
        (r"[cz]", "s"),
        (r"x", "ks"),
        (r"h$", ""),
        (r"[aeiouyw`']", ""),
        (r"(.)\1+", r"\1"),
    )
)
#: What is done to a word where letters one by one say too little.
_PREPARATIONS = (
    kana_in_latin,
    burmese_in_latin,
    korean_name_in_latin,
    thai_in_order,
    with_inherent_vowels,
    semitic_in_latin,
)


@lru_cache(maxsize=16384)
def in_latin_words(word: str) -> tuple[str, ...]:
    """Return the words in Latin letters that a folded word stands for; nothing for one in Latin letters."""
    if word.isascii():
        return ()
    prepared = unicodedata.normalize("NFC", word)
    for prepare in _PREPARATIONS:
        prepared = prepare(prepared)
    parts = (_in_latin(sign) for sign in prepared)
    return tuple(in_latin_spelling(word, _NOT_LATIN.sub("", "".join(parts))).split())


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


def _in_latin(sign: str) -> str:
    latin = anyascii(sign).lower()
    return f" {latin} " if _SYLLABLES.match(sign) else latin
