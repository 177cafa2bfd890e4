"""Find the rows that contain all words of a question, newest or best first, and count them by facet.

No hit is counted or ranked unless the reader may see it: everything starts at `Question.rows()`.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Case, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from sgoffice.records.actors import Actor
from sgoffice.records.models import SearchRow
from sgoffice.records.querysets import SearchQuerySet
from sgoffice.search.folding import Word, is_searchable, tsquery, words_of
from sgoffice.search.name_tables import has_table, named_in_tables, near_in_tables
from sgoffice.search.near_names import names_like
from sgoffice.search.ranking import relevance

Rows = TypeVar("Rows", bound=QuerySet[Any])

#: Rank at most this many of the newest hits of each kind.
CANDIDATES = 300
#: Count at most this many of the newest hits by kind, country and year.
FACETED = 10_000

NEWEST = ("-day", "-pk")
BEST = ("-score", "-day", "-pk")


@dataclass(frozen=True)
class Facet:
    """The number of hits with a value."""

    value: str
    count: int


@dataclass(frozen=True)
class Facets:
    """The number of hits by kind, country and year, the most frequent first.

    Each facet ignores its own filter and applies the other two. `is_complete` is false if only the newest hits were
    counted.
    """

    kind: tuple[Facet, ...]
    country: tuple[Facet, ...]
    year: tuple[Facet, ...]
    is_complete: bool


@dataclass(frozen=True)
class Question:
    """What a reader searches for: all of these folded words, optionally in certain kinds, countries and years.

    `text` is what was typed, by which tables of names know a record that does not hold the words.
    """

    words: tuple[Word, ...]
    by: Actor
    kinds: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    text: str = ""

    #: Ask for names that are spelled nearly so instead, when no record holds the words.
    is_near: bool = False

    def everywhere(self) -> SearchQuerySet:
        """Return the rows that contain all words or are named so, whatever their kind, country and year."""
        rows = SearchRow.objects.visible_to(self.by).live()
        return rows.among(self.near) if self.is_near else _holding(rows, self.words, self.typed, self.kinds)

    @property
    def typed(self) -> str:
        """What was typed, or at least its words."""
        return self.text or " ".join(word[0] for word in self.words)

    @cached_property
    def near(self) -> list[UUID]:
        """Return the records that have names spelled nearly so."""
        return _near(self.typed, self.kinds, self.by)

    def rows(self) -> SearchQuerySet:
        """Return the rows that contain all words or are named so, and pass the filters."""
        return self.everywhere().narrowed(self.kinds, self.countries, self.years)

    def best(self) -> SearchQuerySet:
        """Return the newest rows of each kind, with a `score` of how well their titles match."""
        rows = SearchRow.objects.visible_to(self.by).among(_candidates(self.rows()))
        return rows.annotate(score=relevance(self.words, named_in_tables(self.typed, self.kinds)))

    def is_answered(self) -> bool:
        """Tell whether a record of these kinds contains the words, of whatever country and year."""
        return self.everywhere().narrowed(self.kinds, (), ()).exists()


def holding(rows: Rows, text: str, *, by: Actor | None = None) -> Rows:
    """Keep the records of one kind that hold all words of a text, as a search of that kind finds them.

    With `by`, if this actor may see none that does, those with names spelled nearly so, the nearest with the lowest
    `distance`. An empty text leaves the rows alone; one of signs alone, such as %, is in no record.
    """
    words = words_of(text)
    if not words:
        return rows.none() if text.strip() else rows
    kind = rows.model.record_kind
    found = _holding(SearchRow.objects.filter(kind=kind), words, text, {kind})
    if by is None or found.visible_to(by).live().exists():
        return rows.filter(pk__in=found.values("pk"))
    near = _near(text, {kind}, by)
    places = [When(pk=one, then=place) for place, one in enumerate(near)]
    far = Case(*places, default=Value(len(near)), output_field=IntegerField())
    return rows.filter(pk__in=near).annotate(distance=far)


def is_askable(text: str) -> bool:
    """Tell whether a text says enough to look for: a word of two letters, or a name that a table knows, such as U.K."""
    return is_searchable(words_of(text)) or bool(named_in_tables(text, ()))


def by_relevance(rows: Rows, text: str) -> Rows:
    """Annotate records that were found by a text with `score`, how well their names answer it."""
    words = words_of(text)
    if not words:
        return rows.annotate(score=Value(0))
    if "distance" in rows.query.annotations:
        return rows.annotate(score=-F("distance"))
    named = named_in_tables(text, {rows.model.record_kind})
    own = SearchRow.objects.filter(pk=OuterRef("pk")).annotate(score=relevance(words, named))
    return rows.annotate(score=Coalesce(Subquery(own.values("score")), 0))


def _holding(rows: SearchQuerySet, words: tuple[Word, ...], text: str, kinds: Collection[str]) -> SearchQuerySet:
    """Keep the rows that contain all words, and those that tables of names call so.

    Who contains them anyway is not asked for beside: the index of words alone is the faster way.
    """
    question = tsquery(words)
    named = named_in_tables(text, kinds)
    if named:
        anyway = set(SearchRow.objects.among(named).holding(question).values_list("pk", flat=True))
        named = [one for one in named if one not in anyway]
    return rows.holding(question, named=named)


def _near(text: str, kinds: Collection[str], by: Actor) -> list[UUID]:
    """Return the records with names that are spelled nearly so, the nearest first.

    A kind whose names a table knows is not compared by words: each is like some name of some State.
    """
    alike = [one.id for one in names_like(text, kinds=kinds, by=by) if not has_table(one.kind)]
    return list(dict.fromkeys([*near_in_tables(text, kinds), *alike]))


@contextmanager
def use_index_scans() -> Iterator[None]:
    """Tune the planner for searches until the end of the transaction.

    No sequential scans, because looking into the words of each row costs far more than the planner assumes; sorting in
    memory; no parallel workers.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BY_INDEX)
        yield


def count_facets(question: Question) -> Facets:
    """Count the newest hits by kind, country and year in one statement."""
    narrowed = question.kinds, question.countries, question.years
    rows = question.everywhere().order_by(*NEWEST).values_list("kind", "countries", "year")[: FACETED + 1]
    hits, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_FACETS.format(hits=hits), [*parameters, *(sorted(one) or None for one in narrowed)])
        found = cursor.fetchall()
    total = next(count for name, _, count in found if name == "total")
    kinds, countries, years = (
        tuple(Facet(value, count) for name, value, count in found if name == wanted)
        for wanted in ("kind", "country", "year")
    )
    return Facets(kinds, countries, years, is_complete=total <= FACETED)


def _candidates(rows: SearchQuerySet) -> list[UUID]:
    hits, parameters = rows.values_list("pk", "kind", "day").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES.format(hits=hits), [*parameters, CANDIDATES, CANDIDATES])
        return [found for (found,) in cursor.fetchall()]


_BY_INDEX = """
    SELECT set_config('enable_seqscan', 'off', true), set_config('work_mem', '32MB', true),
        set_config('max_parallel_workers_per_gather', '0', true)
"""
_CANDIDATES = """
    WITH hits (record_id, kind, day) AS MATERIALIZED ({hits}), kinds AS MATERIALIZED (
        SELECT kind, count(*) > %s AS has_more FROM hits GROUP BY kind
    )
    SELECT hits.record_id FROM hits JOIN kinds ON kinds.kind = hits.kind WHERE NOT has_more
    UNION ALL
    SELECT newest.record_id FROM kinds CROSS JOIN LATERAL (
        SELECT hits.record_id FROM hits WHERE hits.kind = kinds.kind ORDER BY day DESC, hits.record_id DESC LIMIT %s
    ) AS newest WHERE has_more
"""
_FACETS = """
    WITH hits (kind, countries, year) AS MATERIALIZED ({hits}), wanted (kinds, countries, years) AS (
        SELECT %s::text[], %s::text[], %s::int[]
    ), alike AS (
        SELECT kind, countries, year, count(*)::int AS hits FROM hits GROUP BY kind, countries, year
    ), counted AS (
        SELECT a.*,
            coalesce(a.kind = ANY(w.kinds), w.kinds IS NULL) AS in_kind,
            coalesce(a.countries && w.countries, w.countries IS NULL) AS in_country,
            CASE WHEN w.years IS NULL THEN true ELSE coalesce(a.year = ANY(w.years), false) END AS in_year
        FROM alike a, wanted w
    )
    (SELECT 'kind', kind, sum(hits) FROM counted WHERE in_country AND in_year GROUP BY kind ORDER BY 3 DESC, 2)
    UNION ALL
    (SELECT 'country', country, sum(hits) FROM counted, unnest(countries) AS country WHERE in_kind AND in_year
     GROUP BY country ORDER BY 3 DESC, 2)
    UNION ALL
    (SELECT 'year', year::text, sum(hits) FROM counted WHERE in_kind AND in_country AND year IS NOT NULL
     GROUP BY year ORDER BY 3 DESC, 2)
    UNION ALL SELECT 'total', '', coalesce(sum(hits), 0) FROM alike
"""
