"""Compile the tables in `data/` from public ones; run by `make places`, never by the register itself.

Sources, each at the version in `data/sources.txt`: Unicode CLDR as Babel ships it (Unicode-3.0), the Debian project's
iso-codes as pycountry ships them (LGPL-2.1: ISO 3166 names and their translations), the taxonomy of UN OCHA in
hdx-python-country (MIT: the United Nations' short and formal names), OpenSanctions' rigour (MIT: spellings met in the
field), and `data/known_names.json`, written by hand.
"""

import csv
import gettext
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module, resources
from pathlib import Path
from typing import Any

from sgoffice.places.keys import place_key

_DATA = Path(__file__).parent / "data"
#: The languages of the United Nations come first wherever only some are kept.
_FIRST_LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
_SOURCES = 3  # languages that are kept for a name
#: How sure a name is: the State's own, one that several have, a part of it, a spelling that was met somewhere.
OWN, SHARED, PART, LOOSE = "=", "?", "<", "~"
_SHORTEST_LOOSE = 4  # letters: shorter words that were met somewhere say nothing
_BY_HAND = 1000  # the weight of what `known_names.json` says: no table overrules it
_NO_COUNTRIES = {"EU", "UN", "EZ", "QO", "XA", "XB", "ZZ"}
#: Codes of ISO 3166-3 for a State that goes on under another name: they lead to it.
_RENAMED = {
    "AIDJ": "DJ", "BUMM": "MM", "BYAA": "BY", "DYBJ": "BJ", "FXFR": "FR", "HVBF": "BF", "NHVU": "VU", "RHZW": "ZW",
    "TPTL": "TL", "VDVN": "VN", "ZRCD": "CD",
}  # fmt: skip
_RIGOUR_CODES = {"an": "ANHH", "cshh": "CSHH", "csxx": "CSXX", "dd": "DDDE", "suhh": "SUHH", "yucs": "YUCS", "zr": "CD"}
_RESERVED = (
    {"code": "UK", "stands_for": "GB", "note": "exceptionally reserved"},
    {"code": "EL", "stands_for": "GR", "note": "usage of the European Union"},
    {"code": "ROM", "stands_for": "RO", "until": "2002-02-01", "note": "former alpha-3"},
    {"code": "AC", "stands_for": "SH", "note": "exceptionally reserved: Ascension Island"},
    {"code": "TA", "stands_for": "SH", "note": "exceptionally reserved: Tristan da Cunha"},
    {"code": "EA", "stands_for": "ES", "note": "exceptionally reserved: Ceuta and Melilla"},
    {"code": "IC", "stands_for": "ES", "note": "exceptionally reserved: Canary Islands"},
    {"code": "CP", "stands_for": "FR", "note": "exceptionally reserved: Clipperton Island"},
    {"code": "DG", "stands_for": "IO", "note": "exceptionally reserved: Diego Garcia"},
    {"code": "XKX", "stands_for": "XK", "note": "user-assigned"},
    {"code": "XKV", "stands_for": "XK", "note": "user-assigned"},
    {"code": "KOS", "stands_for": "XK", "note": "user-assigned"},
    {"code": "UNK", "stands_for": "XK", "note": "user-assigned, in passports"},
)


@dataclass
class _Name:
    """What is known of one key: how sure it is of each country, its usual spelling, its languages."""

    sure: dict[str, str] = field(default_factory=dict)
    votes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    spelling: str = ""
    languages: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Row:
    code: str
    name: str
    language: str
    sure: str
    weight: int


def compile_tables() -> None:
    """Write `names.tsv.gz` and `codes.json` anew."""
    codes = _codes()
    known: dict[str, _Name] = defaultdict(_Name)
    for row in _rows():
        _add(known, row, codes["labels"])
    lines = sorted(_line(key, name) for key, name in known.items() if key)
    packed = gzip.compress(("\n" + "\n".join(lines) + "\n").encode(), 9, mtime=0)
    (_DATA / "names.tsv.gz").write_bytes(packed)
    text = json.dumps(codes, ensure_ascii=False, indent=1)
    (_DATA / "codes.json").write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(lines)} names of {len(codes['labels'])} States and territories\n")


def _rows() -> Iterator[_Row]:
    """Yield every name; what is said first about a name in a language weighs most."""
    by_hand = _by_hand()
    for one in by_hand["strong"]:
        yield _Row(one["code"], one["name"], one.get("language", ""), OWN, _BY_HAND)
    for one in by_hand["weak"]:
        yield _Row(one["code"], one["name"], "en", PART if "part of" in one.get("note", "") else SHARED, _BY_HAND)
    for one in by_hand["adjectives"]:
        yield from (_Row(code, one["name"], "", LOOSE, _BY_HAND) for code in one["codes"])
    yield from _of_the_united_nations()
    yield from _of_cldr()
    yield from _of_iso()
    yield from _of_rigour()


def _by_hand() -> dict[str, Any]:
    return json.loads((_DATA / "known_names.json").read_text(encoding="utf-8"))


def _of_the_united_nations() -> Iterator[_Row]:
    folder = resources.files(import_module("hdx.location"))
    file = next(item for item in folder.iterdir() if item.name.endswith(".csv"))
    with file.open(encoding="utf-8-sig") as text:
        for row in csv.DictReader(text):
            code = row["ISO 3166-1 Alpha 2-Codes"] or {"XK": "XK", "AN": "ANHH"}.get(row["x Alpha2 codes"], "")
            for column, name in row.items():
                language = _language_of(column)
                if code and language and name:
                    yield _Row(code, name, language, OWN, 500 if language == "en" else 100)


def _language_of(column: str) -> str:
    words = {"English": "en", "French": "fr", "Spanish": "es", "Russian": "ru", "Chinese": "zh", "Arabic": "ar"}
    if column in ("Preferred Term", "ISO Alt Term", "DGACM Alt Term", "HPC Tools Alt Term", "RW Short Name"):
        return "en"
    return next((code for word, code in words.items() if word in column), "")


def _of_cldr() -> Iterator[_Row]:
    localedata = import_module("babel.localedata")
    for locale in localedata.locale_identifiers():
        language = locale.split("_")[0]
        for code, name in localedata.load(locale).get("territories", {}).items():
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES:  # noqa: PLR2004 - of ISO 3166-1
                yield _Row(code, name, language, OWN, 500 if language == "en" else 10)


def _of_iso() -> Iterator[_Row]:
    pycountry = import_module("pycountry")
    for folder in sorted(Path(pycountry.LOCALES_DIR).iterdir()):
        if not (folder / "LC_MESSAGES" / "iso3166-1.mo").exists():
            continue
        language, translated = folder.name.split("_")[0], gettext.translation("iso3166-1", folder.parent, [folder.name])
        for country in pycountry.countries:
            for name in _iso_names(country):
                if (spelled := translated.gettext(name)) != name:
                    yield _Row(country.alpha_2, spelled, language, OWN, 2)
    for country in pycountry.countries:
        yield from (_Row(country.alpha_2, name, "en", OWN, 500) for name in _iso_names(country))


def _iso_names(country: Any) -> list[str]:
    names = [getattr(country, kind, "") for kind in ("name", "common_name", "official_name")]
    return [name for name in names if name]


def _of_rigour() -> Iterator[_Row]:
    settled = {one["name"].lower() for one in _by_hand()["adjectives"]}
    for line in import_module("rigour._core").territories_jsonl().splitlines():
        row = json.loads(line) if line.strip() else {}
        code = _RIGOUR_CODES.get(row.get("code", ""), row.get("code", "").upper())
        if code and "-" in code:
            parent = str(row.get("parent") or code.split("-")[0]).upper()
            yield from (_Row(parent, name, "", PART, 1) for name in (row["name"], row["full_name"]))
        elif (code and not row.get("is_historical")) or code in _RIGOUR_CODES.values():
            yield from (_Row(code, name, "", OWN, 5) for name in (row["name"], row["full_name"], *row["names_strong"]))
            weak = [name for name in row["names_weak"] if len(name) >= _SHORTEST_LOOSE and name.lower() not in settled]
            yield from (_Row(code, name, "", LOOSE, 1) for name in weak)


def _add(known: dict[str, _Name], row: _Row, labels: dict[str, str]) -> None:
    if row.code not in labels:
        return
    for spelling in _spellings(row.name):
        name = known[place_key(spelling)]
        before = name.sure.get(row.code, PART)
        is_settled = name.votes[row.code] >= _BY_HAND
        name.sure[row.code] = before if is_settled else max(before, row.sure, key=(PART + LOOSE + SHARED + OWN).index)
        name.votes[row.code] += row.weight
        name.spelling = name.spelling or spelling
        if row.language:
            name.languages.add(row.language)


def _spellings(name: str) -> Iterable[str]:
    """Yield a name, and the name in the usual order where an article or a form stands behind a comma or in brackets."""
    name = name.strip()
    yield name
    if name.count(", ") == 1:
        short, form = name.split(", ")
        if form.lower().endswith((" of", " of the", " de", " du", " de la")):
            yield f"{form} {short}"
    if name.endswith(" (the)"):
        yield name.removesuffix(" (the)")


def _line(key: str, name: _Name) -> str:
    """Return a line of the table: the key, each country with how sure it is, the spelling, the first languages."""
    most = max(name.votes.values())
    sure = {}
    for code, kind in name.sure.items():
        own = kind == OWN and name.votes[code] * 10 <= most and len(name.sure) > 1
        sure[code] = LOOSE if own else kind
    codes = ",".join(f"{code}{kind}" for code, kind in sorted(sure.items()))
    order = sorted(name.languages, key=lambda one: (one not in _FIRST_LANGUAGES, one))
    return "\t".join((key, codes, name.spelling.replace("\t", " "), ",".join(order[:_SOURCES])))


def _codes() -> dict[str, Any]:
    """Return the table of codes: the records with their English labels, and what leads to them."""
    pycountry, localedata = import_module("pycountry"), import_module("babel.localedata")
    english = localedata.load("en")["territories"]
    labels = {one.alpha_2: english[one.alpha_2] for one in pycountry.countries} | {"XK": english["XK"]}
    codes: list[dict[str, str]] = list(_RESERVED)
    for one in pycountry.countries:
        codes += [{"code": one.alpha_3, "stands_for": one.alpha_2}, {"code": one.numeric, "stands_for": one.alpha_2}]
    for one in pycountry.historic_countries:
        record = _RENAMED.get(one.alpha_4, one.alpha_4)
        if record == one.alpha_4:
            labels[record] = one.name
        former = {one.alpha_4, one.alpha_2, one.alpha_3} - {record}
        codes += [
            {"code": code, "stands_for": record, "until": one.withdrawal_date, "note": one.name}
            for code in sorted(former)
        ]
    return {
        "organizations": {"EU": "European Union", "UN": "United Nations"},
        "labels": dict(sorted((labels | _by_hand()["labels"]).items())),
        "codes": sorted(codes, key=lambda one: (one["code"], one["stands_for"])),
    }
