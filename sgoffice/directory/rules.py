"""How names are compared: pure functions of text."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import TypeVar

from sgoffice.search import folding

Key = TypeVar("Key")
#: How names are compared is how every text is.
fold, in_latin = folding.fold, folding.in_latin

_LIKE_WORD = 0.75  # two words are spellings of one from here on
_INITIAL = 0.9  # an initial and a word that begins with it
_WHOLE_NAME = 2  # words
_TITLES = frozenset({
    "amb", "ambassador", "amiral", "attorney", "bishop", "brig", "brigadier", "bundesminister", "bundesministerin",
    "capt", "captain", "cardinal", "chancellor", "chief", "col", "colonel", "commandant", "commissaire", "commissioner",
    "constable", "councillor", "councilor", "dame", "dato", "datuk", "deputy", "director", "doctor", "dr",
    "eng", "engineer", "excellency", "gen", "general", "haji", "hajj", "her", "hh", "his", "hm", "hon",
    "honorable", "honourable", "hrh", "hsh", "inspector", "judge", "justice", "lady", "lieutenant", "lord", "lt",
    "madame", "maj", "major", "mgr", "minister", "ministre", "ministro", "miss", "mme", "monsieur", "mr",
    "mrs", "ms", "pape", "pope", "prefet", "president", "presidente", "prime", "prince", "princess", "prof",
    "professor", "ret", "retd", "rt", "rtd", "sayed", "sayyid", "secretary", "senator", "senor", "shaikh", "sheik",
    "sheikh", "sheikha", "shri", "sir", "smt", "sr", "sra", "state", "superintendent", "the", "vice",
})  # fmt: skip
#: Letters behind a name that say nothing of who it is; Junior and Senior do.
_BEHIND = frozenset({"cbe", "ips", "kbe", "kc", "kcb", "kcmg", "mbe", "mep", "mp", "obe", "phd", "qc", "qpm"})
#: Spellings of one word in the names of bodies, and what stands for a word.
_SAME_WORDS = (
    (re.compile(r"&"), " and "),
    (re.compile(r"^\W*the\b", re.IGNORECASE), ""),
    (re.compile(r"isation\b", re.IGNORECASE), "ization"),
    (re.compile(r"\bco-op", re.IGNORECASE), "coop"),
    (re.compile(r"\bcentre\b", re.IGNORECASE), "center"),
    (re.compile(r"\bdefence\b", re.IGNORECASE), "defense"),
)


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
    """Return a folded name without the titles in front of it and the letters behind it."""
    words = fold(text).split()
    while len(words) > 1 and (words[0] in _TITLES or words[:2] == ["h", "e"]):
        words = words[1:] if words[0] in _TITLES else words[2:]
    while len(words) > _WHOLE_NAME and words[-1] in _BEHIND:
        words.pop()
    return " ".join(words)


def body_key(text: str) -> str:
    """Return what is alike for spellings of one body's name, such as The World Customs Organisation.

    Only what never tells two bodies apart: an article in front, British and American letters, & for and.
    """
    for written, plain in _SAME_WORDS:
        text = written.sub(plain, text)
    return fold(text)


def same_person(one: str, other: str) -> bool:
    """Tell whether two names are spellings of one: the same words, whatever their order, titles or accents.

    Or the same letters behind the same first word: Xi Jin-ping, Xi Jinping; Ban Kimoon, Ban Ki-moon.
    """
    first, second = without_titles(one).split(), without_titles(other).split()
    if not first or sorted(first) == sorted(second):
        return bool(first)
    is_whole = min(len(first), len(second)) >= _WHOLE_NAME
    return is_whole and first[0] == second[0] and "".join(first) == "".join(second)


def only_match(name: str, candidates: Mapping[Key, Iterable[str]]) -> Key | None:
    """Return the key of the only candidate with that name; None when there is none or several."""
    wanted = fold(name)
    found = [key for key, names in candidates.items() if any(fold(known) == wanted for known in names)]
    return found[0] if len(found) == 1 else None


def likeness(one: str, other: str, *, ordered: bool = True) -> float:
    """Return how alike two names are, from 0 to 1: titles, accents and case apart, words in any order unless `ordered`.

    A name of which all words stand in the other, nearly, is like it: a family name alone, a name without its middle, an
    initial. So is one whose words are put together otherwise.
    """
    first, second = (without_titles(in_latin(name)).split() for name in (one, other))
    if not first or not second:
        return 0.0
    joined = SequenceMatcher(None, "".join(first), "".join(second), autojunk=False).ratio()
    if not ordered:
        first, second = sorted(first), sorted(second)
    whole = SequenceMatcher(None, " ".join(first), " ".join(second), autojunk=False).ratio()
    few, many = sorted((first, second), key=len)
    each = [max(_same_word(word, known) for known in many) for word in few]
    inside = sum(each) / len(each)
    letters = sum(map(len, few)) / max(1, sum(map(len, many)))
    return max(whole, joined, inside * (0.82 + 0.18 * letters) if min(each) >= _LIKE_WORD else 0.0)


def _same_word(word: str, known: str) -> float:
    if len(word) == 1 and known.startswith(word):
        return _INITIAL
    return SequenceMatcher(None, word, known, autojunk=False).ratio()
