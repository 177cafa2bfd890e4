"""Where the headings of a sheet stand, and which field each column is likely to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sgoffice.imports.rules.sheets import Line, Merge, Sheet
from sgoffice.search.folding import fold
from sgoffice.search.likeness import ratio

#: Rows from the top in which headings are looked for: above them stand titles and stamps.
_DEEPEST = 15
_DEPTHS = (1, 2, 3)
_ALIKE = 0.86  # from here on a heading is another one misspelt
_CLEAR = 0.5  # below it a heading says nothing
_FEWEST = 2
#: Headings by field, folded or not, in any language.
Known = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Headings:
    """The rows with headings, the text of each column's, and the field that it is likely to be."""

    rows: tuple[int, ...]
    texts: tuple[str, ...]
    fields: Mapping[int, str]


def find_headings(sheet: Sheet, known: Known) -> Headings:
    """Return the one to three rows near the top whose headings mean most fields; the fewest where they are as good."""
    tried = [Headings((), (), {})]
    for place in range(min(_DEEPEST, len(sheet.lines))):
        tried += [headings_at(sheet, place, depth, known) for depth in _DEPTHS if place + depth <= len(sheet.lines)]
    best = max(tried, key=lambda one: (len(one.fields), -len(one.rows), -_first(one)))
    return best if len(best.fields) >= _FEWEST else tried[0]


def headings_in(sheet: Sheet, numbers: Sequence[int], known: Known) -> Headings:
    """Return the headings in these rows, which somebody named."""
    lines = [line for line in sheet.lines if line.number in numbers]
    return _joined(sheet, lines, known)


def headings_at(sheet: Sheet, place: int, depth: int, known: Known) -> Headings:
    """Return the headings in so many lines from a place on."""
    return _joined(sheet, sheet.lines[place : place + depth], known)


def guess_fields(texts: Sequence[str], known: Known) -> dict[int, str]:
    """Return the likeliest field of each column, each field once: the clearest heading first."""
    folded = {field: [fold(one) for one in names] for field, names in known.items()}
    scored = [
        (_score(text, names), -column, column, field)
        for column, text in enumerate(texts)
        if text
        for field, names in folded.items()
    ]
    found: dict[int, str] = {}
    for score, _, column, field in sorted(scored, reverse=True):
        if score >= _CLEAR and column not in found and field not in found.values():
            found[column] = field
    return found


def _joined(sheet: Sheet, lines: Sequence[Line], known: Known) -> Headings:
    rows = [_spread(line, sheet.merges, sheet.width, is_last=line is lines[-1]) for line in lines]
    texts = tuple(" ".join(dict.fromkeys(row[column] for row in rows if row[column])) for column in range(sheet.width))
    return Headings(tuple(line.number for line in lines), texts, guess_fields(texts, known))


def _spread(line: Line, merges: Sequence[Merge], width: int, *, is_last: bool) -> list[str]:
    """Return the headings of a row; one above several columns stands above each of them.

    In a text, which has no merged cells, one stands above the blank columns behind it too.
    """
    cells = list(line.cells) + [""] * (width - len(line.cells))
    for merge in merges:
        if merge.top <= line.number <= merge.bottom and merge.left < len(line.cells):
            for column in range(merge.left + 1, min(merge.right, width - 1) + 1):
                cells[column] = cells[column] or cells[merge.left]
    if not merges and not is_last:
        for column in range(1, width):
            cells[column] = cells[column] or cells[column - 1]
    return cells


def _score(text: str, names: Sequence[str]) -> float:
    """Return how surely a heading is one of these names: all of it, its last words, or nearly all of it."""
    heading = fold(text)
    if not heading:
        return 0.0
    if heading in names:
        return 1.0
    words = heading.split()
    best = 0.0
    for name in names:
        size = len(name.split())
        if words[-size:] == name.split():
            best = max(best, 0.7 + 0.2 * size / len(words))
        elif words[:size] == name.split():
            best = max(best, 0.55 + 0.2 * size / len(words))
        elif (alike := ratio(heading, name)) >= _ALIKE:
            best = max(best, alike * 0.9)
    return best


def _first(headings: Headings) -> int:
    return headings.rows[0] if headings.rows else 0
