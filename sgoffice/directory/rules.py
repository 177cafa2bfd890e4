"""How names are compared: pure functions of text."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
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
#: Cyrillic and Greek letters as names are usually written in Latin ones; other scripts are kept as other names.
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
_LIKE_WORD = 0.75  # two words are spellings of one from here on
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": ""})
_NOT_WORDS = re.compile(r"[^\w]+", re.UNICODE)
_TITLES = frozenset({
    "amb", "ambassador", "bishop", "brig", "brigadier", "capt", "captain", "cardinal", "chief", "col",
    "colonel", "commissaire", "commissioner", "dame", "dato", "datuk", "deputy", "director", "doctor", "dr",
    "eng", "engineer", "excellency", "gen", "general", "haji", "hajj", "her", "hh", "his", "hm", "hon",
    "honorable", "honourable", "hrh", "inspector", "judge", "justice", "lady", "lieutenant", "lord", "lt",
    "madame", "maj", "major", "mgr", "minister", "ministre", "ministro", "miss", "mme", "monsieur", "mr",
    "mrs", "ms", "pope", "president", "presidente", "prince", "princess", "prof", "professor", "ret", "retd",
    "rt", "rtd", "sayed", "sayyid", "secretary", "senator", "senor", "shaikh", "sheik", "sheikh", "sir", "sr",
    "sra", "superintendent", "the",
})  # fmt: skip


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
    while len(words) > 1 and (words[0] in _TITLES or words[:2] == ["h", "e"]):
        words = words[1:] if words[0] in _TITLES else words[2:]
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


def in_latin(text: str) -> str:
    """Return a name with Cyrillic and Greek letters as they are usually written in Latin ones; others stay."""
    return "".join(_LATIN.get(letter, letter) for letter in text.casefold())


def likeness(one: str, other: str, *, ordered: bool = True) -> float:
    """Return how alike two names are, from 0 to 1: titles, accents and case apart, words in any order unless `ordered`.

    A name of which all words stand in the other, nearly, is like it: a family name alone, a name without its middle.
    """
    first, second = (without_titles(in_latin(name)).split() for name in (one, other))
    if not first or not second:
        return 0.0
    if not ordered:
        first, second = sorted(first), sorted(second)
    whole = SequenceMatcher(None, " ".join(first), " ".join(second), autojunk=False).ratio()
    few, many = sorted((first, second), key=len)
    each = [max(SequenceMatcher(None, word, known, autojunk=False).ratio() for known in many) for word in few]
    inside = sum(each) / len(each)
    letters = sum(map(len, few)) / max(1, sum(map(len, many)))
    return max(whole, inside * (0.82 + 0.18 * letters) if min(each) >= _LIKE_WORD else 0.0)
