"""A line on a counterpart, taken apart as people write it: the name, and what is said of whoever has it.

“Karner, Gerhard (AT)”, “Austria: Minister Gerhard Karner”, “1. João Silva / Polícia Judiciária / Portugal”, and so in
other scripts, with the commas of theirs. What a part means is for the caller to find out.
"""

import re
from dataclasses import dataclass
from functools import cache

from engagements.rules.levels import level_of
from engagements.rules.offices import read_office
from engagements.rules.titles import table, words_of
from sgoffice.directory.rules import fold
from sgoffice.places.names import meaning_of
from sgoffice.places.zones import zone_of

_MARK = re.compile(r"^\s*(?:[-–—*•·▪]|\(?\d{1,2}[.)])\s+")
_EMAIL = re.compile(r"[<(\[]?\s*\b[\w.+'-]+@[\w-]+(?:\.[\w-]+)+\s*[>)\]]?")
#: What stands between two parts: a comma of any script, or a dash or a slash between blanks.
_BETWEEN = re.compile(r"\s*[,،，、;；؛|\t]\s*|\s+[-–—/]\s+|\s*[•·]\s*")
_BRACKETS = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]\s*")
#: What in brackets or behind a comma says nothing of an office: letters behind a name stay with it.
_RETIRED = frozenset({"ret", "retd", "retired", "rtd", "er"})
_BEHIND = frozenset({
    "jr", "sr", "junior", "senior", "ii", "iii", "iv", "phd", "ph d", "md", "m d", "mp", "mep", "mdb", "kc", "qc",
    "cbe", "obe", "mbe", "esq", "llm", "mba",
})  # fmt: skip
_NOBODY = frozenset({
    "", "tbc", "tbd", "tba", "nn", "n n", "na", "n a", "x", "xx", "xxx", "unknown", "inconnu", "desconocido",
    "to be confirmed", "a confirmer", "por confirmar", "etc", "none",
})  # fmt: skip
_PARTICLES = frozenset({
    "al", "bin", "bint", "ibn", "ben", "van", "von", "der", "den", "de", "da", "do", "dos", "das", "di", "du", "del",
    "della", "la", "le", "el", "ter", "zu", "y", "e", "af", "av",
})  # fmt: skip
#: In front of a name.
_ADDRESS = frozenset({
    "m", "mr", "mrs", "ms", "miss", "mme", "mlle", "dr", "prof", "sr", "sra", "srta", "don", "herr", "frau", "sir",
    "dame", "lord", "lady",
})  # fmt: skip
#: Words of offices and units that no title of the table has.
_OF_OFFICES = frozenset({
    "academy", "advisor", "affairs", "africa", "agent", "america", "analyst", "area", "asia", "assistant",
    "asuntos", "attache", "attachee", "bureau", "cabinet", "campaign", "central", "chair", "chargee", "chief",
    "clerk", "conseil", "consul", "consultant", "cooperation", "coordination", "coordinator", "counsel", "counter",
    "countries", "crime", "criminal", "cyber", "delegate", "delegation", "departamento", "department", "desk",
    "development", "direccion", "direction", "directorate", "division", "drugs", "east", "embassy", "emergency",
    "envoy", "europe", "european", "europol", "executive", "expert", "external", "facilitator", "federal",
    "finance", "financial", "fondation", "foreign", "fraud", "frontier", "gendarmerie", "global", "head",
    "headquarters", "herald", "human", "information", "inspection", "inspector", "institute", "intelligence",
    "interior", "interpol", "investigations", "investigator", "jefe", "journal", "journalist", "judiciaire",
    "judicial", "judiciaria", "justice", "law", "lawyer", "lead", "legal", "liaison", "manager", "media", "member",
    "military", "ministere", "ministerio", "mission", "museum", "national", "nations", "ncb", "network", "news",
    "north", "observer", "office", "officer", "oficina", "operations", "organised", "organized", "owner", "partner",
    "permanent", "planning", "police", "policia", "policial", "policy", "polizei", "post", "press", "private",
    "program", "programme", "project", "protection", "protocol", "public", "radio", "regional", "relations",
    "reporter", "representative", "research", "researcher", "rights", "safety", "school", "science", "secretary",
    "section", "sector", "securite", "security", "seguridad", "senior", "service", "services", "servicio", "sous",
    "south", "special", "specialist", "spokesman", "spokesperson", "spokeswoman", "staff", "state", "states",
    "strategy", "student", "studies", "support", "task", "team", "technical", "technology", "television",
    "terrorism", "times", "trafficking", "training", "transport", "treasury", "unidad", "union", "unit", "unite",
    "united", "universidad", "universite", "university", "vice", "west", "world", "writer", "youth",
})  # fmt: skip
#: Words of bodies, not of people.
BODY = re.compile(
    r"\b(academy|agence|agencia|agency|alliance|association|authority|bank|bureau|cent(er|re)|commission|committee|company|conseil|consejo|corporation|council|court|department|"
    r"delegation|embassy|federation|force|fondation|forum|foundation|fundación|fund|government|group|institute|instituto|league|ministry|ministère|minist(erio|ero)|"
    r"network|office|organi[sz]ation|parliament|police|polizei|secretariat|service|society|tribunal|union|university|universität)\b",
    re.IGNORECASE,
)
#: Such a word at the end of a name, or before “of”: not Bank Manager, nor Office Director.
_BODY_ITSELF = re.compile(
    rf"{BODY.pattern}(?:\s*$|\s+(?:of|for|on|against|de|du|des|del|do|da|dos|das|der|für|pour|para|contre|national\w*)\b)",
    re.IGNORECASE,
)
#: Words with which a title begins that the table has with others alone.
_LEADERS = frozenset({
    "acting", "adviser", "chair", "chairman", "chef", "chief", "coordinator", "deputy", "directeur", "director",
    "directrice", "former", "head", "jefe", "leader", "manager", "member", "membre", "miembro", "officer",
    "representative", "secretary", "senior", "spokesman", "spokesperson", "spokeswoman", "staff", "vice",
})  # fmt: skip
_AND = re.compile(r"\s+(?:&|and|et|y|und|و)\s+")
_MOST_WORDS = 5  # of a name
_FEW = 2  # family names, or given ones
_LONGEST_ACRONYM = 3  # letters: longer words in capitals may be a family name


@dataclass(frozen=True)
class TypedLine:
    """The name in a line, and the other parts in their order; an e-mail address that stood there is in neither."""

    name: str
    said: tuple[str, ...]


def read_typed_line(text: str) -> TypedLine | None:
    """Take a line apart; None where nothing is written."""
    line = _EMAIL.sub(" ", _MARK.sub("", text)).strip() or text.strip()
    parts = [part for piece in _with_state_behind(line) for part in _out_of_brackets(piece)]
    if not parts:
        return None
    while len(parts) > 1 and fold(parts[1]) in _BEHIND:
        parts[:2] = [f"{parts[0]} {parts[1]}"]
    name, said = parts[0], parts[1:]
    if said and _is_family_first(name, said):
        name, said = f"{said[0]} {name}", said[1:]
    office = read_office(name)
    if office is not None and said and is_like_a_name(said[0]):
        return TypedLine(said[0], (name, *said[1:]))
    title, rest = ("", name) if office is not None else _title_in_front(name)
    return TypedLine(rest, tuple(one for one in (title, *said) if one))


def is_nobody(name: str) -> bool:
    """Tell whether a name stands for one that is not known yet: TBC, N.N., a question mark, an address alone."""
    return fold(name) in _NOBODY or "@" in name


def is_like_a_name(text: str) -> bool:
    """Tell whether a text can be somebody's name: a few words with capitals, of no office, body, State or city."""
    words = text.split()
    if not words or len(words) > _MOST_WORDS or any(one.isdigit() for one in text) or BODY.search(text):
        return False
    if any(word[0].islower() and word.lower() not in _PARTICLES for word in words):
        return False
    if text.isupper() and len(words) == 1 and text.isascii():
        return False  # an acronym
    return not (level_of(text) or read_office(text) or meaning_of(text).sure or zone_of(text, None))


def is_name_of_a_body(text: str) -> bool:
    """Tell whether a text is the name of a body and no title in one: “Foo Agency”, “Council of Widgets”.

    The word for what it is stands last, or before what the body is of or for.
    """
    words = text.split()
    if len(words) < _FEW or not text[:1].isupper() or level_of(text) or read_office(text) or is_titled(text):
        return False
    found = _BODY_ITSELF.search(text)
    return found is not None and not meaning_of(text).sure


def is_titled(text: str) -> bool:
    """Tell whether a text begins with a title, or with a word that titles begin with."""
    words = words_of(text)
    return bool(words) and (words[0] in _LEADERS or any(words[:most] in table() for most in range(1, len(words) + 1)))


def two_names(text: str) -> bool:
    """Tell whether a text names two people, each whole."""
    both = _AND.split(text)
    return len(both) > 1 and all(len(one.split()) > 1 and is_like_a_name(one) for one in both)


def names_another(part: str) -> bool:
    """Tell whether what is said of one goes on with somebody else: “Austria and Karl Nehammer”."""
    both = _AND.split(part)
    return len(both) > 1 and bool(meaning_of(both[0]).sure) and is_like_a_name(both[-1])


def names_somebody(part: str) -> bool:
    """Tell whether what is said of one is somebody else's name: “Mrs Eva Holm”, or “Eva Holm”, which is no office."""
    words, folded = part.split(), fold(part).split()
    is_cased = all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
    if len(words) < _FEW or not is_cased:
        return False
    if folded[0] in _ADDRESS and is_like_a_name(" ".join(words[1:])):
        return True
    return is_like_a_name(part) and _OF_OFFICES.isdisjoint(folded) and _words_of_titles().isdisjoint(folded)


def is_doubtful_name(text: str) -> bool:
    """Tell whether a text has signs that no name has: figures, or what stands between several."""
    return any(one.isdigit() for one in text) or any(one in text for one in "+&/=?#")


@cache
def _words_of_titles() -> frozenset[str]:
    return frozenset(word for words in table() for word in words)


def _with_state_behind(line: str) -> list[str]:
    """Return the parts, the State or acronym before a colon as the last of them."""
    front, colon, rest = line.partition(":")
    is_of = bool(colon) and bool(rest.strip()) and bool(meaning_of(front).sure or (front.isupper() and front.isalpha()))
    parts = _BETWEEN.split(rest if is_of else line)
    return [part.strip() for part in (*parts, front if is_of else "") if part.strip()]


def _out_of_brackets(part: str) -> list[str]:
    """Return a part without the State, the acronym or the title that stood in brackets, and what stood there."""
    inside = [one.strip() for one in _BRACKETS.findall(part)]
    out = [one for one in inside if meaning_of(one).sure or one.isupper() or level_of(one) or read_office(one)]
    if not inside or (len(out) < len(inside) and fold(inside[0]) not in _RETIRED):
        return [part]
    bare = " ".join(_BRACKETS.sub(" ", part).split())
    return [one for one in (bare, *(one for one in inside if fold(one) not in _RETIRED)) if one]


def _is_family_first(name: str, said: list[str]) -> bool:
    """Tell whether a line begins as “Karner, Gerhard”, surely enough to turn it round."""
    given = said[0]
    family = [word for word in name.split() if word.lower() not in _PARTICLES]
    if len(family) > _FEW or len(given.split()) > _FEW or is_nobody(name) or read_office(name):
        return False
    is_shouted = name.isupper() and len(name) > _LONGEST_ACRONYM and not given.isupper()
    is_told = len(family) == 1 and len(said) > 1 and bool(level_of(said[1]) or read_office(said[1]))
    return (is_shouted or is_told) and is_like_a_name(given)


def _title_in_front(name: str) -> tuple[str, str]:
    """Return the title in front of a name and the name: “Interior Minister Karner”."""
    words = name.split()
    for place in range(min(len(words) - 1, 3), 0, -1):
        front, rest = words_of(" ".join(words[:place])), " ".join(words[place:])
        is_office = bool(front) and (front in table() or front[-1] == "minister") and len(front) == place
        if is_office and read_office(" ".join(words[:place])) and is_like_a_name(rest):
            return " ".join(words[:place]), rest
    return "", name
