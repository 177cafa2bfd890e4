"""Keep documents current: of changed records, of those that show their names, and of older renderers."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection

from sgoffice.database.batches import execute_for_each
from sgoffice.documents.queries import fetch_documents
from sgoffice.documents.registry import model_of, recipes
from sgoffice.documents.rendering import render_documents
from sgoffice.records.models import Record
from sgoffice.search.index import INDEXING, IndexedDocument, store_search_rows

BATCH = 200


def store_documents(
    model: type[Record], ids: Iterable[UUID], *, are_new: bool = False, versions: Mapping[UUID, int] | None = None
) -> list[Record]:
    """Render and store documents with their search rows; the caller holds the rows' locks or NAMES exclusively.

    Returns the records as they were read. Nothing was merged into records that are new; `versions` are theirs, if they
    are known. A document of a newer renderer is marked stale instead of overwritten.
    """
    recipe = recipes()[model.record_kind]
    rendered = list(render_documents(model, ids, are_new=are_new, versions=versions))
    rows: list[dict[str, Any]] = [
        {
            "id": item.record_id,
            "kind": item.kind,
            "version": item.stored.version,
            "renderer": recipe.renderer,
            "digest": item.stored.digest,
            "embeds": item.embeds,
            "body": item.stored.body,
        }
        for item in rendered
    ]
    with connection.cursor() as cursor:
        execute_for_each(cursor, _STORE, rows)
    found = [IndexedDocument(item.record_id, item.stored.body, item.embeds) for item in rendered]
    store_search_rows(recipe.searched, found, is_embedded=model.is_embedded)
    return [item.record for item in rendered]


def dependants(record_id: UUID) -> Iterator[tuple[type[Record], list[UUID]]]:
    """Yield batches of records whose documents show the name of this record."""
    yield from _batches("SELECT kind, record_id FROM records_document WHERE embeds @> ARRAY[%s]", [record_id])


def outdated() -> Iterator[tuple[type[Record], list[UUID]]]:
    """Yield batches of records whose document or search row is missing, stale or made in an older way.

    Records whose names others show come first, because the search rows of others include their names.
    """
    for recipe in sorted(recipes().values(), key=lambda recipe: not recipe.model.is_embedded):
        yield from _batches(_OUTDATED, [recipe.model.record_kind, recipe.renderer, INDEXING])


def differences() -> Iterator[tuple[str, UUID]]:
    """Yield kind and id of every record whose stored document differs from a fresh one."""
    for recipe in recipes().values():
        ids = list(recipe.model.rows().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            stored = fetch_documents(recipe.model, batch)
            for item in render_documents(recipe.model, batch):
                if stored[item.record_id] != item.stored:
                    yield item.kind, item.record_id


def _batches(query: str, parameters: list[Any]) -> Iterator[tuple[type[Record], list[UUID]]]:
    """Yield models and ids from a query for kinds and ids."""
    with connection.cursor() as cursor:
        cursor.execute(f"{query} ORDER BY 1, 2", parameters)
        found = cursor.fetchall()
    for kind, rows in groupby(found, key=itemgetter(0)):
        ids = [record_id for _, record_id in rows]
        for start in range(0, len(ids), BATCH):
            yield model_of(kind), ids[start : start + BATCH]


_OUTDATED = """
    SELECT e.kind, e.id FROM records_entry e LEFT JOIN records_document d ON d.record_id = e.id
    LEFT JOIN records_searchrow s ON s.record_id = e.id
    WHERE e.kind = %s AND (d.record_id IS NULL OR d.is_stale OR d.renderer < %s OR s.record_id IS NULL
        OR s.indexing < %s)
"""

# Each version of a record is kept, and again when a rename changes its document. The time is that of the statement:
# transactions that wait for the lock of the record may have begun in another order.
_STORE = """
    WITH kept AS (
        INSERT INTO records_document AS d (record_id, kind, version, renderer, is_stale, digest, embeds, body)
        VALUES (%(id)s, %(kind)s, %(version)s, %(renderer)s, false, %(digest)s, %(embeds)s, %(body)s)
        ON CONFLICT (record_id) DO UPDATE SET kind = EXCLUDED.kind, version = EXCLUDED.version,
            renderer = EXCLUDED.renderer, is_stale = false, digest = EXCLUDED.digest, embeds = EXCLUDED.embeds,
            body = EXCLUDED.body
        WHERE d.renderer <= EXCLUDED.renderer
        RETURNING record_id
    ), outdated AS (
        UPDATE records_document SET is_stale = true
        WHERE record_id = %(id)s::uuid AND NOT EXISTS (SELECT FROM kept)
    )
    INSERT INTO records_documentversion (record_id, version, known_from, body)
    SELECT %(id)s::uuid, %(version)s::integer, clock_timestamp(), %(body)s::bytea
    WHERE NOT EXISTS (
        SELECT FROM (SELECT v.version, v.body FROM records_documentversion v WHERE v.record_id = %(id)s::uuid
                     ORDER BY v.known_from DESC, v.id DESC LIMIT 1) AS newest
        WHERE newest.version = %(version)s::integer AND newest.body = %(body)s::bytea)
"""
