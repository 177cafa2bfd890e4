"""The level that a title speaks of, by the table of titles: pure functions.

A title that the table does not have takes the level of the longest title there with which it begins ("Minister of
Fisheries", "ministre de la Santé"); of one there that other words describe ("Interior Minister"); or, as that of a
deputy, of the one below which it stands. What remains unclear has no level.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from engagements.rules.offices import without_state
from engagements.rules.parts_of_states import is_body_of_part, is_described_as_part, is_of_part, names_part
from engagements.rules.titles import (
    OF_A_GOVERNMENT,
    OF_AN_ORGANIZATION,
    OF_THE_STATE,
    Office,
    Row,
    Words,
    row_for,
    words_of,
)
from engagements.vocabulary import Level, LevelBasis
from sgoffice.places.names import meaning_of

_BRACKETS = re.compile(r"\([^)]*\)")
_BREAKS = re.compile(r"[;,/،؛]|\b(?:and|et|y)\b|\sو(?=ال|وزير|رئيس|نائب|مدير)", re.IGNORECASE)
#: One office, though two words are joined.
_AND_ALSO = re.compile(r"\b(ambassad\w+|embajador\w*) extraordinar\w+ (?:and|et|y) pl[ée]nipoten\w+", re.IGNORECASE)
_EMBASSIES = frozenset(words_of("embassy consulate ambassade consulat embajada consulado سفارة قنصلية"))
#: Missions and delegations, which a minister of a government may lead: only permanent ones make a diplomat of one.
_MISSIONS = frozenset(words_of("mission delegation misión delegación بعثة وفد"))
_PERMANENT = frozenset(words_of("permanent permanente دائمة"))
#: Ministers of governments, too, lead delegations to a meeting.
_LEADS = frozenset(words_of("head leader leading chef jefe رئيس"))
_DELEGATIONS = frozenset(words_of("delegation delegación وفد"))
#: What a diplomat is called, alone.
_BARE = frozenset({("minister",), ("ministre",), ("ministro",), *((word,) for word in words_of("وزير"))})
_ORDER = list(Level)
#: A former office is none; an acting, elected or remote one is.
_FORMER = frozenset({
    "former", "ex", "ancien", "ancienne", "antiguo", "antigua", "late", "shadow", "emeritus", "retired", "exministro",
    "exministra", "سابق", "سابقه", "اسبق",
})  # fmt: skip
#: Whoever is to have an office has it not.
_NOT_YET = frozenset({
    "designate", "designated", "designe", "designee", "designado", "designada", "nominee", "nominated", "incoming",
    "aspiring", "candidate", "prospective", "future", "futur", "electo", "electa", "elu", "elue",
})  # fmt: skip
_NO_MORE = _FORMER | _NOT_YET
_STILL = frozenset({
    "acting", "elect", "interim", "interimaire", "interino", "interina", "the", "h", "e", "his", "her", "majesty",
    "holiness", "highness", "excellency",
})  # fmt: skip
#: Words after which comes what an office is about, or whose it is.
_OF = frozenset({
    "of", "for", "at", "in", "to", "on", "de", "du", "des", "d", "a", "au", "aux", "charge", "chargee", "pour", "del",
    "para", "encargado", "encargada", "aupres", "without", "sans", "sin",
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
    "adjunta", "sous", "junior", "alternate", "نائب", "نايبه", "مساعد", "وكيل",
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
_FIRST = frozenset({("first",), ("premier",), ("primer",), ("senior",)})
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
    bare, state = without_state(title)
    if state and not office.country:
        office = replace(office, country=state)
    found = _levels_of(title, office)
    return found or (_levels_of(bare, office) if state and state == office.country else found)


def _levels_of(title: str, office: Office) -> tuple[Spoken, ...]:
    whole = _spoken(row_for(words_of(title), office))
    bare = _without_brackets(_AND_ALSO.sub(r"\1", title))
    if whole is None and bare != title:
        whole = _spoken(row_for(words_of(bare), office))
    found = {whole.level: whole} if whole else {}
    parts = [bare] if _SERVES.search(bare) else _BREAKS.split(bare)
    if whole is None or len(parts) > 1:
        for one in _of_parts(parts, office):
            is_surer = one.level not in found or not one.doubt
            if is_surer and (whole is None or (precedence(one.level) >= precedence(whole.level) and not one.doubt)):
                found[one.level] = one
    return tuple(sorted(_held(found.values(), title, office), key=lambda one: precedence(one.level)))


def _without_brackets(title: str) -> str:
    """Leave out what stands in brackets, unless it says that an office is held no more, or not yet."""
    return _BRACKETS.sub(lambda found: found[0] if _NO_MORE.issuperset(words_of(found[0])) else " ", title)


def _held(spoken: Iterable[Spoken], title: str, office: Office) -> Iterator[Spoken]:
    """Leave out offices of a government that belong to a part of a State; a minister of an embassy is a diplomat."""
    is_of_part = names_part(title, office.country) or is_body_of_part(office.body, office.country)
    is_diplomat = _is_diplomat(title, office.body)
    for one in spoken:
        if one.level in OF_THE_STATE | OF_A_GOVERNMENT and is_of_part:
            continue
        if one.level in OF_A_GOVERNMENT and is_diplomat:
            continue
        yield one


def _is_diplomat(title: str, body: str) -> bool:
    said, home = words_of(title), words_of(body)
    if not _EMBASSIES.isdisjoint((*said, *home)):
        return True
    if any(
        not _MISSIONS.isdisjoint(pair) and not _PERMANENT.isdisjoint(pair)
        for words in (said, home)
        for pair in pairwise(words)
    ):
        return True
    leads_one = not _LEADS.isdisjoint(said)
    missions = _MISSIONS - _DELEGATIONS if leads_one else _MISSIONS
    return words_of(_BREAKS.split(_without_brackets(title))[0]) in _BARE and not missions.isdisjoint(said)


def level_of(title: str, office: Office | None = None) -> str:
    """Return the level of the highest office that a title names; empty when the table does not say."""
    spoken = levels_of(title, office or Office())
    return spoken[0].level if spoken else ""


def precedence(level: str) -> int:
    """Return the place of a level in the order of precedence; no level comes last."""
    return _ORDER.index(Level(level)) if level else len(_ORDER)


def _of_parts(parts: list[str], office: Office) -> Iterator[Spoken]:
    for part in parts:
        said = words_of(part)
        words = tuple(word for word in said if word not in _STILL)
        if words and _NO_MORE.isdisjoint(words):
            spoken = _spoken(_row_of(words, office)) or _of_deputy(words, office)
            is_ahead = "elect" in said and spoken is not None and spoken.level in OF_THE_STATE
            if spoken is not None and not is_ahead:
                yield spoken


def _spoken(row: Row | None) -> Spoken | None:
    return Spoken(row.level, "" if row.when else row.doubt) if row else None


def _row_of(words: Words, office: Office) -> Row | None:
    row = row_for(words, office) or _row_of_beginning(words, office) or _row_of_described(words, office)
    return _row_of(words[1:], office) if row is None and words[:1] == ("parliamentary",) else row


def _row_of_beginning(words: Words, office: Office) -> Row | None:
    """Return the row of the longest title with which these words begin, if what follows says what it is about."""
    for length in range(len(words) - 1, 0, -1):
        row, rest = row_for(words[:length], office), words[length:]
        if row is not None and _goes_on(row, rest):
            if is_of_part(rest, office.country):
                return _row_of_part(words[:length], office)
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


def _row_of_part(title: Words, office: Office) -> Row | None:
    """Return the row of a title in a part of a State, which has no office of the State itself."""
    row = row_for(title, replace(office, country=""))
    return None if row is None or row.level in OF_THE_STATE | OF_A_GOVERNMENT else row


def _row_of_described(words: Words, office: Office) -> Row | None:
    """Return the row of the title that ends the words before the first "of", if the words in front describe it."""
    ends = next((place for place, word in enumerate(words) if word in _OF), len(words))
    for start in range(1, ends):
        row = row_for(words[start:ends], office)
        if row is not None and not row.when and row.language == "en":
            if row.level in OF_A_GOVERNMENT and (
                is_described_as_part(words[:start], office.country) or is_of_part(words[ends:], office.country)
            ):
                return None
            return row if row.level in _DESCRIBED and _ANOTHER.isdisjoint(words[:start]) else None
    return None


def _of_deputy(words: Words, office: Office) -> Spoken | None:
    """Return the level of the deputy of an office, if the words name one and what stands above it."""
    place = next((place for place, word in enumerate(words) if word in _DEPUTIES), None)
    if place is None or any(word in _OF for word in words[:place]):
        return None
    front = () if words[:place] in _FIRST else words[:place]
    above = _row_of((*front, *words[place + 1 :]), office)
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
