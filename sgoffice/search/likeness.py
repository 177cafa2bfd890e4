"""How alike two names are, from 0 to 1. Pure functions of folded texts."""

from itertools import product

from rapidfuzz.distance import OSA, Indel

from sgoffice.search.japanese import is_han
from sgoffice.search.readings import readings_of
from sgoffice.search.transliteration import skeleton_of

#: Of likeness: below it a name is another one.
NEAR = 0.74
_LIKE_WORD = 0.75  # two words are spellings of one from here on
_SLIP, _SLIPS = 0.8, 2  # of likeness, and letters: two words are one with a slip of the pen
_INITIAL = 0.9  # an initial and a word that begins with it
_HEARD = 0.95  # names that sound alike in two scripts are this much alike at most
_VOWELS = 0.05  # of that: what their vowels add
_HEARD_LETTERS = 4  # consonants of a name: fewer say too little, unless they are the very same
_FEW_HEARD = 0.76
_COMPARED = 24  # pairs of readings


def likeness(one: str, other: str, *, ordered: bool = True) -> float:
    """Return how alike two folded names are, whichever is named first, words in any order unless `ordered`.

    A name of which all words stand in the other, nearly, is like it: a family name alone, a name without its middle, an
    initial. So is one whose words are put together otherwise. Names in different scripts are compared as they are
    written in Latin letters and as they are heard.
    """
    firsts, seconds = readings_of(one), readings_of(other)
    if len(firsts) * len(seconds) > _COMPARED or (is_han(one) and is_han(other)):  # of one script: sign by sign
        firsts, seconds = firsts[:1], seconds[:1]
    pairs = product(firsts, seconds)
    across = not (one.isascii() and other.isascii()) and not is_han(one + other)  # each sign has vowels of its own
    return max((_read_alike(a.split(), b.split(), ordered=ordered, across=across) for a, b in pairs), default=0.0)


def _read_alike(first: list[str], second: list[str], *, ordered: bool, across: bool) -> float:
    """Return how alike two readings are: as they are written, and `across` scripts as they are heard."""
    if not first or not second:
        return 0.0
    written = _likeness(first, second, ordered=ordered)
    if not across or first == second:
        return written
    heard = [[skeleton for word in words if (skeleton := skeleton_of(word))] for words in (first, second)]
    if min(len("".join(words)) for words in heard) < _HEARD_LETTERS:
        same = len(heard[0]) > 1 and sorted(heard[0]) == sorted(heard[1])
        return max(written, _FEW_HEARD + _VOWELS * written) if same else written
    sound = _likeness(*heard, ordered=ordered, initials=False)
    return max(written, (_HEARD - _VOWELS + _VOWELS * written) * sound)


def ratio(one: str, other: str) -> float:
    """Return how many letters two words have in common, in order."""
    return Indel.normalized_similarity(one, other)


def is_slip(one: str, other: str) -> bool:
    """Tell whether two words are one with a slip or two of the pen; east and west are not, nor is what has a prefix."""
    return ratio(one, other) >= _SLIP and OSA.distance(one, other) <= _SLIPS


def _likeness(first: list[str], second: list[str], *, ordered: bool, initials: bool = True) -> float:
    joined = ratio("".join(first), "".join(second))
    if not ordered:
        joined = max(joined, _turned(first, second), _turned(second, first))
        first, second = sorted(first), sorted(second)
    whole = ratio(" ".join(first), " ".join(second))
    if len(first) == len(second):
        both = (_inside(first, second, initials=initials), _inside(second, first, initials=initials))
        return max(whole, joined, min(both))
    few, many = sorted((first, second), key=len)
    return max(whole, joined, _inside(few, many, initials=initials))


def _turned(one: list[str], other: list[str]) -> float:
    """Return how alike one is to the other with its words turned round, written together."""
    return max(ratio("".join(one), "".join(other[cut:] + other[:cut])) for cut in range(len(other)))


def _inside(few: list[str], many: list[str], *, initials: bool) -> float:
    """Return how surely all words of one name stand in the other; nothing if a word does not."""
    each = [max(_same_word(word, known, initials=initials) for known in many) for word in few]
    letters = [sum(map(len, words)) for words in (few, many)]
    share = min(letters) / max(1, *letters)
    return sum(sorted(each)) / len(each) * (0.82 + 0.18 * share) if min(each) >= _LIKE_WORD else 0.0


def _same_word(word: str, known: str, *, initials: bool) -> float:
    short, long = sorted((word, known), key=len)
    if initials and len(short) == 1 and long.startswith(short):
        return _INITIAL
    return ratio(word, known)
