"""Fold texts for comparison, and cut them into words and into the lexemes of the index. Pure functions."""

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
#: Usual Latin transliterations of Cyrillic and Greek letters; for other scripts records have other names.
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya", "ё": "e", "є": "ye", "і": "i", "ї": "yi", "ґ": "g", "ў": "u", "ј": "j",
    "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj", "џ": "dz", "ќ": "k", "ѓ": "g", "ѕ": "dz",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
    "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
    "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o", "ά": "a", "έ": "e", "ή": "i", "ί": "i", "ό": "o",
    "ύ": "y", "ώ": "o",
}  # fmt: skip
_NOT_WORDS = re.compile(r"[^\w]+", re.UNICODE)
_WORD = re.compile(r"\S+")
#: Scripts that put no space between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_INSIDE = 3  # letters: from this length on a word is also found inside others
_LONGEST = 30  # letters: the rest of a longer word is ignored
_BEGINS = "^"

#: A word to search for: its folded spelling, cut to the length in the index, and its Latin spelling if that differs.
Word = tuple[str, ...]


def fold(text: str) -> str:
    """Return a text without accents, case, punctuation or double spaces, in any script.

    Letters that do not decompose (ß, ø, đ, ł …) become the base letters that people type for them.
    """
    return _NOT_WORDS.sub(" ", _bare(text)).strip()


def in_latin(text: str) -> str:
    """Transliterate Cyrillic and Greek letters; other letters stay."""
    return "".join(_LATIN.get(letter, letter) for letter in text.casefold())


def words_of(text: str) -> tuple[Word, ...]:
    """Return the distinct words to search for."""
    typed, latin = (fold(spelling).split() for spelling in (text, in_latin(text)))
    if len(typed) != len(latin):
        latin = typed
    pairs = ((one[:_LONGEST], other[:_LONGEST]) for one, other in zip(typed, latin, strict=True))
    return tuple(dict.fromkeys(tuple(dict.fromkeys(pair)) for pair in pairs))


def is_searchable(words: Iterable[Word]) -> bool:
    """Tell whether one of these words is long enough: two letters, or one in a script without spaces."""
    return any(len(word[0]) > 1 or _UNSPACED.match(word[0]) for word in words)


def lexemes(text: str) -> Iterator[str]:
    """Yield the lexemes of a text: the beginnings of its words, and each word from each of its letters on."""
    for word in fold(text).split():
        yield from _lexemes_of(word)


def tsquery(words: Iterable[Word]) -> str:
    """Return the tsquery for texts that contain all of these words."""
    return " & ".join(f"({' | '.join(map(_term, word))})" for word in words)


def find_occurrences(text: str, words: Iterable[Word]) -> dict[Word, list[tuple[int, int]]]:
    """Return the occurrences of each of these words in a text, as start and end positions in the original text.

    Words of three or more letters occur anywhere inside a word, shorter ones only where a word begins, or anywhere in a
    script without spaces. An occurrence includes the marks on its last letter.
    """
    folded, places = _folded_with_places(text)
    found: dict[Word, list[tuple[int, int]]] = {}
    spellings = [(word, spelling) for word in words for spelling in word]
    for match in _WORD.finditer(folded):
        for word, spelling in spellings:
            for start in _occurrences(spelling, match[0]):
                begin = match.start() + start
                first, last = places[begin], places[begin + len(spelling) - 1]
                found.setdefault(word, []).append((first, _behind_marks(text, last + 1)))
    return found


def _term(spelling: str) -> str:
    return f"'{spelling}':*" if len(spelling) >= _INSIDE else f"'{_BEGINS}{spelling}'"


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


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return a text folded letter by letter, and for each folded letter its position in the text."""
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


@lru_cache(maxsize=8192)
def _lexemes_of(word: str) -> tuple[str, ...]:
    places = tuple(_beginnings(word))
    begins = (_BEGINS + word[start : start + length] for start in places for length in (1, 2))
    inside = (word[start : start + _LONGEST] for start in range(len(word) - _INSIDE + 1))
    return (*begins, *inside)


@lru_cache(maxsize=4096)
def _folded_letter(letter: str) -> str:
    return "".join(" " if _NOT_WORDS.match(one) else one for one in _bare(letter))


def _bare(text: str) -> str:
    plain = text.translate(_LETTERS).casefold().translate(_LETTERS).translate(_ARABIC)
    decomposed = unicodedata.normalize("NFKD", plain)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return bare.replace("_", " ").casefold()
