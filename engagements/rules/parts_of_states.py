"""Whether a title or a body is one of a part of a State: a Land, a province, a region, a canton, an emirate.

Ministers of these are no ministers of the State: “Minister of the Interior of Bavaria”, “Ontario Minister of Health”.
"""

import re
from collections.abc import Mapping

from engagements.rules.titles import Words, words_of
from sgoffice.places.names import meaning_of
from sgoffice.places.parts import states_of_part

_PIECES = re.compile(r"[,;()/–—]")
_ARTICLES = frozenset({"the", "la", "le", "l", "el"})
#: What says whose an office is; behind “for” stands what it is about: Secretary of State for Scotland.
_OF = frozenset({"of", "in", "de", "du", "des", "d", "del"})
#: What a part of a State is called, in front of its name or behind it.
_SORTS = frozenset({
    "province", "region", "land", "canton", "territory", "county", "oblast", "krai", "emirate", "provincia",
    "communaute", "comunidad",
})  # fmt: skip
_BEHIND = _SORTS - {"land"}  # Minister of Public Land
#: What a State may be called as well, so that the name behind it decides.
_FORMS = _SORTS | {
    "state", "republic", "etat", "estado", "republique", "republica", "free", "federal", "autonomous", "autonoma",
    "autonome", "government", "gouvernement", "gobierno",
}  # fmt: skip
_SORTS_IN_ARABIC = frozenset(words_of("إقليم ولاية مقاطعة محافظة إمارة"))
_ADJECTIVES = frozenset({
    "regional", "regionale", "provincial", "provinciale", "cantonal", "cantonale", "municipal", "municipale", "land",
})  # fmt: skip
_OF_ONE = frozenset({
    "bavarian", "saxon", "scottish", "welsh", "catalan", "flemish", "walloon", "basque", "flamand", "flamande",
    "wallon", "bavarois", "bavaroise", "vasco", "vasca", "kurdish", "chechen", "californian", "quebecois", "tyrolean",
    "sicilian", "galician", "andalusian",
})  # fmt: skip
_GOVERNMENTS = frozenset({"government", "gouvernement", "gobierno"})
#: Describing much else: Central Bank.
_DIRECTIONS = frozenset({"central", "eastern", "western", "northern", "southern", "north", "south", "east", "west"})
#: Whatever they are called, a minister of the State is in charge of them.
_OF_MINISTERS: Mapping[Words, str] = {
    ("federal", "capital", "territory"): "NG",
    ("north", "eastern", "region"): "IN",
}
_FRONT = 3  # words of a name in front of a title: New South Wales


def names_part(title: str, country: str) -> bool:
    """Tell whether a part of the State stands beside a title: “Minister of Health, Ontario”."""
    return any(_is_named(words_of(piece), country) for piece in _PIECES.split(title)[1:])


def is_of_part(behind: Words, country: str) -> bool:
    """Tell whether what stands behind a title says that it is one of a part of the State, or of any State."""
    tails = [behind[place + 1 :] for place, word in enumerate(behind) if word in _OF]
    return any(_is_part(tail, country) for tail in tails) or _is_in_arabic(behind)


def is_described_as_part(front: Words, country: str) -> bool:
    """Tell whether what stands in front of a title says so: “Regional Minister”, “Queensland Minister of Health”."""
    if not (_ADJECTIVES | _OF_ONE).isdisjoint(front):
        return True
    named = [front[:length] for length in range(1, min(len(front), _FRONT) + 1)]
    return any(_is_named(words, country) for words in named if not _DIRECTIONS.issuperset(words))


def is_body_of_part(name: str, country: str) -> bool:
    """Tell whether a body is one of a part of a State: “Government of Punjab”, “Bavarian Ministry of the Interior”."""
    words = words_of(name)
    if not country or words[-1:] == ("office",):
        return False  # of several States, or of one for a part of it: the Northern Ireland Office
    return names_part(name, country) or is_of_part(words, country) or is_described_as_part(words[:_FRONT], country)


def _is_part(tail: Words, country: str) -> bool:
    named = _without(_ARTICLES, tail)
    if not named or meaning_of(" ".join(named)).own or (country and _OF_MINISTERS.get(named) == country):
        return False
    if _is_named(named, country) or _is_named(_without(_FORMS | _ARTICLES | _OF, named), country):
        return True
    if named[-1] in _GOVERNMENTS or named[0] in _GOVERNMENTS:
        return not _OF_ONE.isdisjoint(named)
    is_sort = named[0] in _SORTS or (named[-1] in _BEHIND and _OF.isdisjoint(named))
    return len(named) > 1 and is_sort


def _is_in_arabic(behind: Words) -> bool:
    return any(word.removeprefix("ب") in _SORTS_IN_ARABIC for word in behind[:-1])


def _is_named(words: Words, country: str) -> bool:
    states = states_of_part(" ".join(words)) if words else ()
    return bool(states) and (not country or country in states)


def _without(front: frozenset[str], words: Words) -> Words:
    first = next((place for place, word in enumerate(words) if word not in front), len(words))
    return words[first:]
