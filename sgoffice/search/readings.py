"""All ways in which a name may be read in Latin letters, and the keys by which its readings are found. Pure functions.

A name in Han signs is Chinese or Japanese; ظریف is Zarif in Iran and Dharif elsewhere. Each way is a guess: what is
found by it is a candidate.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product

from sgoffice.search.bengali import bengali_surname
from sgoffice.search.chinese import in_wade_giles
from sgoffice.search.han import other_han_readings
from sgoffice.search.japanese import is_han, japanese_readings
from sgoffice.search.kana import foreign_in_latin
from sgoffice.search.korean import korean_name_otherwise
from sgoffice.search.semitic import other_spellings
from sgoffice.search.thai import thai_closed
from sgoffice.search.transliteration import in_latin, in_latin_words, skeleton_of, skeleton_of_all

#: Of one way; a name of many uncertain words has more than anybody compares.
_MOST = 8
#: A word of a name with its spellings, the likeliest first; a way of reading is a row of them.
Spellings = tuple[str, ...]
Way = tuple[Spellings, ...]


@lru_cache(maxsize=8192)
def ways_of(name: str) -> tuple[Way, ...]:
    """Return the ways in which a folded name may be read, each word with its spellings in Latin letters."""
    if name.isascii():
        return (tuple((word,) for word in name.split()),)
    ways = [tuple(tuple(dict.fromkeys(one)) for word in name.split() for one in _spellings(word))]
    if japanese := japanese_readings(name):
        ways.append(japanese)
    return tuple(way for way in ways if way)


@lru_cache(maxsize=8192)
def readings_of(name: str) -> tuple[str, ...]:
    """Return a folded name in Latin letters as it may be read, the likeliest first."""
    first, *others = ways_of(name) or ((),)
    found = [] if is_han(name) else [first]
    chinese = in_turn(first) if is_han(name) else ()  # whoever writes one syllable in a spelling writes all so
    read = (" ".join(words) for way in (*found, *others) for words in islice(product(*way), _MOST))
    return tuple(one for one in dict.fromkeys((*chinese, *read, *other_han_readings(name))) if one)


def name_keys(names: Iterable[str]) -> str:
    """Return what spellings are compared with.

    Each folded name in Latin letters, as it may be read, then the skeletons of its words and of all of them together.
    """
    latin = dict.fromkeys(reading for name in names for reading in _stored(name))
    skeletons = dict.fromkeys(" ".join((*map(skeleton_of, name.split()), skeleton_of_all(name))) for name in latin)
    return " | ".join(" ".join(name.split()) for name in (*latin, *skeletons) if name.isascii() and name.strip())


def _stored(name: str) -> Iterator[str]:
    """Yield the readings of a name that keep a key short: each spelling of a word stands in one of them."""
    yield in_latin(name)
    for way in ways_of(name):
        yield from in_turn(way)
    yield from other_han_readings(name)


def in_turn(way: Way) -> Iterator[str]:
    """Yield the first spellings of all words, then the second ones: each stands in one name at least."""
    for place in range(max(map(len, way))):
        yield " ".join(word[min(place, len(word) - 1)] for word in way)


def _spellings(word: str) -> Iterator[Spellings]:
    """Yield the words of which one consists in Latin letters, each with what else it may be."""
    words = in_latin_words(word) or (word,)
    others = [in_latin_words(one) for one in (*other_spellings(word), thai_closed(word)) if one != word]
    if korean := korean_name_otherwise(word):
        others.append(tuple(in_latin(korean).split()))
    others += [tuple(map(in_wade_giles, words))] if is_han(word) else []
    further = [(one,) for one in (bengali_surname(word), foreign_in_latin(word)) if one]
    yield from zip(*(words, *(one for one in (*others, *further) if len(one) == len(words))), strict=True)
