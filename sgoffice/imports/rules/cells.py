"""Cells that have no value of their own: “as above”, “none”, a fault of a formula; and rows that only sum up."""

import re
from collections.abc import Iterator, Sequence

#: What stands for a formula whose result no program has stored.
WITHOUT_RESULT = "#NO RESULT!"
_ERROR = re.compile(
    r"#¡?(?:REF|VALUE|DIV/0|NULL|NUM|SPILL|CALC|FIELD|BLOCKED|CONNECT|BUSY|UNKNOWN|VALEUR|NUL|NOMBRE|VALOR|NULO|BEZUG"
    r"|WERT)!|#¿?(?:NAME|NOM|NOMBRE)\?|#N/[AD]|#NV|#GETTING_DATA|Err:\d{3}"
)
_DITTO = frozenset({
    "idem", "id.", "ídem", "ditto", "dito", "do.", "same", "same as above", "same as before", "as above", "see above",
    "ibid", "ibid.", "ibidem", "le même", "la même", "les mêmes", "comme ci-dessus", "voir ci-dessus", "el mismo",
    "la misma", "los mismos", "lo mismo", "igual", "igual que arriba", "véase arriba", "نفسه", "كما سبق", "كما أعلاه",
    "المذكور أعلاه",
})  # fmt: skip
#: Signs that stand alone for what is above: ", ″, 〃, -"-.
_DITTO_SIGNS = re.compile(r"[-–—\s]*(?:[\"“”„″〃]|''|,,|´´|``)[-–—\s\"“”„″〃]*")
_NOTHING = frozenset({
    "-", "--", "---", "–", "—", "/", ".", "n/a", "n.a.", "n/d", "n.d.", "s/o", "s.o.", "s. o.", "none", "néant", "nada",
    "ninguno", "ninguna", "aucun", "aucune", "sans objet", "not applicable", "لا يوجد", "لا شيء",
})  # fmt: skip
_SUM = re.compile(r"(?:grand |general |sub|sous|sub)?[ -]?tot(?:al|aux|ales|als)\b|الإجمالي|المجموع", re.IGNORECASE)
_FOOTNOTE = re.compile(
    r"(?:\*+|[¹²³†‡]|\(\*+\)|(?:notes?|n\.?b\.?|source|sources|nota|legend|légende)\s*:)\s*\S", re.IGNORECASE
)
_FIGURE = re.compile(r"[\d\s.,%€$]+")
_FEW = 3  # columns: a list with fewer has rows with one cell


def filled_from_above(rows: Sequence[Sequence[str]], width: int) -> Iterator[list[str]]:
    """Yield the cells of each row, those that say “as above” with what stands above them.

    One that has nothing above it stays as it is, and is a fault. Rows beside the list are passed over.
    """
    above: list[str] = []
    for row in rows:
        found = list(row)
        for column, text in enumerate(found):
            if says_as_above(text) and column < len(above) and above[column]:
                found[column] = above[column]
        yield found
        if not is_beside_the_list(found, width):
            above = found


def says_as_above(text: str) -> bool:
    """Tell whether a cell says that it repeats the one above it."""
    return text.lower() in _DITTO or bool(text and _DITTO_SIGNS.fullmatch(text))


def says_nothing(text: str) -> bool:
    """Tell whether a cell says that there is nothing to say."""
    return text.lower() in _NOTHING


def fault_of(text: str) -> str:
    """Return why a cell is no value that anybody typed, and what to do; empty for one that is."""
    if text == WITHOUT_RESULT:
        return (
            "The formula in this cell has no stored result: open the file in a spreadsheet program and save it, "
            "or write the value."
        )
    if _ERROR.fullmatch(text):
        return f"The formula in this cell has failed ({text}): correct it, or write the value."
    if says_as_above(text):
        return f"“{text[:40]}” repeats the cell above, and there is nothing in it: write what is meant."
    return ""


def is_beside_the_list(cells: Sequence[str], width: int) -> bool:
    """Tell whether a row only sums up others, or is a note below the list."""
    said = [text for text in cells if text]
    if not said:
        return False
    first, *rest = said
    if _SUM.match(first):
        return all(_FIGURE.fullmatch(text) or fault_of(text) for text in rest)
    return not rest and width >= _FEW and bool(_FOOTNOTE.match(first))
