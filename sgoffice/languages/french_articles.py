"""The article of a name in a French sentence: “la France”, “le Japon”, “les Pays-Bas”, “la Cour pénale”."""

import re
from functools import cache

from sgoffice.places.codes import known_codes, label_of

#: Islands and cities that take none.
_BARE = frozenset({
    "AG", "AI", "AW", "BH", "BL", "CU", "CW", "CY", "DJ", "GG", "GI", "HT", "IL", "JE", "KI", "KN", "LC", "MC", "MF",
    "MG", "MS", "MT", "MU", "NR", "NU", "OM", "PM", "PR", "RE", "SG", "SH", "SM", "ST", "SX", "TK", "TT", "TV", "TW",
    "VC", "VU", "WF", "YT",
})  # fmt: skip
_PLURAL = re.compile(
    r"(?:Antilles|Bahamas|Bermudes|Comores|Émirats|États-Unis|Fidji|Îles|Maldives|Palaos|Pays-Bas|Philippines|Samoa"
    r"|Seychelles|Terres|Tonga)\b"
)
#: The first word of a name in e is feminine, any other masculine, but for these.
_FEMININE = frozenset({"HK", "MO", "SL"})
_MASCULINE = frozenset({"BQAQ", "BZ", "GB", "IO", "KH", "MX", "MZ", "SR", "ZW"})
#: What bodies are called, with the article of each.
_BODIES = {
    "l\N{RIGHT SINGLE QUOTATION MARK}": frozenset({
        "Académie", "Agence", "Alliance", "Assemblée", "Association", "Autorité", "Institut", "Office", "Organisation",
        "Union",
    }),
    "la ": frozenset({
        "Banque", "Coalition", "Commission", "Communauté", "Conférence", "Cour", "Fondation", "Ligue", "Structure",
    }),
    "le ": frozenset({
        "Bureau", "Centre", "Comité", "Conseil", "Fonds", "Forum", "Grand", "Groupe", "Mécanisme", "Ministère",
        "Parlement", "Réseau", "Secrétariat", "Service", "Tribunal",
    }),
    "les ": frozenset({"Bureaux", "Nations", "Services"}),
}  # fmt: skip
_VOWELS = frozenset("AÂEÉÈÊIÎOÔU")


def with_article_in_french(english: str, french: str) -> str:
    """Return the French name of a country or a body with its article; any other name as it is."""
    code = _codes().get(english)
    if code is None:
        return _of_body(french) if french != english else french
    if code in _BARE:
        return french
    if _PLURAL.match(french):
        return f"les {french}"
    if french[0] in _VOWELS:
        return f"l\N{RIGHT SINGLE QUOTATION MARK}{french}"
    is_feminine = re.split("[ -]", french)[0].endswith("e") and code not in _MASCULINE
    return f"{'la' if is_feminine or code in _FEMININE else 'le'} {french}"


def _of_body(french: str) -> str:
    first = french.split(" ", maxsplit=1)[0]
    found = next((article for article, nouns in _BODIES.items() if first in nouns), "")
    return f"{found}{french}"


@cache
def _codes() -> dict[str, str]:
    return {label_of(code): code for code in known_codes()}
