"""How alike two names are, from 0 to 1. Pure functions of folded texts."""

from rapidfuzz.distance import Indel

from sgoffice.search.transliteration import in_latin, skeleton_of

#: Of likeness: below it a name is another one.
NEAR = 0.74
_LIKE_WORD = 0.75  # two words are spellings of one from here on
_INITIAL = 0.9  # an initial and a word that begins with it
_HEARD = 0.95  # names that sound alike in two scripts are this much alike at most
_HEARD_LETTERS = 4  # consonants of a name: fewer say too little


def likeness(one: str, other: str, *, ordered: bool = True) -> float:
    """Return how alike two folded names are, words in any order unless `ordered`.

    A name of which all words stand in the other, nearly, is like it: a family name alone, a name without its middle, an
    initial. So is one whose words are put together otherwise. Names in different scripts are compared as they are
    written in Latin letters and as they are heard.
    """
    first, second = in_latin(one).split(), in_latin(other).split()
    if not first or not second:
        return 0.0
    written = _likeness(first, second, ordered=ordered)
    if one.isascii() and other.isascii():
        return written
    heard = [[skeleton for word in words if (skeleton := skeleton_of(word))] for words in (first, second)]
    if min(len("".join(words)) for words in heard) < _HEARD_LETTERS:
        return written
    return max(written, _HEARD * _likeness(*heard, ordered=ordered))


def ratio(one: str, other: str) -> float:
    """Return how many letters two words have in common, in order."""
    return Indel.normalized_similarity(one, other)


def _likeness(first: list[str], second: list[str], *, ordered: bool) -> float:
    turned = [second[cut:] + second[:cut] for cut in range(1 if ordered else len(second))]
    joined = max(ratio("".join(first), "".join(words)) for words in turned)
    if not ordered:
        first, second = sorted(first), sorted(second)
    whole = ratio(" ".join(first), " ".join(second))
    few, many = sorted((first, second), key=len)
    each = [max(_same_word(word, known) for known in many) for word in few]
    inside = sum(each) / len(each)
    letters = sum(map(len, few)) / max(1, sum(map(len, many)))
    return max(whole, joined, inside * (0.82 + 0.18 * letters) if min(each) >= _LIKE_WORD else 0.0)


def _same_word(word: str, known: str) -> float:
    short, long = sorted((word, known), key=len)
    if len(short) == 1 and long.startswith(short):
        return _INITIAL
    return ratio(word, known)
