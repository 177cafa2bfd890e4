"""Whether what stands in place of a person's name is an office: “Minister of Justice of Rwanda”; whose a body is."""

from dataclasses import dataclass

from engagements.rules.offices_elsewhere import in_signs, is_office_elsewhere, leads_a_state
from engagements.rules.titles import Words, table, words_of
from sgoffice.places.names import meaning_of

_COURTESIES = frozenset({"the", "h", "e", "his", "her", "excellency", "honourable", "honorable", "acting"})
#: Words that stand before what an office is about, or whose it is.
_OF = frozenset({"of", "for"})
_OF_ELSEWHERE = frozenset({"de", "du", "des", "d", "del", "de la", "della"})
#: Those before a State alone: before another word they are part of a name, as in da Silva.
_OF_STATES = _OF | _OF_ELSEWHERE | {"do", "da", "di", "von", "van"}
_ARTICLES = frozenset({"the", "la", "l", "le", "el", "a", "o"})
_LONGEST_STATE = 4  # words of a State in front of an office
#: Titles that nobody is called by: alone, or before “de”, they are offices.
_TITLES = frozenset({
    "ambassador", "ambassadeur", "chancellor", "embajador", "minister", "ministre", "ministro", "pope", "president",
    "secretary",
})  # fmt: skip


@dataclass(frozen=True)
class NamedOffice:
    """An office that was named in place of a person: its title, and the State whose it is, if that was said."""

    title: str
    country: str = ""


def read_office(text: str) -> NamedOffice | None:
    """Return the office that a text names; None for a name, with or without a title in front of it.

    The table of titles has it whole or its beginning, followed by what it is about. “Senator de Lima” is a name.
    """
    said, comma, state = text.partition(",")
    country = meaning_of(state).sure if comma else ""
    if comma and not country:
        return None
    title = said.strip()
    if not country:
        title, country = without_state(title)
    words = words_of(title)
    while words and words[0] in _COURTESIES:
        words = words[1:]
    is_of_state = bool(country) and not comma and leads_a_state(words)
    if is_of_state or _is_office(words) or is_office_elsewhere(words, title):
        return NamedOffice(_shown(title), country)
    front, signs = in_signs(title)
    if signs and (not front or meaning_of(front).sure):
        return NamedOffice(signs, country or meaning_of(front).sure)
    return None


def _is_office(words: Words) -> bool:
    if words in table():
        return len(words) > 1 or words[0] in _TITLES
    if len(words) > 1 and words[-1] == "minister":
        return True
    ends = next((place for place, word in enumerate(words) if word in _OF | _OF_ELSEWHERE), 0)
    if ends and any(words[:place] in table() for place in range(ends + 2, len(words))):
        return True  # “Head of NCB” with its city
    front = words[:ends]
    if not front or not (front in table() or front[-1] == "minister"):
        return False
    return words[ends] in _OF or front[-1] in _TITLES


def without_state(text: str) -> tuple[str, str]:
    """Return a title without the State at its end, and the code of the State: Minister of Justice, RW."""
    words = text.split()
    for place in range(1, len(words) - 1):
        if words[place].lower() not in _OF_STATES:
            continue
        rest = words[place + 1 :]
        named = rest[1:] if rest[0].lower() in _ARTICLES and len(rest) > 1 else rest
        if code := meaning_of(" ".join(rest)).sure or meaning_of(" ".join(named)).sure:
            return " ".join(words[:place]), code
    for place in range(1, min(len(words), _LONGEST_STATE)):
        front, behind = " ".join(words[:place]), " ".join(words[place:])
        code = meaning_of(front.removesuffix("'s").removesuffix("’s")).sure
        if code and (front.endswith(("'s", "’s")) or _is_office(words_of(behind))):
            return behind, code
    return text, ""


def state_behind(text: str) -> str:
    """Return the code of the State whose office or body a text names at its end: “Embassy of Brazil”; else nothing."""
    rest, code = without_state(text)
    return code if rest != text and text.startswith(rest) else ""


def _shown(title: str) -> str:
    """Return a title without an article in front."""
    first, _, rest = title.partition(" ")
    return rest if first.lower() == "the" and rest else title
