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
_HEADS_OF_STATES = frozenset({
    "emir", "emperor", "empress", "grand duke", "keiser", "king", "konig", "konigin", "koning", "kung",
    "minister president", "premier", "premierminister", "prime minister", "primeiro ministro", "prince", "princess",
    "primo ministro", "queen", "rainha", "re", "regina", "rei", "reina", "reine", "rey", "roi", "sultan",
})  # fmt: skip
_OF = frozenset({
    "al", "ale", "d", "da", "das", "de", "degli", "dei", "del", "dell", "della", "delle", "dello", "der", "des",
    "di", "do", "dos", "du", "fur", "im", "la", "of", "para", "per",
})  # fmt: skip
#: What an office is about, folded: with these and `_OF` alone behind the head it is one, and no name is lost.
_ABOUT = frozenset({
    "administracao", "agricultura", "auswartigen", "auswartiges", "conselho", "consiglio", "cultura", "defensa",
    "defesa",
    "difesa", "economia", "educacao", "educacion", "energia", "estado", "estrangeiros", "esteri", "exterior",
    "exteriores",
    "financas", "finanzas", "finanze", "finanzen", "gabinete", "giustizia", "governo", "inneren", "inneres", "innern",
    "interior", "interna", "interne", "interni", "interno", "judiciaria", "justica", "justicia", "justiz", "maior",
    "ministri", "ministros", "nacional", "nazionale", "negocios", "policia", "polizei", "polizia", "publica",
    "relacoes",
    "repubblica", "republica", "salud", "sanita", "saude", "seguranca", "seguridad", "sicherheit", "sicurezza",
    "transportes",
    "trasporti", "turismo", "verteidigung", "afacerilor", "wewnetrznych", "zagranicznych", "πολιτη",
})  # fmt: skip
#: The same, where a language puts nothing between it and the head.
_ABOUT_DIRECTLY = frozenset({
    "al", "obrony", "sprawiedliwosci", "spraw", "αμυνασ", "δικαιοσυνησ", "εθνικησ", "εξωτερικων", "εσωτερικων",
    "προστασιασ",
})  # fmt: skip
_TURKISH = re.compile(
    r"(?:(?:adalet|icisleri|disisleri|milli|savunma|maliye|hazine|saglik|egitim|kultur|ticaret|ve|turizm) )+bakani"
    r"|emniyet genel muduru|cumhurbaskani"
)
_GERMAN = re.compile(r"[a-z]{4,}(?:minister|prasident)(?:in)?")
#: In Cyrillic small letters follow a title, and a State at the end, in the genitive; a name has a capital.
_CYRILLIC = re.compile(
    r"(?:министр|міністр|министар|министър|премьер-министр|прем.єр-міністр|начальник|глава|председатель|голова|директор)"
    r"(?:\s+(?!(?:ас|аль|ал|ад|аш|эль|де|ди|да|ван|фон|бен|ибн)[\s-])[а-яёіїєґ-]+)+(?:\s+[А-ЯІЇЄ][а-яёіїєґ]+(?:ии|стана))?"
    r"|президент\s+(?:Р(?:еспублики|еспубліки)\s+[А-ЯІЇЄ].*|РФ|[А-ЯІЇЄ][а-яёіїєґ]+(?:ии|стана))"
)
_SIGNS = re.compile(
    r"(?:内閣総理|総理|外務|法務|財務|総務|防衛|内務|文部科学|厚生労働|農林水産|経済産業|国土交通|環境)大臣"
    r"|(?:公安|外交|国防|國防|司法|法务|法務|财政|財政|内政|內政|国家安全|教育|商务|商務)部{0,2}[长長]"
    r"|(?:법무|외교|국방|내무|행정안전|기획재정|교육)부?장관"
)


def in_signs(text: str) -> tuple[str, str]:
    """Return what stands in front of an office in Han signs or Hangul, a State or a name, and the office."""
    bare = re.sub(r"\s", "", text)
    found = _SIGNS.search(bare)
    return (bare[: found.start()], found[0]) if found and found.end() == len(bare) else ("", "")


def leads_a_state(words: Words) -> bool:
    """Tell whether these words before a State are its head or one of its government."""
    return " ".join(words) in _HEADS_OF_STATES | _HEADS


def is_office_elsewhere(words: Words, text: str) -> bool:
    """Tell whether folded words are an office and nothing else; in Cyrillic the `text`, for its capitals."""
    if len(words) == 1 and _GERMAN.fullmatch(words[0]):
        return True
    if _TURKISH.fullmatch(" ".join(words)) or _CYRILLIC.fullmatch(text[:1].casefold() + text[1:]):
        return True
    head = next((size for size in (2, 1) if " ".join(words[:size]) in _HEADS), 0)
    rest = words[head:]
    is_joined = bool(rest) and (rest[0] in _OF or rest[0] in _ABOUT_DIRECTLY)
    about = [word for word in rest if word not in _OF]
    return bool(head and about) and is_joined and all(word in _ABOUT | _ABOUT_DIRECTLY for word in about)
