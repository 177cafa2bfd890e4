"""Whether the name of a body is a State itself, under its short or formal name or as its government."""

import re
from collections.abc import Iterator

from sgoffice.places.adjectives import states_of_adjectives
from sgoffice.places.keys import place_key
from sgoffice.places.names import Meaning, meaning_of
from sgoffice.search.folding import fold

#: In front of the name of a State: its government, in the languages that invitations and minutes are written in.
_GOVERNMENT = re.compile(
    r"(?:(?:his|her) majesty s )?(?:(?:federal|royal|national|central|transitional|interim|union) )*"
    r"(?:government of|govt of|gouvernement (?:federal )?(?:de la|de l|du|des|de|d)"
    r"|gobierno (?:federal )?(?:de la|del|de)|governo (?:federal )?(?:da|do|de|della|dell|del|di)"
    r"|regierung (?:der|des|von)) (?:the )?(.+)"
)
#: What sort of State it is, where tables have the name itself alone.
_FORM = re.compile(
    r"(?:(?:democratic|federal|federative|islamic|socialist|people s|arab|united|co operative) )*"
    r"(?:republic|state|kingdom|commonwealth|principality|sultanate|emirate|federation|union) of (?:the )?(.+)"
)
_GOVERNMENT_BEHIND = re.compile(r"(.+?)(?: s)? (?:federal )?government")
#: As above in other scripts: in front of the name, then behind it.
_GOVERNMENT_ELSEWHERE = (
    re.compile(
        r"(?:правительство|حكومه|حكومت|دولت|ממשלת|รัฐบาล|rzad|vlada)"
        r" ?(?:республики )?(.+)"
    ),
    re.compile(rf"(.+?) ?(?:中央)?(?:政府|{fold('정부')}|सरकार|hukumeti)"),
)
#: As above, perhaps misspelt.
_SAID_TO_GOVERN = re.compile(r"(?:\w+ ){0,2}(?:go[uv]+\w*|gob\w*|repub\w*) (?:of|de|du|del|da|do) (?:the )?(.+)")
#: A body of a State: what follows the last of these words is whose.
_OF = re.compile(r" (?:of|de|du|del|da|do|di) (?:the |la |l )?")
#: Words of bodies that belong to a State, in the languages that minutes are written in.
_OF_A_STATE = re.compile(
    r"\b(?:ministr\w+|ministe\w+|department|departement|government|gouvernement|gobierno|governo|regierung|polic\w+"
    r"|\w*polizei|polizia|politie|gendarmer\w+|carabinier\w+|carabineros"
    r"|guardia (?:civil|nacional|nacional republicana|costiera|di finanza)"
    r"|douane\w*|aduan\w+|dogan\w+|fiscalia|procuradur\w+|ejercito|armada|embassy|ambassade|embajada"
    r"|parliament|parlement|parlamento|senate|senat|congress"
    r"|national|nacional|nationale|federal|federale|royal|presidency|prime minister|prosecutor|attorney|supreme court"
    r"|customs|immigration|border|coast guard|armed forces|army|navy|intelligence|ncb)\b"
)
#: Words of bodies that belong to no State, or to several.
_OF_SEVERAL = re.compile(
    r"\b(?:international|internacional|internationale|world|global|regional|inter\w*american|european|african|asian"
    r"|arab|nordic|pan|union|organi[sz]ation|association|federation|foundation|company|university|institute)\b"
)
#: A body of one State that stands in another.
_ABROAD = re.compile(r"\b(?:embassy|ambassade|embajada|consul\w+|mission|liaison|attache)\b| in ")
_ADJECTIVE = 2  # words at most: South Korean
_SEVERAL = re.compile(r"\s*(?:/|;|\|)\s*")
_NOTHING = Meaning()


def state_called(name: str) -> Meaning:
    """Return the States that a name is itself, or whose government it is; an empty meaning for any other body.

    A part of a State is not the State, nor is a name that says more than one: “Kerala”, “Government of Iraq Kurdistan
    Region”, “Government of Kenya / East African Community”.
    """
    return state_itself(name) or _governed(place_key(name))


def state_itself(name: str) -> Meaning:
    """Return the States that have this name, short or formal; not those whose government it is."""
    meaning = meaning_of(name)
    if meaning.own or meaning.shared:
        return meaning
    found = _FORM.fullmatch(place_key(name))
    return _only_own(meaning_of(found[1])) if found else _NOTHING


def states_mentioned(name: str) -> Iterator[str]:
    """Yield the codes of the States at the end of a body's name: AT for Ministry of the Interior of Austria."""
    key = place_key(name)
    for found in _OF.finditer(key):
        meaning = meaning_of(key[found.end() :])
        yield from (*meaning.own, *meaning.shared)


def is_of_a_state(body: str) -> bool:
    """Tell whether a body is one of the State that its member speaks for: a ministry is, a foundation is not."""
    folded = fold(body)
    return bool(_OF_A_STATE.search(folded)) and not _OF_SEVERAL.search(folded)


def states_by_adjective(name: str) -> tuple[str, ...]:
    """Return the codes of the States whose body it is by an adjective: Austrian Federal Police, Policía Española.

    An English one is its first or last words, others stand anywhere. More than one where several say so of themselves
    (Dominican, Congolese). Nothing for a body that is of no State or that stands abroad.
    """
    key = place_key(name)
    words = key.split()
    if len(words) <= 1 or not is_of_a_state(name) or _ABROAD.search(key):
        return ()
    ends = [words[:most] for most in (_ADJECTIVE, 1)] + [words[-most:] for most in (_ADJECTIVE, 1)]
    met = (meaning_of(" ".join(end)) for end in ends if len(end) < len(words))
    found = next((found for meaning in met if (found := (*meaning.own, *meaning.shared, *meaning.loose))), ())
    return found or states_of_adjectives(key)


def name_within(name: str) -> str:
    """Return the part that may be the misspelt name of a State: all of it, or what stands behind “Government of”."""
    key = place_key(name)
    found = _SAID_TO_GOVERN.fullmatch(key)
    return found[1] if found else key


def bodies_in(name: str) -> list[str]:
    """Return the names of the bodies between slashes or semicolons; one for a usual name."""
    return [part for part in _SEVERAL.split(name) if part.strip()]


def _governed(key: str) -> Meaning:
    written = (_GOVERNMENT, _GOVERNMENT_BEHIND, *_GOVERNMENT_ELSEWHERE)
    found = next((one for pattern in written if (one := pattern.fullmatch(key))), None)
    return _whose_government(found[1]) if found else _NOTHING


def _whose_government(rest: str) -> Meaning:
    """Return the State whose government it is; an adjective that was met for one State alone counts as its name."""
    meaning = state_itself(rest)
    if meaning or not (met := meaning_of(rest).loose):
        return meaning
    return Meaning(own=met) if len(met) == 1 else Meaning(shared=met)


def _only_own(meaning: Meaning) -> Meaning:
    return meaning if meaning.own else _NOTHING
