"""How names are compared: pure functions of text."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key")

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
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "sir",
        "dame",
        "lord",
        "lady",
        "he",
        "hrh",
        "hm",
        "hh",
        "sheikh",
        "president",
        "general",
        "gen",
        "lieutenant",
        "lt",
        "colonel",
        "col",
        "major",
        "maj",
        "captain",
        "capt",
        "judge",
        "justice",
        "ambassador",
        "amb",
        "minister",
        "hon",
        "honourable",
        "honorable",
        "excellency",
        "rt",
    ]
)


def fold(text: str) -> str:
    """Return a text as it is compared: without accents, case, punctuation or double spaces.

    The same for spellings that differ only in these, in any script; letters that do not decompose (ß, ø, đ, ł …) become
    the base letters that people type for them.
    """
    plain = text.translate(_LETTERS).casefold().translate(_LETTERS).translate(_ARABIC)
    decomposed = unicodedata.normalize("NFKD", plain)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _NOT_WORDS.sub(" ", bare.replace("_", " ").casefold()).strip()


def sort_key(text: str) -> str:
    """Return the text by which a name is put in order: folded, and cut to what a column holds."""
    return fold(text)[:200]


def search_text(*names: object) -> str:
    """Return what is searched for a record: each of its names folded once, between separators."""
    found: dict[str, None] = {}
    for name in names:
        if name and (folded := fold(str(name))):
            found[folded] = None
    return " | ".join(found)


def without_titles(text: str) -> str:
    """Return a folded name without the titles in front of it."""
    words = fold(text).split()
    while len(words) > 1 and words[0] in _TITLES:
        words.pop(0)
    return " ".join(words)


def same_person(one: str, other: str) -> bool:
    """Tell whether two names are spellings of one: the same words, whatever their order, titles or accents."""
    first, second = without_titles(one).split(), without_titles(other).split()
    return bool(first) and sorted(first) == sorted(second)


def only_match(name: str, candidates: Mapping[Key, Iterable[str]]) -> Key | None:
    """Return the key of the only candidate with that name; None when there is none or several."""
    wanted = fold(name)
    found = [key for key, names in candidates.items() if any(fold(known) == wanted for known in names)]
    return found[0] if len(found) == 1 else None
