"""The level that a title speaks of, by the table of titles: pure functions.

A title that the table does not have takes the level of the longest title there with which it begins ("Minister of
Fisheries", "ministre de la Santé"); of one there that other words describe ("Interior Minister"); or, as that of a
deputy, of the one below which it stands. What remains unclear has no level.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engagements.rules.titles import OF_AN_ORGANIZATION, OF_THE_STATE, Office, Row, Words, row_for, words_of
from engagements.vocabulary import Level, LevelBasis
from sgoffice.places.names import meaning_of

_BRACKETS = re.compile(r"\([^)]*\)")
_BREAKS = re.compile(r"[;,/،؛]|\b(?:and|et|y)\b|\sو(?=ال|وزير|رئيس|نائب|مدير)", re.IGNORECASE)
_ORDER = list(Level)
#: A former office is none; an acting, elected or remote one is.
_FORMER = frozenset({"former", "ex", "ancien", "ancienne", "antiguo", "antigua", "late", "shadow", "سابق", "سابقه"})
_STILL = frozenset({
    "acting", "elect", "interim", "interimaire", "interino", "interina", "the", "h", "e", "his", "her", "majesty",
    "holiness", "highness", "excellency",
})  # fmt: skip
#: Words after which comes what an office is about, or whose it is.
_OF = frozenset({
    "of", "for", "at", "in", "to", "on", "de", "du", "des", "d", "a", "au", "aux", "charge", "chargee", "pour", "del",
    "para", "encargado", "encargada",
})  # fmt: skip
#: Whoever serves another has not that office: its title is not cut into parts.
_SERVES = re.compile(
    r"\b(advis[eo]r|assistant|secretary|representative|envoy|delegate|representing|signing|chief of staff"
    r"|conseill\w+|represent\w+|asesor\w*|consejer\w+)\b.*\b(to|for|of|the|du|de|del)\b|^representing\b"
    r"|\bsigning for\b",
    re.IGNORECASE,
)
_DEPUTIES = frozenset({
    "deputy", "vice", "assistant", "associate", "under", "adjoint", "adjointe", "suppleant", "suppleante", "adjunto",
    "adjunta", "sous", "نائب", "نائبه", "مساعد", "وكيل",
})  # fmt: skip
#: What the deputy of each is; of other levels nobody has said it.
_BELOW = {
    Level.HEAD_OF_STATE: Level.DEPUTY_HEAD_OF_STATE,
    Level.HEAD_OF_GOVERNMENT: Level.DEPUTY_HEAD_OF_GOVERNMENT,
    Level.MINISTER: Level.DEPUTY_MINISTER,
    Level.HEAD_OF_ORGANIZATION: Level.DEPUTY_HEAD_OF_ORGANIZATION,
    Level.CHIEF_OF_POLICE: Level.POLICE_OFFICER,
    Level.DIRECTOR: Level.DIRECTOR,
    Level.JUDICIARY: Level.JUDICIARY,
}
#: Levels whose titles other words may describe in front; what is then another office.
_DESCRIBED = frozenset({Level.MINISTER, Level.AMBASSADOR, Level.SENIOR_OFFICIAL, Level.JUDICIARY})
_ANOTHER = frozenset({"chief", "first", "honorary", "student", "prime", "managing", *_DEPUTIES, *_FORMER})
#: What an Arabic title goes on with that makes it another.
_GOES_ON = frozenset({"عام", "اول", "مفوض", "مستشار"})
_BANKS = frozenset({"bank", "banque", "banco", "بنك", "مصرف"})
#: The State itself, without its name.
_THE_STATE = frozenset({
    ("republic",), ("federation",), ("union",), ("state",), ("kingdom",), ("republique",), ("republica",),
    ("state", "council"),
})  # fmt: skip
#: Parts of a State: whoever leads the staff of one leads no organization.
_PARTS = frozenset({
    "ministry", "ministries", "ministere", "ministerio", "government", "gouvernement", "gobierno", "cabinet",
    "presidency", "presidence", "presidencia", "parliament", "parlement", "parlamento", "senate", "senat", "senado",
    "police", "policia", "وزاره", "حكومه", "شرطه",
})  # fmt: skip
_ARTICLES = frozenset({"the", "of", "la", "le", "l", "el", "de", "du", "del", "d"})


@dataclass(frozen=True)
class Spoken:
    """The level that a title speaks of, and what is doubtful about that."""

    level: Level
    doubt: str = ""


@dataclass(frozen=True)
class Seat:
    """A title at the table: where the record says it, the title, and the office in which it is held."""

    pointer: str
    title: str
    office: Office
    rests_on: LevelBasis = LevelBasis.CAPACITY


@dataclass(frozen=True)
class Derived:
    """The level of an engagement that follows from a title at the table."""

    level: Level
    pointer: str
    title: str
    rests_on: LevelBasis
    doubt: str


def derive_levels(seats: Iterable[Seat]) -> tuple[Derived, ...]:
    """Return each level at the table once, the highest first, with the first title that speaks of it without doubt."""
    found: dict[Level, Derived] = {}
    for seat in seats:
        for one in levels_of(seat.title, seat.office):
            if one.level not in found or (found[one.level].doubt and not one.doubt):
                found[one.level] = Derived(one.level, seat.pointer, seat.title, seat.rests_on, one.doubt)
    return tuple(sorted(found.values(), key=lambda one: precedence(one.level)))


def levels_of(title: str, office: Office) -> tuple[Spoken, ...]:
    """Return the levels of the offices that a title names, the highest first; of a title with two, both."""
    whole = _spoken(row_for(words_of(title), office))
    bare = _BRACKETS.sub(" ", title)
    if whole is None and bare != title:
        whole = _spoken(row_for(words_of(bare), office))
    found = {whole.level: whole} if whole else {}
    parts = [bare] if _SERVES.search(bare) else _BREAKS.split(bare)
    if whole is None or len(parts) > 1:
        for one in _of_parts(parts, office):
            is_surer = one.level not in found or not one.doubt
            if is_surer and (whole is None or (precedence(one.level) >= precedence(whole.level) and not one.doubt)):
                found[one.level] = one
    return tuple(sorted(found.values(), key=lambda one: precedence(one.level)))


def level_of(title: str, office: Office | None = None) -> str:
    """Return the level of the highest office that a title names; empty when the table does not say."""
    spoken = levels_of(title, office or Office())
    return spoken[0].level if spoken else ""


def precedence(level: str) -> int:
    """Return the place of a level in the order of precedence; no level comes last."""
    return _ORDER.index(Level(level)) if level else len(_ORDER)


def _of_parts(parts: list[str], office: Office) -> Iterator[Spoken]:
    for part in parts:
        words = tuple(word for word in words_of(part) if word not in _STILL)
        if words and _FORMER.isdisjoint(words):
            spoken = _spoken(_row_of(words, office)) or _of_deputy(words, office)
            if spoken is not None:
                yield spoken


def _spoken(row: Row | None) -> Spoken | None:
    return Spoken(row.level, "" if row.when else row.doubt) if row else None


def _row_of(words: Words, office: Office) -> Row | None:
    return row_for(words, office) or _row_of_beginning(words, office) or _row_of_described(words, office)


def _row_of_beginning(words: Words, office: Office) -> Row | None:
    """Return the row of the longest title with which these words begin, if what follows says what it is about."""
    for length in range(len(words) - 1, 0, -1):
        row, rest = row_for(words[:length], office), words[length:]
        if row is not None and _goes_on(row, rest):
            return row if _is_same_office(row, rest, office) else None
    return None


def _goes_on(row: Row, rest: Words) -> bool:
    """Tell whether what follows a title says of what, and does not make it another title."""
    if row.language == "ar":
        return rest[0] not in _GOES_ON
    return rest[0] in _OF or row.level == Level.HEAD_OF_NCB


def _is_same_office(row: Row, rest: Words, office: Office) -> bool:
    """Tell whether a title keeps its level with what follows: the head of a body is not that of its State."""
    if row.level in OF_THE_STATE:
        return _is_state(rest, office.country)
    if row.level in OF_AN_ORGANIZATION:
        return _PARTS.isdisjoint(rest)
    return row.level != Level.LOCAL_AUTHORITY or _BANKS.isdisjoint(rest)


def _row_of_described(words: Words, office: Office) -> Row | None:
    """Return the row of the title that ends the words before the first "of", if the words in front describe it."""
    ends = next((place for place, word in enumerate(words) if word in _OF), len(words))
    for start in range(1, ends):
        row = row_for(words[start:ends], office)
        if row is not None and not row.when and row.language == "en":
            return row if row.level in _DESCRIBED and _ANOTHER.isdisjoint(words[:start]) else None
    return None


def _of_deputy(words: Words, office: Office) -> Spoken | None:
    """Return the level of the deputy of an office, if the words name one and what stands above it."""
    place = next((place for place, word in enumerate(words) if word in _DEPUTIES), None)
    if place is None or any(word in _OF for word in words[:place]):
        return None
    above = _row_of((*words[:place], *words[place + 1 :]), office)
    below = _BELOW.get(above.level) if above else None
    return Spoken(below) if below else None


def _is_state(rest: Words, country: str) -> bool:
    """Tell whether what follows a title is a State itself, and no part or body of one."""
    first = next((place for place, word in enumerate(rest) if word not in _ARTICLES), len(rest))
    named = rest[first:]
    if not named or named in _THE_STATE:
        return True
    state = meaning_of(" ".join(named)).sure
    return bool(state) and state == (country or state)
