"""How Japanese names in Han signs are read: by a table of family and given names. Pure functions of text.

The table is compiled by `japanese_gathering`. What it says is a guess: a name has several readings, and the same
signs may be a Chinese name.
"""

import gzip
import re
from functools import cache, lru_cache
from itertools import chain, product
from pathlib import Path

from sgoffice.search.han import JAPANESE, readings_of_sign
from sgoffice.search.kana import kana_in_latin

FILE = Path(__file__).parent / "tables" / "japanese_names.tsv.gz"
#: What a line of the table is about: a family name, a given name, a sign of given names.
FAMILY, GIVEN, SIGN = "姓", "名", "字"
_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_NAME = re.compile(rf"(?=.*[{_HAN}])[{_HAN}\u3041-\u3096\u30a1-\u30fa\u30fc]{{2,8}}")
_HAN_ONLY = re.compile(f"[{_HAN}]+")
_MOST = 4  # readings of a given name
_LONGEST_FAMILY, _LONGEST_GIVEN = 5, 4


def is_han(text: str) -> bool:
    """Tell whether a text has Han signs, Chinese or Japanese."""
    return _HAN_ONLY.search(text) is not None


@lru_cache(maxsize=4096)
def japanese_readings(name: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return how the family name and the given name of a folded name may be read; nothing if it is no such name.

    A space shows where the given name begins; else the table does, and what it knows surely comes first.
    """
    words = name.split()
    joined = "".join(words)
    if len(words) not in (1, 2) or not _NAME.fullmatch(joined):
        return None
    cuts = [len(words[0])] if len(words) > 1 else range(1, min(len(joined), _LONGEST_FAMILY + 1))
    pairs = [(_read(FAMILY, joined[:cut]), _given(joined[cut:]), _read(GIVEN, joined[cut:])) for cut in cuts]
    found = [(family, given) for family, given, known in pairs if family and known]
    found = found or [(family, given) for family, given, _ in pairs if family and given][-1:]
    if not found:
        return None
    families, givens = (tuple(dict.fromkeys(chain.from_iterable(each))) for each in zip(*found, strict=True))
    return families, givens


def _given(name: str) -> tuple[str, ...]:
    """Return the readings of a given name, those that are put together from its signs if the table does not know it."""
    known = _read(GIVEN, name)
    if len(name) == 1:  # a sign by itself is a name in each of its readings
        return tuple(dict.fromkeys((*known, *readings_of_sign(name, JAPANESE))))
    if known or len(name) > _LONGEST_GIVEN:
        return known
    signs = [_read(SIGN, sign) if _HAN_ONLY.match(sign) else (kana_in_latin(sign),) for sign in name]
    if not _HAN_ONLY.search(name):
        return (kana_in_latin(name),)
    return tuple("".join(one) for one in product(*signs))[:_MOST] if all(signs) else ()


def _read(kind: str, name: str) -> tuple[str, ...]:
    """Return the readings of a name, the most usual first."""
    readings = _table().get(kind + name, "")
    return tuple(readings.split(",")) if readings else ()


@cache
def _table() -> dict[str, str]:
    lines = gzip.decompress(FILE.read_bytes()).decode().splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))
