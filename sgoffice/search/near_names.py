"""Find the records that have names spelled nearly like one, in any script."""

from collections.abc import Collection, Iterator
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from sgoffice.records.actors import Actor, Permission
from sgoffice.records.models import SearchRow
from sgoffice.search.folding import fold
from sgoffice.search.likeness import NEAR, likeness
from sgoffice.search.transliteration import in_latin, skeleton_of, skeleton_of_all

_MOST = 60  # rows, to be compared name by name
_FAR = 0.42  # of word similarity: below it a row is not looked at
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
    words = list(_words(name))
    if not words or not by.may(Permission.READ):
        return []
    spellings = sorted({one for word in words for one in word})
    rows = SearchRow.objects.visible_to(by).live().exclude(keys="")
    rows = rows.filter(kind__in=sorted(kinds)) if kinds else rows
    seen, parameters = rows.values_list("pk", "keys").query.sql_with_params()
    near = " OR ".join(["%s <%% keys"] * len(spellings))
    total = " + ".join(f"greatest({', '.join(['word_similarity(%s, keys)'] * len(word))})" for word in words)
    found = f"SELECT record_id FROM ({seen} AND ({near})) AS seen (record_id, keys)"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(_FAR)])
        cursor.execute(
            f"{found} ORDER BY {total} DESC, record_id LIMIT {_MOST}",
            [*parameters, *spellings, *(one for word in words for one in word)],
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


def _words(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of a name in Latin letters, each with its skeleton."""
    words = dict.fromkeys(word for word in in_latin(fold(name)).split() if word.isascii())
    for word in [one for one in words if len(one) > 1] or words:
        heard = skeleton_of(word)
        yield (word, heard) if len(heard) >= _SHORT and heard != word else (word,)
    together = skeleton_of_all(" ".join(words))
    if len(together) > _SHORT:
        yield (together,)
