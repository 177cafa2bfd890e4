"""Offices in languages that the table of titles does not have, told by what they are about. Pure functions of text.

“Ministro da Justiça” is an office and “Ministro da Silva” a name: what tells them apart is the word behind.
"""

import re

from engagements.rules.titles import Words

#: Who leads what is about something, folded. Where a State follows, a word of these is an office by itself.
_HEADS = frozenset({
    "bundesminister", "bundesministerin", "capo", "chef", "chefe", "director", "jefe", "minister", "ministerin",
    "ministra", "ministre", "ministro", "ministru", "ministrul", "prasident", "prasidentin", "president",
    "presidente", "secretario", "segretario", "staatssekretar", "vice ministro", "vicepresidente", "υπουργοσ",
})  # fmt: skip
#: Who leads a State; a name as well, where no State follows.
_OF_STATES = frozenset({
    "emir", "emperor", "empress", "grand duke", "keiser", "king", "konig", "konigin", "koning", "kung",
    "minister president", "premier", "premierminister", "prime minister", "primeiro ministro", "prince", "princess",
    "primo ministro", "queen", "rainha", "re", "regina", "rei", "reina", "reine", "rey", "roi", "sultan",
})  # fmt: skip
_OF = frozenset({
    "al", "ale", "d", "da", "das", "de", "degli", "dei", "del", "dell", "della", "delle", "dello", "der", "des",
    "di", "do", "dos", "du", "fur", "im", "la", "of", "para", "per",
})  # fmt: skip
#: The first letters of what an office is about, folded.
_ABOUT = (
    "administra", "afaceri", "agricult", "auswartig", "cultur", "defens", "defes", "difesa", "economi", "educa",
    "energ", "estado maior", "estrangeir", "exterior", "esteri", "financ", "finanz", "gabinet", "governo", "inner",
    "interior", "interieur", "interno", "justi", "giustizia", "policia", "police", "polizei", "polizia",
    "presiden", "repubblica", "republica", "sanita", "saude", "seguranca", "sicherheit", "sicurezza", "spraw",
    "sprawiedliw", "transport", "turism", "verteidig", "αμυν", "δικαιοσυν", "εξωτερικ", "εσωτερικ", "προστασι",
)  # fmt: skip
_GERMAN = re.compile(r"[a-z]{4,}(?:minister|prasident)(?:in)?")
_CYRILLIC = re.compile(
    r"(?:министр|міністр|министар|министър|президент|премьер-министр|прем.єр-міністр|начальник|глава|председатель|"
    r"голова|директор)\s+(?:[а-яёіїєґ]|республик|республік)",
)
_SIGNS = re.compile(
    r"(?:内閣総理|総理|外務|法務|財務|総務|防衛|内務|文部科学|厚生労働|農林水産|経済産業|国土交通|環境)大臣"
    r"|(?:公安|外交|国防|國防|司法|法务|法務|财政|財政|内政|內政|国家安全|教育|商务|商務)部?[部长長]{1,2}"
    r"|(?:법무|외교|국방|내무|행정안전|기획재정|교육)부?장관"
)


def in_signs(text: str) -> tuple[str, str]:
    """Return what stands in front of an office in Han signs or Hangul, a State or a name, and the office."""
    bare = re.sub(r"\s", "", text)
    found = _SIGNS.search(bare)
    return (bare[: found.start()], found[0]) if found and found.end() == len(bare) else ("", "")


def leads_a_state(words: Words) -> bool:
    """Tell whether these words before a State are its head or one of its government."""
    return " ".join(words) in _OF_STATES | _HEADS


def is_office_elsewhere(words: Words, text: str) -> bool:
    """Tell whether folded words are an office; in Cyrillic its `text` too, where a small letter follows the title."""
    if len(words) == 1:
        return _GERMAN.fullmatch(words[0]) is not None
    if words and words[-1] in {"bakani", "baskani", "muduru"}:
        return True
    small = text[:1].casefold() + text[1:]
    if _CYRILLIC.match(small) or re.match(r"президент\s+Р", small):
        return True
    head = next((size for size in (2, 1) if " ".join(words[:size]) in _HEADS), 0)
    rest = words[head:]
    while rest and rest[0] in _OF:
        rest = rest[1:]
    return bool(head and rest) and " ".join(rest).startswith(_ABOUT)
