"""How Han signs are read in Cantonese, Korean and Japanese, and names of them in Hokkien. Pure functions of text.

The table of signs is compiled by `han_gathering`. What it says is a guess: whose name it is nobody can see.
"""

import gzip
import re
from functools import cache, lru_cache
from pathlib import Path

from anyascii import anyascii

from sgoffice.search.cantonese import in_cantonese
from sgoffice.search.korean import KOREAN_FAMILIES, korean_name_in_latin

FILE = Path(__file__).parent / "tables" / "han_readings.tsv.gz"
#: The columns of the table behind the sign.
CANTONESE, KOREAN, JAPANESE = 0, 1, 2
_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_KOREAN_NAME = 3  # signs
_NOTHING = ("", "", "")
#: Family names as they are written in Singapore, Malaysia and the Philippines, of Hokkien and Teochew bearers.
_HOKKIEN = {
    "陈": "tan", "陳": "tan", "林": "lim", "吴": "goh", "吳": "goh", "黄": "ng", "黃": "ng", "王": "ong", "张": "teo",
    "張": "teo", "蔡": "chua", "郑": "tay", "鄭": "tay", "许": "koh", "許": "koh", "谢": "chia", "謝": "chia",
    "周": "chew", "洪": "ang", "杨": "yeo", "楊": "yeo", "刘": "low", "劉": "low", "郭": "kuek", "沈": "sim",
    "梁": "neo", "李": "lee", "卢": "loh", "盧": "loh", "罗": "loh", "羅": "loh", "曾": "chan", "苏": "soh",
    "蘇": "soh", "叶": "yap", "葉": "yap", "白": "peh", "何": "ho", "潘": "phua", "赖": "lye", "賴": "lye",
    "孙": "sng", "孫": "sng", "施": "see", "余": "ee",
}  # fmt: skip


@lru_cache(maxsize=4096)
def other_han_readings(name: str) -> tuple[str, ...]:
    """Return how a folded name of two to four Han signs is read otherwise than in Mandarin and Japanese."""
    signs = name.replace(" ", "")
    if not _NAME.fullmatch(signs):
        return ()
    cantonese = [in_cantonese(one[0]) if (one := readings_of_sign(sign, CANTONESE)) else ("", "") for sign in signs]
    found = [" ".join(each) for each in zip(*cantonese, strict=True)] if all(one for one, _ in cantonese) else []
    mandarin = [anyascii(sign).lower() for sign in signs[1:]]
    families = (_HOKKIEN.get(signs[0], ""), *cantonese[0])
    found += [" ".join((family, *mandarin)) for family in families if family]
    return tuple(dict.fromkeys((*found, *_in_korean(signs))))


def _in_korean(signs: str) -> tuple[str, ...]:
    """Return the name as a Korean one: a family name that Koreans have, and two signs."""
    readings = [readings_of_sign(sign, KOREAN) for sign in signs]
    family = next((one for one in readings[0] if one in KOREAN_FAMILIES), "")
    if len(signs) != _KOREAN_NAME or not family or not all(readings):
        return ()
    name = korean_name_in_latin(family + "".join(one[0] for one in readings[1:]))
    return (" ".join(anyascii(one).lower() for one in (name.split() if " " in name else name)),)


def readings_of_sign(sign: str, column: int) -> tuple[str, ...]:
    """Return how a sign is read in a language, the most usual first."""
    readings = _table().get(sign, _NOTHING)[column]
    return tuple(readings.split(",")) if readings else ()


@cache
def _table() -> dict[str, tuple[str, ...]]:
    lines = gzip.decompress(FILE.read_bytes()).decode().splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {sign: tuple(columns) for sign, *columns in rows}
