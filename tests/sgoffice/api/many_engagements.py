"""Very many engagements in seconds: copies of the shipped ones with other texts, written past the services.

The register's triggers are off meanwhile, so they have no history, and indexes are made afterwards. Documents are those
of the renderer with the copy's own values in them, and held against what would be rendered afresh. What is searched is
kept by the very function that keeps it always.
"""

import bisect
import itertools
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, connections

from engagements.models import Engagement
from sgoffice import documents
from sgoffice.directory.rules import fold
from sgoffice.records.identifiers import uuid7
from sgoffice.records.models import Document
from sgoffice.search.index import IndexedDocument, store_search_rows
from sgoffice.search.transliteration import in_latin_word

BATCH = 2_000
_FIRST, _DAYS = date(2001, 1, 1), 9_000
_TABLES = (
    "records_entry",
    "engagements_engagement",
    "engagements_engagementtopic",
    "engagements_participant",
    "engagements_capacity",
)
_SYLLABLES = (
    "ba",
    "chen",
    "dor",
    "el",
    "fi",
    "gar",
    "ho",
    "il",
    "ka",
    "lund",
    "mo",
    "nar",
    "os",
    "pe",
    "ri",
    "sch",
    "ta",
)


class Words:
    """Words as texts have them: few that are everywhere, many that are rare; and names that hardly come twice."""

    def __init__(self, texts: Sequence[str], chance: random.Random) -> None:
        counts: dict[str, int] = {}
        for word in " ".join(texts).split():
            if word.isalpha() and len(word) > 1:
                counts[word] = counts.get(word, 0) + 1
        self.common = sorted(counts, key=lambda word: (-counts[word], word))
        self._sums = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(self.common))))
        self.names = ["".join(chance.choices(_SYLLABLES, k=4)).title() for _ in range(20_000)]
        self.chance = chance

    def some(self, count: int) -> str:
        places = [bisect.bisect(self._sums, self.chance.random() * self._sums[-1]) for _ in range(count)]
        return " ".join(self.common[min(place, len(self.common) - 1)] for place in places)

    def name(self) -> str:
        return f"{self.chance.choice(self.names)} {self.chance.choice(self.names)}"


def write(count: int, *, seed: int) -> Words:
    """Write that many engagements into a register that holds the facts."""
    chance = random.Random(seed)
    rows = Engagement.objects.filter(starts_at=None, marking="public", is_in_error=False, merged_into=None)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    known = {one.record_id: one for one in Document.objects.filter(record_id__in=ids)}
    templates = [(known[key], orjson.loads(bytes(known[key].body))) for key in ids]
    words = Words([f"{shown['title']} {shown['summary']}" for _, shown in templates], chance)
    with _triggers_off():
        for start in range(0, count, BATCH):
            copies = [_copy(*chance.choice(templates), words) for _ in range(min(BATCH, count - start))]
            _store(copies)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return words


def require_honest(count: int = 25) -> None:
    """Fail unless documents made by hand are what the register would render."""
    ids = list(Document.objects.filter(kind="engagement").order_by("-pk").values_list("pk", flat=True)[:count])
    kept = documents.fetch_documents(Engagement, ids)
    for item in documents.render_documents(Engagement, ids):
        assert item.stored.body == kept[item.record_id].body


def holding(words: Sequence[str]) -> set[UUID]:
    """Return the engagements that hold all words, by looking through what is shown and every name in it."""
    named: dict[UUID, str] = {}
    for one in Document.objects.exclude(kind="engagement"):
        titles = documents.recipes()[one.kind].searched.titles
        shown = orjson.loads(bytes(one.body))
        named[one.record_id] = fold(" ".join(_texts_at(shown, titles)))
    paths = documents.recipes()["engagement"].searched
    found = set()
    for one in Document.objects.filter(kind="engagement").iterator():
        own = fold(" ".join(_texts_at(orjson.loads(bytes(one.body)), paths.titles + paths.texts)))
        known = {*own.split(), *(word for other in one.embeds for word in named[other].split())}
        known |= {in_latin_word(word) for word in known} - {""}
        if all(any(word in each if len(word) > 2 else each.startswith(word) for each in known) for word in words):
            found.add(one.record_id)
    return found


def _texts_at(shown: dict[str, Any], paths: Sequence[str]) -> Iterator[str]:
    for path in paths:
        nodes: list[Any] = [shown]
        for name in path.split("."):
            nodes = [below for node in nodes for below in _below(node, name)]
        yield from (str(node) for node in nodes if node not in (None, ""))


def _below(node: Any, name: str) -> list[Any]:
    if isinstance(node, list):
        return [below for item in node for below in _below(item, name)]
    if not isinstance(node, dict):
        return []
    found = list(node.values()) if name == "*" else [node[name]] if name in node else []
    return [item for one in found for item in (one if isinstance(one, list) else [one])]


@contextmanager
def _triggers_off() -> Iterator[None]:
    connection.close()  # the owner locks the tables
    with connections["owner"].cursor() as cursor:
        for table in _TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(_INDEXES, [[*_TABLES, "records_document", "records_searchrow"]])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute("SET maintenance_work_mem = '256MB'")
        for _, made in indexes:
            cursor.execute(made)
        for table in _TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute(_ALWAYS, [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {table} ENABLE ALWAYS TRIGGER "{name}"')


def _copy(template: Document, shown: dict[str, Any], words: Words) -> dict[str, Any]:
    key, day = uuid7(), (_FIRST + timedelta(days=words.chance.randrange(_DAYS))).isoformat()
    given = {
        "id": str(key),
        "reference": f"SG-{key.hex[-16:]}",
        "title": f"{words.some(3).capitalize()}: {words.name()}, {shown['city']}",
        "summary": f"{words.some(words.chance.randint(15, 50))} {words.name()}.",
        "held": day,
    }
    days = {"held_earliest": day, "held_latest": day}
    participants = [one | {"id": str(uuid7())} for one in shown["participants"]]
    body = shown | given | days | {"version": 1, "merged_from": [], "participants": participants}
    return {
        "template": template,
        "key": key,
        "row": given | days | {"origin": "", "sort_day": day},
        "participants": [
            (one["id"], made["id"]) for one, made in zip(shown["participants"], participants, strict=True)
        ],
        "body": orjson.dumps(body),
    }


def _store(copies: list[dict[str, Any]]) -> None:
    recipe = documents.recipes()["engagement"]
    given = {
        "ids": [one["key"] for one in copies],
        "templates": [one["template"].record_id for one in copies],
        "rows": [orjson.dumps(one["row"]).decode() for one in copies],
        "bodies": [one["body"] for one in copies],
        "parts": [made for one in copies for _, made in one["participants"]],
        "of": [one["key"] for one in copies for _ in one["participants"]],
        "old": [old for one in copies for old, _ in one["participants"]],
        "renderer": recipe.renderer,
    }
    with connections["owner"].cursor() as cursor:
        for statement in _STATEMENTS:
            cursor.execute(statement, given)
    found = [IndexedDocument(one["key"], one["body"], one["template"].embeds) for one in copies]
    store_search_rows(recipe.searched, found, is_embedded=False)


_COPIES = (
    "unnest(%(ids)s::uuid[], %(templates)s::uuid[], %(rows)s::jsonb[], %(bodies)s::bytea[]) AS n (id, old, row, body)"
)
_PARTS = "unnest(%(parts)s::uuid[], %(of)s::uuid[], %(old)s::uuid[]) AS n (id, engagement, old)"
_STATEMENTS = (
    f"""
    INSERT INTO engagements_engagement SELECT (jsonb_populate_record(t, n.row)).*
    FROM {_COPIES} JOIN engagements_engagement t ON t.id = n.old
    """,
    f"""
    INSERT INTO records_entry (id, kind, reference, origin, marking, is_in_error, entered_by, readers, version,
        touched_by)
    SELECT n.id, kind, n.row ->> 'reference', NULL, marking, false, entered_by, readers, 1, ''
    FROM {_COPIES} JOIN records_entry t ON t.id = n.old
    """,
    f"""
    INSERT INTO engagements_engagementtopic
    SELECT (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'engagement_id', n.id))).*
    FROM {_COPIES} JOIN engagements_engagementtopic t ON t.engagement_id = n.old
    """,
    f"""
    INSERT INTO engagements_participant
    SELECT (jsonb_populate_record(t, jsonb_build_object('id', n.id, 'engagement_id', n.engagement))).*
    FROM {_PARTS} JOIN engagements_participant t ON t.id = n.old
    """,
    f"""
    INSERT INTO engagements_capacity SELECT (jsonb_populate_record(t, jsonb_build_object(
        'id', gen_random_uuid(), 'engagement_id', n.engagement, 'participant_id', n.id))).*
    FROM {_PARTS} JOIN engagements_capacity t ON t.participant_id = n.old
    """,
    f"""
    INSERT INTO records_document (record_id, kind, version, renderer, is_stale, digest, embeds, body)
    SELECT n.id, t.kind, 1, %(renderer)s, false, replace(n.id::text, '-', ''), t.embeds, n.body
    FROM {_COPIES} JOIN records_document t ON t.record_id = n.old
    """,
)
#: Those that the statements above need are kept.
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique AND NOT indisexclusion
        AND pg_get_indexdef(indexrelid) !~ '[(](participant_id|engagement_id)[)]$'
"""
_ALWAYS = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
