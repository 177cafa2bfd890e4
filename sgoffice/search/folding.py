"""Fold texts for comparison, and cut them into words and into the lexemes of the index. Pure functions."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sgoffice.search.transliteration import in_latin_word, in_latin_words

#: Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "ẞ": "ss", "Æ": "ae", "æ": "ae", "Œ": "oe", "œ": "oe", "Ø": "o", "ø": "o", "Đ": "d", "đ": "d",
        "Ð": "d", "ð": "d", "Þ": "th", "þ": "th", "Ł": "l", "ł": "l", "Ħ": "h", "ħ": "h", "ı": "i", "İ": "i",
        "Ŋ": "n", "ŋ": "n", "ĸ": "k", "Ŧ": "t", "ŧ": "t", "ə": "a", "Ə": "a",
    }
)  # fmt: skip
#: Letters of the keyboards of Arabic, Persian, Urdu, Kurdish and Uyghur that are one letter to their readers.
_SAME_LETTERS = {
    "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ۍ": "ي", "ێ": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك",
    "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "ة": "ه", "ۃ": "ه", "ں": "ن", "ۆ": "و", "ۇ": "و", "ۋ": "و", "ـ": "",
    "゛": "\u3099", "゜": "\u309a",
}  # fmt: skip
#: Marks that are accents: those of Latin, Greek and Cyrillic letters, and the points of Hebrew and Arabic. In all other
#: scripts a mark is a letter of the word: a vowel sign, a tone, a voicing mark.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0897-\u089f\u08ca-\u08ff"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u2de0-\u2dff\ua66f-\ua67d\ua69e\ua69f\ufb1e\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U000e0100-\U000e01ef]"
)
#: What transliterations write for ayn, hamza, okina and soft signs.
_APOSTROPHES = "ʹʺʻʼʽʾʿˈˊˋ"
_VOICED = re.compile("[\u3040-\u30ff][\u3099\u309a]")
_NOT_ASCII_WORDS = re.compile("[^a-z0-9]+")
_WORD = re.compile(r"\S+")
_ASCII_WORD = re.compile("[a-z0-9]+")
#: Scripts that put no space between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese, Yi.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
_INSIDE = 3  # letters: from this length on a word is also found inside others
_LONGEST = 30  # letters: the rest of a longer word is ignored
_BEGINS = "^"
#: Marks a short form that is derived from a name, which is found whole.
SHORT = "="
_SHORTEST, _LONGEST_SHORT = 3, 8  # letters of a short form
_SMALL_WORDS = frozenset({
    "a", "against", "al", "and", "contra", "contre", "da", "das", "de", "del", "dei", "della", "der", "des", "di",
    "die", "do", "dos", "du", "e", "el", "en", "et", "fur", "for", "i", "in", "la", "las", "le", "les", "lo", "los",
    "of", "on", "para", "per", "por", "pour", "sur", "the", "to", "und", "y", "и", "по", "в",
})  # fmt: skip
_IN_LATIN = "~"  # marks how a word of another script is written in Latin letters, which only Latin letters ask for

_LATIN = 15  # letters: a longer word of another script is a sentence without spaces, and is no name

#: A word to search for: its folded spelling, cut to the length in the index, and its Latin spelling if that differs.
#: One sign of Chinese or Korean sounds like too many others.
Word = tuple[str, ...]


class _Signs(dict[int, str]):
    """What each character of a decomposed text folds to: itself, another letter, a space or nothing."""

    def __missing__(self, point: int) -> str:
        self[point] = folded = _folded_sign(chr(point))
        return folded


def _folded_sign(sign: str) -> str:
    category = unicodedata.category(sign)
    if sign in _SAME_LETTERS:
        return _SAME_LETTERS[sign]
    if category == "Cf" or sign in _APOSTROPHES or _ACCENTS.match(sign):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    return sign if category[0] == "M" or sign.isalnum() else " "


_SIGNS = _Signs()


def fold(text: str) -> str:
    """Return a text without accents, case, punctuation or double spaces, in any script.

    Letters that do not decompose (ß, ø, đ, ł …) become the base letters that people type for them, letters of Persian
    and Urdu keyboards those of Arabic, digits those of ASCII. What is a letter in its script stays.
    """
    if text.isascii():
        return _NOT_ASCII_WORDS.sub(" ", text.lower()).strip()
    return " ".join(_bare(text).split())


def words_of(text: str) -> tuple[Word, ...]:
    """Return the distinct words to search for."""
    return tuple(dict.fromkeys(_spellings(word) for word in fold(text).split()))


def initials_of(name: str) -> str:
    """Return the initials of the words of a name that say something; nothing if they are no short form."""
    words = [word for word in fold(name).split() if len(word) > 1 and word not in _SMALL_WORDS]
    return "".join(word[0] for word in words) if _SHORTEST <= len(words) <= _LONGEST_SHORT else ""


def is_searchable(words: Iterable[Word]) -> bool:
    """Tell whether one of these words is long enough: two letters, or one in a script without spaces."""
    return any(len(word[0]) > 1 or _UNSPACED.match(word[0]) for word in words)


def lexemes(text: str) -> Iterator[str]:
    """Yield the lexemes of a text: the beginnings of its words, and each word from each of its letters on.

    Also those of its words in Latin letters.
    """
    for word in fold(text).split():
        yield from _lexemes_of(word)
        if latin := _latin(word):
            yield from (_IN_LATIN + lexeme for lexeme in _lexemes_of(latin))


def tsquery(words: Iterable[Word]) -> str:
    """Return the tsquery for texts that contain all of these words."""
    return " & ".join(f"({' | '.join(_terms(word))})" for word in words)


def find_occurrences(text: str, words: Iterable[Word]) -> dict[Word, list[tuple[int, int]]]:
    """Return the occurrences of each of these words in a text, as start and end positions in the original text.

    Words of three or more letters occur anywhere inside a word, shorter ones only where a word begins, or anywhere in a
    script without spaces. An occurrence includes the marks on its last letter; one in the Latin spelling of a word is
    that whole word.
    """
    folded = _FoldedText(text)
    found: dict[Word, list[tuple[int, int]]] = {}
    for word in words:
        is_latin = word[0].isascii()
        if spots := [spot for spelling in word for spot in folded.spots(spelling, is_latin=is_latin)]:
            found[word] = spots
    return found


class _FoldedText:
    """A text folded sign by sign, with the positions of each folded letter in the text.

    Letters of ASCII stay where they are, and nothing of them is written in another script.
    """

    def __init__(self, text: str) -> None:
        self.is_ascii = text.isascii()
        self.places: list[tuple[int, int]] = []
        if self.is_ascii:
            self.words = [(match.start(), match[0]) for match in _ASCII_WORD.finditer(text.lower())]
            return
        letters: list[str] = []
        for start, end in _clusters(text):
            folded = _folded_cluster(text[start:end])
            letters.append(folded)
            self.places += [(start, end)] * len(folded)
        self.words = [(match.start(), match[0]) for match in _WORD.finditer("".join(letters))]

    def spots(self, spelling: str, *, is_latin: bool) -> list[tuple[int, int]]:
        """Return where a spelling occurs, as start and end positions in the original text.

        One that was typed in Latin letters also occurs where a word of another script is written so.
        """
        found = []
        for begin, word in self.words:
            found += [self._spot(begin + start, len(spelling)) for start in _occurrences(spelling, word)]
            if is_latin and not self.is_ascii and next(_occurrences(spelling, _latin(word)), None) is not None:
                found.append(self._spot(begin, len(word)))
        return found

    def _spot(self, begin: int, length: int) -> tuple[int, int]:
        if self.is_ascii:
            return begin, begin + length
        return self.places[begin][0], self.places[begin + length - 1][1]


def _spellings(word: str) -> Word:
    latin = _latin(word) if len(in_latin_words(word)) == 1 else ""
    return tuple(dict.fromkeys(one[:_LONGEST] for one in (word, latin) if one))


def _latin(word: str) -> str:
    return in_latin_word(word) if len(word) <= _LATIN else ""


def _terms(word: Word) -> Iterator[str]:
    if _SHORTEST <= len(word[0]) <= _LONGEST_SHORT:
        yield f"'{SHORT}{word[0]}'"
    for spelling in word:
        yield _term(spelling)
        if word[0].isascii():
            yield _term(spelling, _IN_LATIN)


def _term(spelling: str, mark: str = "") -> str:
    return f"'{mark}{spelling}':*" if len(spelling) >= _INSIDE else f"'{mark}{_BEGINS}{spelling}'"


def _occurrences(word: str, known: str) -> Iterator[int]:
    if len(word) < _INSIDE:
        yield from (start for start in _beginnings(known) if known.startswith(word, start))
        return
    start = known.find(word)
    while start >= 0:
        yield start
        start = known.find(word, start + 1)


def _beginnings(word: str) -> Iterator[int]:
    """Yield where matches may begin in a folded word: its first letter, and around letters of unspaced scripts."""
    for place, letter in enumerate(word):
        if place == 0 or _UNSPACED.match(letter) or _UNSPACED.match(word[place - 1]):
            yield place


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the positions of each letter together with the marks that Unicode orders behind it."""
    start = 0
    for place in range(1, len(text)):
        if text[place].isascii() or not unicodedata.combining(unicodedata.normalize("NFKD", text[place])[0]):
            yield start, place
            start = place
    if text:
        yield start, len(text)


@lru_cache(maxsize=8192)
def _lexemes_of(word: str) -> tuple[str, ...]:
    places = tuple(_beginnings(word))
    begins = (_BEGINS + word[start : start + length] for start in places for length in (1, 2))
    inside = (word[start : start + _LONGEST] for start in range(len(word) - _INSIDE + 1))
    return (*begins, *inside)


@lru_cache(maxsize=4096)
def _folded_cluster(cluster: str) -> str:
    return _bare(cluster)


def _bare(text: str) -> str:
    plain = text.translate(_LETTERS).casefold().translate(_LETTERS)
    bare = unicodedata.normalize("NFKD", plain).translate(_SIGNS).casefold()
    return _VOICED.sub(lambda match: unicodedata.normalize("NFC", match[0]), bare)
