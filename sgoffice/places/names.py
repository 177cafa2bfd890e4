"""Whom a name means among all States and territories: exact names, in any language. Nothing is guessed here."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from sgoffice.places.keys import place_key

_FILE = Path(__file__).parent / "data" / "names.tsv.gz"
#: How sure a name is, as the table says it: a State's own, shared by several, of a part of it, met somewhere.
_OWN, _SHARED, _PART, _LOOSE = "=?<~"
_SHORT = 3  # letters: accents and capitals tell such a name from an acronym
_COMMON = frozenset({"ar", "en", "es", "fr", "ru", "zh"})


@dataclass(frozen=True)
class Meaning:
    """The codes of the countries that a name may mean, by how sure that is, and its usual spelling.

    `own` are those whose name it is. Others are called so as well (`shared`), it is a part of theirs (`parts`), or it
    was met as a spelling of theirs (`loose`).
    """

    own: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    spelling: str = ""
    languages: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.own or self.shared or self.parts or self.loose)

    @property
    def sure(self) -> str:
        """The code of the only country that it can mean, or nothing."""
        return self.own[0] if len(self.own) == 1 and not self.shared else ""

    @property
    def is_common(self) -> bool:
        """Whether it is said so in a language of the United Nations."""
        return not _COMMON.isdisjoint(self.languages)

    @property
    def all(self) -> tuple[str, ...]:
        """Every country that it may mean, the surest first."""
        return tuple(dict.fromkeys((*self.own, *self.shared, *self.loose, *self.parts)))


@lru_cache(maxsize=4096)
def meaning_of(name: str) -> Meaning:
    """Return what a name means; an empty meaning for a name of no State or territory.

    A word of three letters is a State's in a language that few read only as it is written there: SEC is not Czechia
    (Séc), and Y is not Italy (Ý).
    """
    key = place_key(name)
    found = of_key(key) if key else Meaning()
    is_short = len(key) <= _SHORT and key.isascii() and not found.is_common
    return Meaning() if is_short and name.strip() not in {found.spelling, found.spelling.lower()} else found


def beginning_with(key: str, *, most: int) -> Iterator[tuple[str, Meaning]]:
    """Yield the keys that begin with a key, with their meaning."""
    return _lines(f"\n{key}", most=most)


def with_word(key: str, *, most: int) -> Iterator[tuple[str, Meaning]]:
    """Yield the keys in which a later word begins with a key, with their meaning."""
    return _lines(f" {key}", most=most, within_key=True)


@cache
def all_keys() -> list[str]:
    """Return every key of the table: only a misspelt name has to be compared with all of them."""
    return [line.partition(b"\t")[0].decode() for line in _table().split(b"\n") if line]


def of_key(key: str) -> Meaning:
    """Return the meaning of a key of the table."""
    return next(_lines(f"\n{key}\t"), ("", Meaning()))[1]


@cache
def _table() -> bytes:
    """Return the table as it was compiled: finding bytes in it needs neither parsing nor much memory."""
    return gzip.decompress(_FILE.read_bytes())


def _lines(wanted: str, *, most: int = 1, within_key: bool = False) -> Iterator[tuple[str, Meaning]]:
    table, sought = _table(), wanted.encode()
    place = table.find(sought)
    while place >= 0 and most > 0:
        start = table.rfind(b"\n", 0, place + 1) + 1
        end = table.index(b"\n", start)
        if not within_key or place < table.index(b"\t", start):
            key, *columns = table[start:end].decode().split("\t")
            yield key, _meaning(*columns)
            most -= 1
        place = table.find(sought, end)


def _meaning(codes: str, spelling: str, languages: str) -> Meaning:
    found: dict[str, list[str]] = {_OWN: [], _SHARED: [], _PART: [], _LOOSE: []}
    for code in codes.split(","):
        found[code[-1]].append(code[:-1])
    own, shared, parts, loose = (tuple(found[sort]) for sort in (_OWN, _SHARED, _PART, _LOOSE))
    return Meaning(own, shared, parts, loose, spelling, tuple(languages.split(",")))
