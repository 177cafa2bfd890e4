"""Search as one types: records whose names hold what was typed so far, who holds an office, and near spellings."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from sgoffice import documents
from sgoffice.directory.models import Country
from sgoffice.directory.services.name_matches import Candidate
from sgoffice.places.suggestions import suggest
from sgoffice.records.actors import Actor
from sgoffice.records.models import SearchRow
from sgoffice.search import grade, names_like, ranking, relevance, texts_of, tsquery, words_of
from sgoffice.search.folding import SHORT, Word, fold, initials_of
from sgoffice.search.transliteration import in_latin

_MOST = 20  # candidates
_LOOKED_AT = 60  # rows whose names hold the words
_MET = 100  # meetings that are counted: beyond, all are met often
_ENOUGH = 3  # letters from which on near spellings are looked for
_SCORES = {
    ranking.EQUAL: 1.0, ranking.SHORT_FORM: 0.97, ranking.BEGINS: 0.95, ranking.WORDS: 0.9, ranking.BEGINNINGS: 0.86,
    ranking.PARTS: 0.82,
}  # fmt: skip
_FUNCTION = 0.8  # who holds an office of that title
_NEARLY = 0.78  # of the likeness: a near spelling comes behind all that hold the words


#: Yields the people who hold or held an office of which these are words, and the office, as far as an actor may see.
OfficeSource = Callable[[tuple[Word, ...], Actor], Iterator[tuple[UUID, str]]]
_office_sources: list[OfficeSource] = []


def register_office_source(source: OfficeSource) -> OfficeSource:
    """Register who else is found by an office; apps above know of posts."""
    _office_sources.append(source)
    return source


@dataclass(frozen=True)
class _Found:
    """A record that was found: how well, in which way (a folded title, a label), and its titles."""

    id: UUID
    kind: str
    score: float
    minor: int = 0
    title: str = ""
    reason: str = ""
    shown: dict[str, Any] = field(default_factory=dict)


def searched_kinds() -> tuple[str, ...]:
    """Return the kinds of records that have names of their own, as choices while one types."""
    return tuple(sorted(kind for kind, recipe in documents.recipes().items() if recipe.searched.is_suggested))


def found_by_typing(text: str, *, by: Actor, kinds: Collection[str] = ()) -> list[Candidate]:
    """Return up to twenty records, best first, each with the reason: the name that it was found by.

    All words that were typed stand in its names, the last one perhaps unfinished; accents, case and order do not count.
    Then those who hold an office of that title, and near spellings. Among equals, who was met more and later.
    """
    words = words_of(text)
    if not words:
        return []
    wanted = [kind for kind in searched_kinds() if not kinds or kind in kinds]
    best: dict[UUID, _Found] = {}
    for found in _all(text, words, wanted, by):
        known = best.get(found.id)
        if known is None or (known.score, known.minor) < (found.score, found.minor):
            best[found.id] = found
    return _shown(_in_order(list(best.values()), by), by)


def _all(text: str, words: tuple[Word, ...], kinds: list[str], by: Actor) -> Iterator[_Found]:
    if "country" in kinds:  # the table of names knows more than the record
        yield from _countries(text, by)
    rows = SearchRow.objects.visible_to(by).live().exclude(keys="").filter(kind__in=kinds)
    named = rows.holding(tsquery(words)).annotate(score=relevance(words)).filter(score__gt=0)
    for key, kind, score, heading in named.order_by("-score", "pk").values_list("pk", "kind", "score", "heading")[
        :_LOOKED_AT
    ]:
        graded = grade(words, heading)
        yield _Found(key, kind, _SCORES[max(1, score // 1000)], score, graded.title)
    if "person" in kinds:
        yield from _holders(words, by)
    folded = fold(text)
    if len(in_latin(folded).replace(" ", "")) >= _ENOUGH:
        others = [kind for kind in kinds if kind != "country"]
        for one in names_like(folded, kinds=others, by=by) if others else ():
            yield _Found(one.id, one.kind, round(_NEARLY * one.likeness, 3), title=one.title)


def _holders(words: tuple[Word, ...], by: Actor) -> Iterator[_Found]:
    """Yield the people who hold or held an office of which these are words."""
    offices = {kind: one.searched for kind, one in documents.recipes().items() if one.searched.holder}
    rows = SearchRow.objects.visible_to(by).live().filter(kind__in=sorted(offices)).holding(tsquery(words))
    found = dict(rows.order_by("-day", "-pk").values_list("pk", "kind")[:_MOST])
    bodies = documents.fetch_bodies(found)
    for of_words in _office_sources:
        for person, office in of_words(words, by):
            yield _Found(person, "person", _FUNCTION, reason=office)
    for key, kind in found.items():
        shown = orjson.loads(bodies[key])
        for one in texts_of(shown, (offices[kind].holder,)):
            yield _Found(UUID(one.text), "person", _FUNCTION, reason=offices[kind].label_of(shown))


def _countries(text: str, by: Actor) -> Iterator[_Found]:
    """Yield the countries that a text means or begins to say, in any language, and near spellings of their names."""
    found = {one.code: one for one in suggest(text, most=_MOST)}
    for record in Country.objects.visible_to(by).live().filter(code__in=found):
        one = found[record.code]
        if one.is_near:
            score, reason = _NEARLY * one.score, f"is called much the same: {one.why}"
        elif one.score == 1:
            score, reason = _SCORES[ranking.SHORT_FORM], f"has the code {one.why}"
        else:
            score, reason = one.score, "has this name" if one.why == record.name else f"is also called {one.why}"
        yield _Found(record.pk, "country", round(score, 3), reason=reason)


def _in_order(found: list[_Found], by: Actor) -> list[_Found]:
    """Return the best twenty: by grade, then who was met more and later, then whose names hold more of it."""
    shared = Counter(one.score for one in found)
    met = _met([one.id for one in found if shared[one.score] > 1 and one.kind in _MEETING], by)
    nobody = (0, date.min)

    def key(one: _Found) -> tuple[object, ...]:
        often, last = met.get(one.id, nobody)
        return (-one.score, -often, -last.toordinal(), -one.minor, one.title, one.id)

    return sorted(found, key=key)[:_MOST]


def _met(ids: list[UUID], by: Actor) -> dict[UUID, tuple[int, date]]:
    """Return in how many dated records that the actor may see each of these is named, a few at most, and when last."""
    if len(ids) < _TIE:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [ids, _MET])
        named = cursor.fetchall()
    rows = SearchRow.objects.visible_to(by).live().among([record for _, record in named]).exclude(day=date.min)
    days = dict(rows.values_list("pk", "day"))
    found: dict[UUID, tuple[int, date]] = {}
    for one, record in named:
        if day := days.get(record):
            often, last = found.get(one, (0, date.min))
            found[one] = (often + 1, max(last, day))
    return found


def _shown(found: list[_Found], by: Actor) -> list[Candidate]:
    kinds = {one.id: one.kind for one in found}
    bodies = {key: orjson.loads(body) for key, body in documents.fetch_bodies(kinds).items()}
    known = documents.recipes()
    return [
        Candidate(one.id, one.kind, known[one.kind].searched.label_of(shown), _reason(one, shown), one.score)
        for one in found
        if (shown := bodies.get(one.id)) is not None
    ]


def _reason(one: _Found, shown: dict[str, Any]) -> str:
    """Return why a record was found: by which name, and how well."""
    if one.reason:
        return one.reason
    searched = documents.recipes()[one.kind].searched
    title = one.title.removeprefix(SHORT)
    label = searched.label_of(shown)
    texts = [text.text for text in texts_of(shown, searched.titles)]
    written = next((text for text in texts if fold(text) == title), title)
    if one.title.startswith(SHORT):
        long = next((text for text in texts_of(shown, searched.initials) if initials_of(text.text) == title), None)
        return f"has the initials {title.upper()} ({long.text})" if long else f"has the code {written}"
    if one.score < _FUNCTION:
        return f"is called much the same: {written}"
    if title == fold(str(shown.get("acronym") or "")):
        return f"has the acronym {written}"
    if fold(label) != title:
        return f"is also called {written}"
    return _BY_OWN_NAME.get(one.score, "its names hold these words")


_MEETING = frozenset({"person", "organization"})
_TIE = 2
_BY_OWN_NAME = {
    _SCORES[ranking.EQUAL]: "has this name",
    _SCORES[ranking.BEGINS]: "its name begins so",
    _SCORES[ranking.PARTS]: "its name holds these letters",
}
#: Documents that show the name of a record; how often is counted as far as it tells people apart.
_NAMED = """
    SELECT f.id, d.record_id FROM unnest(%s::uuid[]) AS f (id) CROSS JOIN LATERAL
        (SELECT record_id FROM records_document WHERE embeds @> ARRAY[f.id] LIMIT %s) AS d
"""
