"""Pairs of people or organizations that may be one, for whoever may see both: they share a whole name."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from sgoffice.changes.merging import KEPT_APART
from sgoffice.directory.models import Organization, Person
from sgoffice.records.actors import Actor
from sgoffice.records.markings import Marking
from sgoffice.records.models import SearchRow
from sgoffice.search.folding import SHORT

#: The kinds whose pairs are looked for.
KINDS = (Person.record_kind, Organization.record_kind)
#: So many pairs are told at once; those that are decided make room for others.
MOST = 200


@dataclass(frozen=True)
class Namesake:
    """One of two records with a name in common; `is_hidden` if only some of the staff may see it."""

    id: UUID
    name: str
    is_hidden: bool


@dataclass(frozen=True)
class Pair:
    """Two records that may be one, the one that was entered last first, and the folded name that both have."""

    kind: str
    called: str
    records: tuple[Namesake, Namesake]


def find_duplicates(*, by: Actor, kinds: Collection[str] = (), most: int = MOST) -> list[Pair]:
    """Return the pairs of live records that share a whole name, as far as the actor may see both, the newest first.

    Left out are those that somebody kept apart, and organizations of two countries; an acronym, an initial or a single
    word is no whole name.
    """
    rows = SearchRow.objects.visible_to(by).live().filter(kind__in=sorted(set(kinds) & set(KINDS)) or KINDS)
    seen, parameters = rows.values_list("pk", "kind", "heading", "marking").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS.format(seen=seen), [*parameters, f"{SHORT}%", KEPT_APART, most])
        found = cursor.fetchall()
    names = _names({key for row in found for key in row[2:4]})
    return [
        Pair(kind, called, (_namesake(newer, names, newer_marking), _namesake(older, names, older_marking)))
        for kind, called, newer, older, newer_marking, older_marking in found
    ]


def _names(ids: set[UUID]) -> dict[UUID, str]:
    people = Person.objects.filter(pk__in=ids).values_list("pk", "name")
    return dict(people) | dict(Organization.objects.filter(pk__in=ids).values_list("pk", "name"))


def _namesake(key: UUID, names: dict[UUID, str], marking: str) -> Namesake:
    return Namesake(key, names[key], is_hidden=marking == Marking.RESTRICTED)


_PAIRS = """
    WITH seen (id, kind, heading, marking) AS MATERIALIZED ({seen}), called AS MATERIALIZED (
        SELECT DISTINCT s.id, s.kind, s.marking, btrim(t.title) AS title
        FROM seen s, unnest(string_to_array(s.heading, '|')) AS t (title)
        WHERE btrim(t.title) LIKE '%% %%' AND btrim(t.title) NOT LIKE %s
    )
    SELECT a.kind, min(a.title), a.id, b.id, a.marking, b.marking FROM called a
    JOIN called b ON b.kind = a.kind AND b.title = a.title AND b.id < a.id
    WHERE NOT EXISTS (SELECT FROM records_link l WHERE l.relation = %s
            AND (l.source_id, l.target_id) IN ((a.id, b.id), (b.id, a.id)))
        AND NOT EXISTS (SELECT FROM directory_organization o JOIN directory_organization p ON p.country <> o.country
            WHERE o.id = a.id AND p.id = b.id)
    GROUP BY a.kind, a.id, b.id, a.marking, b.marking ORDER BY a.id DESC, b.id DESC LIMIT %s
"""
