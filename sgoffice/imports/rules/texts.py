"""Texts with separators: which encoding they are in, what separates their cells, and the rows."""

import csv
import io
from collections import Counter

from charset_normalizer import from_bytes

from sgoffice.imports.rules.sheets import LONGEST_CELL, Sheet, UnreadableFile, lines_of

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
#: Encodings that offices' programs write; what they share is tried in this order.
ENCODINGS = (
    "utf_8", "utf_16", "utf_16_le", "utf_16_be", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256",
    "mac_roman", "gb18030", "big5", "shift_jis", "euc_kr", "koi8_r",
)  # fmt: skip
_MARKS = ((b"\xef\xbb\xbf", "utf_8"), (b"\xff\xfe", "utf_16"), (b"\xfe\xff", "utf_16"))
_USUAL_SIGNS = frozenset("‘’“”„«»–—…°€•§·¡¿´\u00a0ªº")
_MOST_ACCENTS = 3  # of so many letters one has an accent at most
_SAMPLE = 50  # lines
_GUESSED = 200_000  # bytes
_BEGINNING = 1000  # bytes
_FEW, _MOST_CONTROLS = 2, 20  # of so many bytes one is a control character at most
#: Control characters: a text has hardly any.
_NO_TEXT = frozenset(range(32)) - frozenset(b"\t\n\r")
csv.field_size_limit(10 * LONGEST_CELL)


def read_text(content: bytes, *, encoding: str = "", separator: str = "") -> Sheet:
    """Return the rows of a text; what is not said is guessed. Raises UnreadableFile."""
    text, found = decoded(content, encoding)
    hint, text = _hint(text)
    separator = separator or hint or guess_separator(text)
    if separator not in SEPARATORS:
        raise UnreadableFile(f"Cells are separated by one of: {', '.join(SEPARATORS)}.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATORS[separator], strict=True)
    rows = []
    try:
        before = 0
        for row in reader:
            rows.append(row)
            # a row of several lines counts as one, as it does in a spreadsheet
            before = reader.line_num
    except csv.Error as error:
        where = f"after line {before}"
        raise UnreadableFile(f"The text cannot be read {where}: {error}. Look for a quotation mark there.") from None
    return Sheet("csv", lines_of(rows), encoding=found, separator=separator)


def decoded(content: bytes, encoding: str = "") -> tuple[str, str]:
    """Return a text and its encoding: the one that is said, that of its mark, UTF-8 if it is that, else the likeliest.

    Raises UnreadableFile.
    """
    if encoding and encoding not in ENCODINGS:
        raise UnreadableFile(f"Name one of these encodings: {', '.join(ENCODINGS)}.")
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    for name in [encoding or marked] if encoding or marked else [_guessed_wide(content), "utf_8"]:
        if name:
            try:
                return content.decode(name).removeprefix("\ufeff"), name
            except UnicodeDecodeError:
                continue
    if encoding or marked:
        raise UnreadableFile(f"The text is not in {encoding or marked}. Name another encoding, or leave it out.")
    name = guess_encoding(content)
    return content.decode(name, errors="replace"), name


def guess_encoding(content: bytes) -> str:
    """Return the likeliest of the encodings with one or two bytes a letter; Western European where nothing tells."""
    if _is_western(content[:_GUESSED].decode("cp1252", errors="replace")):
        return "cp1252"
    best = from_bytes(content[:_GUESSED], cp_isolation=list(ENCODINGS[4:])).best()
    return best.encoding if best is not None else "cp1252"


def _is_western(text: str) -> bool:
    """Tell whether a text reads well as Western European: accents here and there, and no sign that nobody types."""
    letters = [sign for sign in text if sign.isalpha()]
    accents = [sign for sign in letters if not sign.isascii()]
    odd = [sign for sign in text if not sign.isascii() and not sign.isalpha() and sign not in _USUAL_SIGNS]
    return not odd and _MOST_ACCENTS * len(accents) <= len(letters)


def guess_separator(text: str) -> str:
    """Return what separates the cells: what makes most of the first rows equally wide, the widest of those.

    Signs that stand before a space are mostly those of a text, and so are signs that the headings do not have: the
    commas in “Karner, Gerhard;Ministry of the Interior, Austria”.
    """
    sample = "".join(text.splitlines(keepends=True)[:_SAMPLE])
    return max(SEPARATORS, key=lambda one: _evenness(sample, one))


def _evenness(sample: str, separator: str) -> tuple[float, int]:
    try:
        rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=SEPARATORS[separator]) if row]
    except csv.Error:
        return 0.0, 0
    # a quotation mark inside a cell was meant to hold it together
    widths = Counter(len(row) for row in rows if not any('"' in cell for cell in row))
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0, 0
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    behind = [cell for row in rows for cell in row[1:] if cell]
    is_of_text = sum(cell.startswith(" ") for cell in behind) * 2 > len(behind)
    doubts = is_of_text + (len(rows[0]) == 1)
    return count / len(rows) / 2**doubts, width


def _hint(text: str) -> tuple[str, str]:
    """Return the separator that the first line names for Excel (`sep=;`), and the rest of the text."""
    first, _, rest = text.partition("\n")
    first = first.strip("\r ")
    names = {sign: name for name, sign in SEPARATORS.items()}
    if first.lower().startswith("sep=") and first[4:] in names:
        return names[first[4:]], rest
    return "", text


def _guessed_wide(content: bytes) -> str:
    """Return UTF-16 without a mark where every other byte is mostly zero; raises UnreadableFile for no text at all."""
    sample = content[:_BEGINNING]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 >= len(sample) > 1:
        return "utf_16_be" if even > odd else "utf_16_le"
    if sum(byte in _NO_TEXT for byte in sample) > _FEW + len(sample) // _MOST_CONTROLS:
        raise UnreadableFile("This is no spreadsheet: send CSV, XLSX or ODS.")
    return ""
