"""Render, store, refresh and verify the staff document of a record. Apps register how each kind is rendered.

A document is the exact bytes that readers get. It notes which records' names it shows, so that a rename finds it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import orjson
from django.db import connection
from psycopg import ClientCursor
from psycopg.pq import Format

from sgoffice.records.models import Entry, Record

BATCH = 200
_embedded: ContextVar[set[UUID] | None] = ContextVar("embedded", default=None)


@dataclass(frozen=True)
class Recipe:
    """How a kind of record is rendered: by which serializer, and what is read with it."""

    model: type[Record]
    shape: type[Any]
    renderer: int
    select: tuple[str, ...]
    prefetch: tuple[Any, ...]


@dataclass(frozen=True)
class Stored:
    """A document as readers get it; `digest` stands for the bytes, `version` for the record."""

    version: int
    digest: str
    body: bytes

    @property
    def etag(self) -> str:
        """The strong entity tag of this document (RFC 9110, section 8.8.3)."""
        return f'"{self.version}-{self.digest}"'


@dataclass(frozen=True)
class Rendered:
    """A fresh document, with the records whose names it shows."""

    record_id: UUID
    kind: str
    stored: Stored
    embeds: list[UUID]


_recipes: dict[str, Recipe] = {}
S = TypeVar("S", bound=type[Any])


def document_of(
    model: type[Record], *, renderer: int = 1, select: Sequence[str] = (), prefetch: Sequence[Any] = ()
) -> Callable[[S], S]:
    """Register the decorated read serializer as the document of a kind; raise `renderer` when its output changes.

    `select` and `prefetch` go to select_related and prefetch_related: with them rendering any number of records takes
    the same number of queries.
    """

    def register(shape: S) -> S:
        if model.record_kind in _recipes:
            message = f"{model.__name__} has a document already"
            raise ValueError(message)
        _recipes[model.record_kind] = Recipe(model, shape, renderer, tuple(select), tuple(prefetch))
        return shape

    return register


def recipes() -> dict[str, Recipe]:
    """Return the recipe of every kind of record that has a document."""
    return dict(_recipes)


def model_of(kind: str) -> type[Record]:
    """Return the model of a kind."""
    return _recipes[kind].model


def note_embedded(record_id: UUID | None) -> None:
    """Note that the document being rendered shows the name of this record."""
    found = _embedded.get()
    if found is not None and record_id is not None:
        found.add(record_id)


def render(model: type[Record], ids: Iterable[UUID]) -> Iterator[Rendered]:
    """Render the documents of these records as they are in the database now."""
    recipe = _recipes[model.record_kind]
    wanted = list(ids)
    rows = model._default_manager.filter(pk__in=wanted)
    if recipe.select:
        rows = rows.select_related(*recipe.select)
    versions = dict(Entry.objects.filter(pk__in=wanted).values_list("pk", "version"))
    serializer = recipe.shape()
    for record in rows.prefetch_related(*recipe.prefetch):
        record.version = versions.get(record.pk, 1)
        token = _embedded.set(set())
        try:
            body = orjson.dumps(serializer.to_representation(record), option=orjson.OPT_NON_STR_KEYS)
            embeds = sorted((_embedded.get() or set()) - {record.pk})
        finally:
            _embedded.reset(token)
        digest = hashlib.sha256(body).hexdigest()[:16]
        yield Rendered(record.pk, model.record_kind, Stored(record.version, digest, body), embeds)


def store(model: type[Record], ids: Iterable[UUID]) -> None:
    """Render the records and keep their documents; the caller holds their locks.

    A document of a newer renderer is never overwritten by an older one.
    """
    renderer = _recipes[model.record_kind].renderer
    with connection.cursor() as cursor:
        for item in render(model, ids):
            document = item.stored
            cursor.execute(
                _STORE,
                {
                    "id": item.record_id,
                    "kind": item.kind,
                    "version": document.version,
                    "renderer": renderer,
                    "digest": document.digest,
                    "embeds": item.embeds,
                    "body": document.body,
                },
            )


def bodies(model: type[Record], ids: Sequence[UUID]) -> dict[UUID, Stored]:
    """Return the documents of these records; one that is missing, stale or of an older renderer is rendered now."""
    recipe = _recipes[model.record_kind]
    found: dict[UUID, Stored] = {}
    with connection.cursor() as cursor:
        if not isinstance(cursor.cursor, ClientCursor):
            cursor.cursor.format = Format.BINARY  # bytes as they are, not as hexadecimal text
        cursor.execute(_READ, {"ids": list(ids), "renderer": recipe.renderer})
        for record_id, version, digest, body in cursor.fetchall():
            found[record_id] = Stored(version, digest, bytes(body))
    missing = [record_id for record_id in ids if record_id not in found]
    if missing:
        found.update((item.record_id, item.stored) for item in render(model, missing))
    return found


def stored(model: type[Record], record_id: UUID) -> Stored | None:
    """Return the document of one record, or None when there is no such record."""
    return bodies(model, [record_id]).get(record_id)


def refresh_dependants(record_id: UUID) -> int:
    """Render again every document that shows this record's name; the caller holds NAMES alone."""
    return _store_all(
        _ids_by_kind("SELECT kind, record_id FROM records_document WHERE embeds @> ARRAY[%s]", [record_id])
    )


def refresh_outdated() -> int:
    """Render again what is missing, stale or of an older renderer, and return how many there were."""
    count = 0
    for recipe in _recipes.values():
        query = (
            "SELECT e.kind, e.id FROM records_entry e LEFT JOIN records_document d ON d.record_id = e.id "
            "WHERE e.kind = %s AND (d.record_id IS NULL OR d.is_stale OR d.renderer < %s)"
        )
        count += _store_all(_ids_by_kind(query, [recipe.model.record_kind, recipe.renderer]))
    return count


def differences() -> Iterator[tuple[str, UUID]]:
    """Yield kind and id of every record whose stored document is not what would be rendered now."""
    for recipe in _recipes.values():
        ids = list(recipe.model._default_manager.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            kept = bodies(recipe.model, batch)
            for item in render(recipe.model, batch):
                if kept[item.record_id] != item.stored:
                    yield item.kind, item.record_id


def _ids_by_kind(query: str, parameters: list[Any]) -> dict[str, list[UUID]]:
    found: dict[str, list[UUID]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(query + " ORDER BY 1, 2", parameters)
        for kind, record_id in cursor.fetchall():
            found[kind].append(record_id)
    return found


def _store_all(ids_by_kind: dict[str, list[UUID]]) -> int:
    count = 0
    for kind, ids in ids_by_kind.items():
        for start in range(0, len(ids), BATCH):
            store(_recipes[kind].model, ids[start : start + BATCH])
        count += len(ids)
    return count


_READ = """
    SELECT d.record_id, d.version, d.digest, d.body FROM records_document d
    WHERE d.record_id = ANY(%(ids)s) AND NOT d.is_stale AND d.renderer >= %(renderer)s
"""

# A version is kept once for each version of the record; a rename that re-renders it keeps its newest words.
_STORE = """
    WITH kept AS (
        INSERT INTO records_document AS d (record_id, kind, version, renderer, is_stale, digest, embeds, body)
        VALUES (%(id)s, %(kind)s, %(version)s, %(renderer)s, false, %(digest)s, %(embeds)s, %(body)s)
        ON CONFLICT (record_id) DO UPDATE SET kind = EXCLUDED.kind, version = EXCLUDED.version,
            renderer = EXCLUDED.renderer, is_stale = false, digest = EXCLUDED.digest, embeds = EXCLUDED.embeds,
            body = EXCLUDED.body
        WHERE d.renderer <= EXCLUDED.renderer
        RETURNING record_id, version, body
    )
    INSERT INTO records_documentversion (record_id, version, known_from, body)
    SELECT kept.record_id, kept.version, now(), kept.body FROM kept
    WHERE NOT EXISTS (SELECT FROM records_documentversion v
        WHERE v.record_id = kept.record_id AND v.version = kept.version AND v.body = kept.body)
"""
