"""How names are compared: pure functions of text."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar

from sgoffice.places.names import meaning_of
from sgoffice.records.partial_dates import PartialDate
from sgoffice.search import folding
from sgoffice.search import likeness as spellings
from sgoffice.search.transliteration import in_latin, skeleton_of

Key = TypeVar("Key")
#: How names are compared is how every text is.
fold = folding.fold

_FATHER_AND_SON = 0.85  # of likeness: their names are alike at most
_LIKE_WORD = 0.75  # two words of titles are spellings of one from here on
_WHOLE_NAME = 2  # words
_NUMBER = re.compile(r"\d|^(?=[ivxl])(?:x[lc]|l?x{0,3})(?:i[xv]|v?i{0,3})$")
_ABBREVIATED = 3  # letters at least of a word that is cut: Org
#: Words that stand between a name and that of the father or the mother.
_DESCENT = frozenset({"ben", "bent", "bin", "bint", "binte", "binti", "ibn", "ould", "uld", "walad", "mint"}) | {
    "بن", "ابن", "بنت", "ولد", "בן", "בת",
}  # fmt: skip
#: How a name ends that says whose child somebody is; it stands behind the given name.
_PATRONYMICS = (
    "ovich", "evich", "ovych", "evych", "ovna", "evna", "ivna", "oglu", "ogly", "qizi", "kyzy", "gyzy", "uulu",
    "ович", "евич", "овна", "евна", "івна", "оглы", "кызы", "уулу",
)  # fmt: skip
#: Given names of men that stand for a father as well: with two of them nobody can tell who is the son.
_FATHERS = frozenset({
    "abdallah", "abdel", "abdul", "abdulaziz", "abdulla", "abdullah", "abdulrahman", "abubakar", "adan", "ahmad",
    "ahmed", "ali", "amin", "amir", "bakr", "faisal", "fahad", "fahd", "farah", "hamad", "hamdan", "hamed", "hasan",
    "hassan", "hussain", "hussein", "ibrahim", "idris", "ismail", "issa", "jaber", "jassim", "karim", "khaled",
    "khalid", "khalifa", "mahmoud", "mahmud", "majid", "mansour", "mohamed", "mohammad", "mohammed", "mubarak",
    "muhammad", "musa", "mustafa", "naser", "nasir", "nasser", "omar", "osman", "othman", "rashed", "rashid", "saad",
    "saeed", "said", "saif", "salah", "salem", "salim", "salman", "sultan", "tariq", "umar", "usman", "yahya", "yousef",
    "yusuf", "zayed",
})  # fmt: skip
_FATHERS_HEARD = frozenset(map(skeleton_of, _FATHERS))  # as scripts without vowels write them
#: Words that say nothing of what a title or a body is.
_SMALL_WORDS = frozenset({
    "a", "against", "al", "and", "contra", "contre", "da", "das", "de", "del", "der", "des", "di", "do", "dos", "du",
    "e", "el", "en", "et", "for", "fur", "in", "l", "la", "las", "le", "les", "lo", "los", "of", "on", "para", "per",
    "por", "pour", "the", "to", "und", "y",
})  # fmt: skip
#: Words with which a family name of several words begins.
_BEFORE_FAMILIES = frozenset({
    "al", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la", "le", "ter", "van",
    "von",
})  # fmt: skip
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


def same_person(known: str, written: str, *, family: str = "") -> bool:
    """Tell whether two names are surely one: the same words in the same order, titles and accents apart.

    Or with the family name moved as one block: a stored one (`family`), one in capital letters or before a comma, one
    that begins with a particle such as al or von; of two words either. Words on both sides of bin or another particle
    of descent never part: father and son have the same names in another order. Or the same letters behind the same
    first word: Xi Jin-ping, Xi Jinping; Ban Kimoon, Ban Ki-moon.
    """
    first, second = without_titles(known).split(), without_titles(written).split()
    if not first or first == second:
        return bool(first)
    is_whole = min(len(first), len(second)) >= _WHOLE_NAME
    if is_whole and first[0] == second[0] and "".join(first) == "".join(second):
        return True
    cut = _moved_at(first, second)
    if not cut or _parts_descent(first, cut):
        return False
    families = [block for block in (fold(family), _marked_family(known), _marked_family(written)) if block]
    blocks = [" ".join(first[cut:]), " ".join(first[:cut])]
    if families:
        return any(block in blocks for block in families)
    return any(block.split()[0] in _BEFORE_FAMILIES and " " in block for block in blocks) or _is_two(known, written)


def is_whole_name(name: str) -> bool:
    """Tell whether a name is written out: two words beside initials, or three signs that are syllables."""
    words = without_titles(name).split()
    return len([word for word in words if len(word) > 1]) >= _WHOLE_NAME or any(
        len(in_latin(word).split()) > _WHOLE_NAME for word in words
    )


def _moved_at(first: list[str], second: list[str]) -> int:
    """Return how many words of the first name stand last in the second one; 0 if it is not the same name turned."""
    cuts = range(1, len(first)) if len(first) == len(second) else ()
    return next((cut for cut in cuts if first[cut:] + first[:cut] == second), 0)


def _parts_descent(words: list[str], cut: int) -> bool:
    """Tell whether words that belong together by descent stand in different blocks, or a father before his son."""
    if any(word in _DESCENT for word in (words[cut - 1], words[cut], words[0], words[-1])):
        return True
    if words[cut].endswith(_PATRONYMICS) or words[0].endswith(_PATRONYMICS):
        return True
    return len(words) == _WHOLE_NAME and all(map(_may_be_a_father, words))


def _may_be_a_father(word: str) -> bool:
    return word in _FATHERS if word.isascii() else skeleton_of(in_latin(word)) in _FATHERS_HEARD


def _marked_family(name: str) -> str:
    """Return the words, folded, that a name shows to be the family name: in capital letters, or before a comma."""
    before, comma, behind = name.partition(",")
    if comma and len(without_titles(behind).split()) and fold(behind) not in _BEHIND | {"jr", "sr"}:
        return without_titles(before)
    words = [word for word in re.split(r"[\s.]+", name) if len(word) > 1]
    large = [word for word in words if word.isupper()]
    return without_titles(" ".join(large)) if len(large) < len(words) else ""


def _is_two(known: str, written: str) -> bool:
    """Tell whether one of the two names consists of two blocks, words with a hyphen being one."""
    return any(len(without_titles(name.replace("-", "")).split()) == _WHOLE_NAME for name in (known, written))


def are_alike_titles(one: str, other: str) -> bool:
    """Tell whether two titles have a word in common, in any language that writes it nearly alike.

    A title without a word that says anything is like every other.
    """
    first, second = (
        [word for word in in_latin(fold(title)).split() if len(word) > 1 and word not in _SMALL_WORDS]
        for title in (one, other)
    )
    return (
        not first or not second or any(spellings.ratio(word, known) >= _LIKE_WORD for word in first for known in second)
    )


def may_be_one_body(one: str, other: str) -> bool:
    """Tell whether two names may be of one body: all words of one stand in the other, which has at most twice as many.

    The Labour and the Maritime Organization are two, and so are the United Nations and each of their programs.
    """
    few, many = sorted((_telling_words(one), _telling_words(other)), key=len)
    if "".join(few) == "".join(many):
        return True
    return len(many) <= 2 * len(few) and all(any(_may_be_one_word(word, known) for known in many) for word in few)


def _may_be_one_word(word: str, known: str) -> bool:
    short, long = sorted((word, known), key=len)
    return long.startswith(short) if _ABBREVIATED <= len(short) < len(long) else spellings.is_slip(word, known)


def _telling_words(title: str) -> list[str]:
    return [word for word in body_key(title).split() if word not in _SMALL_WORDS] or fold(title).split()


def are_one_text(one: str, other: str) -> bool:
    """Tell whether two titles are one but for a slip of the pen, a space or a small word.

    Another number, in digits or Roman letters, and another State (Niger and Nigeria) make another title.
    """
    first, second = _telling_words(one), _telling_words(other)
    if "".join(first) == "".join(second):
        return True
    return len(first) == len(second) and all(map(_is_one_word, first, second))


def _is_one_word(word: str, known: str) -> bool:
    if word == known or _NUMBER.search(word) or _NUMBER.search(known) or not spellings.is_slip(word, known):
        return word == known
    state, other = meaning_of(word).sure, meaning_of(known).sure
    return not state or not other or state == other


def only_match(name: str, candidates: Mapping[Key, Iterable[str]]) -> Key | None:
    """Return the key of the only candidate with that name; None when there is none or several."""
    wanted = fold(name)
    found = [key for key, names in candidates.items() if any(fold(known) == wanted for known in names)]
    return found[0] if len(found) == 1 else None


def likeness(one: str, other: str, *, ordered: bool = True) -> float:
    """Return how alike two names are, from 0 to 1, titles apart (`search.likeness`); father and son are less alike."""
    first, second = without_titles(one), without_titles(other)
    alike = spellings.likeness(first, second, ordered=ordered)
    return min(alike, _FATHER_AND_SON) if _are_father_and_son(first.split(), second.split()) else alike


def _are_father_and_son(first: list[str], second: list[str]) -> bool:
    """Tell whether two names have the same words, but other ones on the two sides of bin or another such particle."""
    return sorted(first) == sorted(second) and _descent(first) != _descent(second)


def _descent(words: list[str]) -> set[tuple[str, str]]:
    return {
        (child, father) for child, word, father in zip(words, words[1:], words[2:], strict=False) if word in _DESCENT
    }


def name_then(other_names: Iterable[Mapping[str, Any]], day: date | None) -> str:
    """Return the name that a record had on a day, by its dated former names; empty if it is the name of today."""
    found: list[tuple[date, bool, str]] = []
    for one in other_names if day is not None else ():
        until = _first_day(one.get("until", "")) if "former name" in one.get("note", "") else None
        if until is not None and day is not None and day < until:
            found.append((until, one.get("language", "") not in ("", "en"), one["name"]))
    return min(found)[2] if found else ""


def _first_day(text: str) -> date | None:
    """Return the first day that a text can mean; None for words, which say nothing to compare."""
    try:
        return PartialDate.parse(text).earliest
    except ValueError:
        return None


def find_wrong_periods(memberships: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return what is wrong with the periods of a country's memberships, each with its JSON pointer.

    Dates must be EDTF, a period must not end before it starts, and two of one organization must not overlap.
    """
    problems: list[tuple[str, str]] = []
    periods: dict[str, list[tuple[date, date, str]]] = {}
    for place, one in enumerate(memberships):
        try:
            since, until = (PartialDate.parse(one[name]) if one.get(name) else None for name in ("since", "until"))
        except ValueError as error:
            problems.append((f"/memberships/{place}", str(error)))
            continue
        start, end = since.earliest if since else date.min, until.latest if until else date.max
        if end < start:
            problems.append((f"/memberships/{place}/until", "It ends before it starts."))
        elif one["is_member"] or until:
            last = until.earliest if until else date.max
            periods.setdefault(fold(one["organization"]), []).append(
                (since.latest if since else date.min, last, str(place))
            )
    for found in periods.values():
        for (_, end, _), (start, _, where) in pairwise(sorted(found)):
            if start < end:
                detail = "It begins before the period ahead of it ended: say until when that one lasted."
                problems.append((f"/memberships/{where}/since", detail))
    return problems
