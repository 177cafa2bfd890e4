"""The definite article that a name takes inside an English sentence: “the African Union”, but “INTERPOL”."""

import re

_NOT_NAME = re.compile(r"\s*(?:\(.*?\)|,.*)")
#: A name of several words takes the article if one of these is what it names; some States do by their names alone.
_NOUNS = re.compile(
    r"\b(?:academy|administration|agency|alliance|army|assembly|association|authority|bank|board|bureau|cabinet"
    r"|carabinieri|cent(?:er|re)s?|chamber|chiefs|coalition|college|command|commission|committee|commonwealth"
    r"|communit(?:y|ies)|confederation|conference|congress|consulate|convention|cooperation|corps|council|court"
    r"|delegation|department|directorate|division|embassy|emirates|federation|forces?|forum|foundation|fund"
    r"|gendarmerie|governorate|group|guard|headquarters|house|initiative|inspectorate|institute|institution|islands"
    r"|isle|kingdom|league|mechanism|ministry|mission|nations|navy|network|office|organi[sz]ation|parliament"
    r"|partnership|police|prefecture|presidency|programme|prosecutor|register|republic|sahel|school|secretariat"
    r"|section|see|senate|services?|society|states?|structure|summit|system|territor(?:y|ies)|treasury|tribunal|union"
    r"|unit)\b"
)
_STATES = re.compile(r"\b(?:bahamas|comoros|congo|gambia|maldives|netherlands|philippines)$")


def with_article(name: str) -> str:
    """Return a name with “the” where a sentence needs it; names of companies, cities and most States have none."""
    if name.lower().startswith("the "):
        return f"the {name[4:]}"
    words = _NOT_NAME.sub("", name).lower()
    needs = _STATES.search(words) or (" " in words.strip() and _NOUNS.search(words))
    return f"the {name}" if needs else name
