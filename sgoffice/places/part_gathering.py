"""Compile the names of the parts of States that may have ministers of their own; run by `make places`.

From the Debian project's iso-codes as pycountry ships them (LGPL-2.1: ISO 3166-2 and its translations) and from
OpenSanctions' rigour (MIT). What has no government of its own (municipalities, districts, departments) is left out.
"""

import gettext
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from sgoffice.places.keys import place_key
from sgoffice.places.names import meaning_of

_FILE = Path(__file__).parent / "data" / "parts.tsv.gz"
_WITH_A_GOVERNMENT = frozenset({
    "State", "Province", "Region", "Land", "Canton", "Republic", "Emirate", "Autonomous region", "Autonomous republic",
    "Autonomous community", "Autonomous province", "Autonomous district", "Union territory", "Territory", "Country",
    "Regional state", "Entity", "Federal district", "Geographical unit", "Oblast", "Krai", "Nation",
    "Federal territory",
})  # fmt: skip
#: Member states of Somalia, which ISO 3166-2 does not list.
_OF_NEITHER = (("SO", "Puntland"), ("SO", "Jubaland"), ("SO", "Galmudug"), ("SO", "Hirshabelle"))
_LANGUAGES = ("fr", "es", "de", "it", "pt", "nl")


def compile_parts() -> None:
    """Write `parts.tsv.gz` anew: the key of each name, and the States that it is a part of."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, name in (*_of_iso(), *_of_rigour(), *_OF_NEITHER):
        for spelling in _spellings(name):
            key = place_key(spelling)
            if key and not meaning_of(spelling).own:
                found[key].add(code)
    lines = [f"{key}\t{','.join(sorted(codes))}" for key, codes in sorted(found.items())]
    _FILE.write_bytes(gzip.compress(("\n" + "\n".join(lines) + "\n").encode(), 9, mtime=0))


def _of_iso() -> Iterator[tuple[str, str]]:
    pycountry = import_module("pycountry")
    tables = [gettext.translation("iso3166-2", pycountry.LOCALES_DIR, [one]) for one in _LANGUAGES]
    for part in pycountry.subdivisions:
        if part.type in _WITH_A_GOVERNMENT:
            for name in {part.name, *(table.gettext(part.name) for table in tables)}:
                yield part.country_code, name


def _of_rigour() -> Iterator[tuple[str, str]]:
    for line in import_module("rigour._core").territories_jsonl().splitlines():
        row = json.loads(line) if line.strip() else {}
        code = str(row.get("code", "")).upper()
        if "-" in code:
            parent = str(row.get("parent") or code.split("-")[0]).upper()
            names = (row["name"], row["full_name"], *row["names_strong"])
            yield from ((parent, name) for name in names if len(name) > 3)  # noqa: PLR2004 - no acronyms


def _spellings(name: str) -> Iterator[str]:
    """Yield a name without what stands in brackets, and in the usual order: “Tatarstan, Respublika”."""
    for one in name.split(" ["):
        bare, comma, form = one.removesuffix("]").partition(", ")
        yield bare
        if comma:
            yield f"{form} {bare}"
