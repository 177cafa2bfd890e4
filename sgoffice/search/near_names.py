"""Find the records that have names spelled nearly like one, in any script."""

from collections.abc import Collection, Iterator
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from sgoffice.records.actors import Actor, Permission
from sgoffice.records.models import SearchRow
from sgoffice.search.folding import fold
from sgoffice.search.han import other_han_readings
from sgoffice.search.japanese import is_han
from sgoffice.search.likeness import NEAR, likeness
from sgoffice.search.readings import Spellings, in_turn, ways_of
from sgoffice.search.transliteration import skeleton_of, skeleton_of_all

_MOST = 60  # rows, to be compared name by name
_FAR = 0.42  # of word similarity: below it a row is not looked at
_ARTICLES = frozenset({"al", "el"})  # half of the names of some countries have one
_SHORT = 3  # letters of a skeleton that says too little


class NearName(NamedTuple):
    """A record with a name that is spelled nearly so: the folded name, and how alike it is."""

    id: UUID
    kind: str
    title: str
    likeness: float


def find_near(name: str, *, kinds: Collection[str], by: Actor) -> list[UUID]:
    """Return up to sixty live records of these kinds (all if none is named), those most like the name first.

    They share a word with it, nearly as it is written or as it is heard; which of them may be meant is for the caller
    to say. Initials say too little, unless there is nothing else.
    """
    ways = _ways(fold(name))
    spellings = sorted({one for words in ways for word in words for one in word})
    if not spellings or not by.may(Permission.READ):
        return []
    rows = SearchRow.objects.visible_to(by).live().exclude(keys="")
    rows = rows.filter(kind__in=sorted(kinds)) if kinds else rows
    seen, parameters = rows.values_list("pk", "keys").query.sql_with_params()
    near = " OR ".join(["%s <%% keys"] * len(spellings))
    total = _greatest([f"({' + '.join(map(_similarity, words))}) / {len(words)}" for words in ways])
    found = f"SELECT record_id FROM ({seen} AND ({near})) AS seen (record_id, keys)"
    # a transaction that is there needs no savepoint: nothing but this search knows the threshold
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(_FAR)])
        cursor.execute(
            f"{found} ORDER BY {total} DESC, record_id LIMIT {_MOST}",
            [*parameters, *spellings, *(one for words in ways for word in words for one in word)],
        )
        return [found for (found,) in cursor.fetchall()]


def names_like(text: str, *, kinds: Collection[str], by: Actor) -> list[NearName]:
    """Return the records of these kinds (all if none is named) of which a name is spelled nearly so, the nearest first.

    In any script and in any order of words.
    """
    asked = fold(text)
    found = []
    rows = SearchRow.objects.filter(pk__in=find_near(asked, kinds=kinds, by=by)).values_list("pk", "kind", "heading")
    for key, kind, heading in rows:
        titles = (title.strip() for title in heading.split("|") if title.strip())
        alike, title = max((likeness(title, asked, ordered=False), title) for title in titles)
        if alike >= NEAR:
            found.append(NearName(key, kind, title, alike))
    return sorted(found, key=lambda one: (-one.likeness, one.title, one.id))


def _similarity(word: Spellings) -> str:
    return _greatest(["word_similarity(%s, keys)"] * len(word))


def _greatest(terms: list[str]) -> str:
    return f"greatest({', '.join(terms)})"


def _ways(name: str) -> list[list[Spellings]]:
    """Return the ways of reading a folded name, each word with its spellings in Latin letters and their skeletons."""
    ways = [[word for word in map(_in_ascii, dict.fromkeys(way)) if word] for way in ways_of(name)]
    by_sound = not is_han(name)  # each sign has vowels of its own
    whole: list[list[Spellings]] = [[(reading,)] for reading in other_han_readings(name)]
    return [list(_words(words, by_sound=by_sound)) for words in ways if words] + whole


def _in_ascii(word: Spellings) -> Spellings:
    return tuple(one for one in word if one.isascii() and one)


def _words(words: list[Spellings], *, by_sound: bool) -> Iterator[Spellings]:
    """Yield the words that say something, each with its skeletons, then all together."""
    for word in [one for one in words if len(one[0]) > 1 and one[0] not in _ARTICLES] or words:
        heard = [skeleton for one in word if len(skeleton := skeleton_of(one)) >= _SHORT]
        yield tuple(dict.fromkeys((*word, *heard))) if by_sound else word
    together = dict.fromkeys(skeleton_of_all(name) for name in in_turn(tuple(words)))
    if by_sound and (long := tuple(one for one in together if len(one) >= _SHORT)):
        yield long
