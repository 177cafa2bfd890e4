"""How texts are compared and found: folded, cut into words, and the words into what an index holds. Pure functions."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

#: Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "ẞ": "ss", "Æ": "ae", "æ": "ae", "Œ": "oe", "œ": "oe", "Ø": "o", "ø": "o", "Đ": "d", "đ": "d",
        "Ð": "d", "ð": "d", "Þ": "th", "þ": "th", "Ł": "l", "ł": "l", "Ħ": "h", "ħ": "h", "ı": "i", "İ": "i",
        "Ŋ": "n", "ŋ": "n", "ĸ": "k", "Ŧ": "t", "ŧ": "t", "ə": "a", "Ə": "a",
    }
)  # fmt: skip
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": ""})
_NOT_WORDS = re.compile(r"[^\w]+", re.UNICODE)
_WORD = re.compile(r"\S+")
#: Scripts that put no space between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_INSIDE = 3  # letters from which on a word is found inside another one
_LONGEST = 30  # letters; what follows in a longer word is not looked at
_BEGINS = "^"


def fold(text: str) -> str:
    """Return a text as it is compared: without accents, case, punctuation or double spaces.

    The same for spellings that differ only in these, in any script; letters that do not decompose (ß, ø, đ, ł …) become
    the base letters that people type for them.
    """
    return _NOT_WORDS.sub(" ", _bare(text)).strip()


def words_of(text: str) -> tuple[str, ...]:
    """Return the words to look for, each once: folded, as long as an index holds them."""
    return tuple(dict.fromkeys(word[:_LONGEST] for word in fold(text).split()))


def says_enough(words: Iterable[str]) -> bool:
    """Tell whether one of these words says enough to be looked for: two letters, or one that stands for a word."""
    return any(len(word) > 1 or _UNSPACED.match(word) for word in words)


def lexemes(text: str) -> Iterator[str]:
    """Yield what an index holds of a text: how its words begin, and each word from each of its letters on."""
    for word in fold(text).split():
        for start in _beginnings(word):
            yield _BEGINS + word[start]
            yield _BEGINS + word[start : start + 2]
        for start in range(len(word) - _INSIDE + 1):
            yield word[start : start + _LONGEST]


def tsquery(words: Iterable[str]) -> str:
    """Return the question to an index for texts that hold all of these words."""
    return " & ".join(f"'{word}':*" if len(word) >= _INSIDE else f"'{_BEGINS}{word}'" for word in words)


def spots(text: str, words: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Return where each of these words stands in a text, by positions of the text as it is written.

    One of three letters stands wherever a word holds it; a shorter one where a word begins, or anywhere in a script
    without spaces. Marks that belong to the last letter are inside.
    """
    folded, places = _folded_with_places(text)
    found: dict[str, list[tuple[int, int]]] = {}
    for match in _WORD.finditer(folded):
        known, offset = match[0], match.start()
        for word in words:
            for start in _occurrences(word, known):
                first, last = places[offset + start], places[offset + start + len(word) - 1]
                found.setdefault(word, []).append((first, _behind_marks(text, last + 1)))
    return found


def _occurrences(word: str, known: str) -> Iterator[int]:
    if len(word) < _INSIDE:
        yield from (start for start in _beginnings(known) if known.startswith(word, start))
        return
    start = known.find(word)
    while start >= 0:
        yield start
        start = known.find(word, start + 1)


def _beginnings(word: str) -> Iterator[int]:
    """Yield where something begins inside a folded word: at its first letter, and around each that is a word itself."""
    for place, letter in enumerate(word):
        if place == 0 or _UNSPACED.match(letter) or _UNSPACED.match(word[place - 1]):
            yield place


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return a text folded letter by letter, and of each of its letters the place in the text."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for folded in _folded_letter(letter):
            letters.append(folded)
            places.append(place)
    return "".join(letters), places


def _behind_marks(text: str, place: int) -> int:
    while place < len(text) and not _folded_letter(text[place]):
        place += 1
    return place


@lru_cache(maxsize=4096)
def _folded_letter(letter: str) -> str:
    return "".join(" " if _NOT_WORDS.match(one) else one for one in _bare(letter))


def _bare(text: str) -> str:
    plain = text.translate(_LETTERS).casefold().translate(_LETTERS).translate(_ARABIC)
    decomposed = unicodedata.normalize("NFKD", plain)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return bare.replace("_", " ").casefold()
