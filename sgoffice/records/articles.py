"""The definite article that a name takes inside an English sentence: “the African Union”, but “INTERPOL”."""

import re

_NOT_NAME = re.compile(r"\s*(?:\(.*?\)|,.*)")
#: A name of several words takes the article if one of these is what it names; some States do by their names alone.
_NOUNS = re.compile(
    r"\b(?:academy|agency|alliance|assembly|association|authority|bank|board|bureau|cent(?:er|re)s?|chamber|chiefs"
    r"|coalition|college|commission|committee|commonwealth|communit(?:y|ies)|conference|congress|confederation"
    r"|convention|cooperation|council|court|cabinet|department|directorate|division|emirates|federation|forces?|forum"
    r"|foundation|fund|governorate|group|headquarters|initiative|institute|institution|islands|kingdom|league"
    r"|mechanism|mission|ministry|nations|network|office|organi[sz]ation|parliament|partnership|police|presidency"
    r"|programme|prosecutor|register|republic|sahel|school|secretariat|section|see|senate|services?|society|states?"
    r"|structure|summit|system|territor(?:y|ies)|tribunal|union|unit)\b"
)
_STATES = re.compile(r"\b(?:bahamas|comoros|congo|gambia|maldives|netherlands|philippines)$")


def with_article(name: str) -> str:
    """Return a name with “the” where a sentence needs it; names of companies, cities and most States have none."""
    if name.lower().startswith("the "):
        return f"the {name[4:]}"
    words = _NOT_NAME.sub("", name).lower()
    needs = _STATES.search(words) or (" " in words.strip() and _NOUNS.search(words))
    return f"the {name}" if needs else name
