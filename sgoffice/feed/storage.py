"""Write the feed: publish documents and grant them to streams. Positions follow at COMMIT (triggers.sql)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.backends.utils import CursorWrapper

from sgoffice.database.batches import execute_for_each
from sgoffice.feed.models import digest_of

UPSERT, WITHDRAWN, MERGED = "upsert", "withdrawn", "merged"
#: What is stored of a document and depends on nothing but the document.
COLUMNS = ("op", "into", "names", "lists", "digest", "lists_at", "body")


@dataclass(frozen=True)
class Mention:
    """A mention of another record in a list of a document, as bytes."""

    member: str
    target: UUID
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Document:
    """A record as partners see it. `head` is the JSON object without lists of mentions and closing brace."""

    entry: UUID
    kind: str
    reference: str
    schema: int
    #: Name and version of the document format, as lines show it.
    contract: str
    renderer: int
    op: str = UPSERT
    into: UUID | None = None
    names: frozenset[UUID] = frozenset()
    lists: tuple[str, ...] = ()
    head: bytes = b""
    mentions: tuple[Mention, ...] = ()

    @property
    def lead(self) -> bytes:
        """The members that every line of the record begins with, whatever its `op`."""
        members = {"kind": self.kind, "id": self.entry, "reference": self.reference}
        return orjson.dumps(members | {"schema": self.contract})[1:-1]

    @property
    def body(self) -> bytes:
        """The document without any mentions; empty for a tombstone."""
        if self.op != UPSERT:
            return b""
        return self.head + b"".join(b',"%s":[]' % name.encode() for name in self.lists) + b"}"


def publish(documents: Iterable[Document], *, are_new: bool = False) -> None:
    """Store partner documents; unchanged ones move no stream. Nothing is stored yet of those that `are_new`.

    An older renderer never overwrites a newer one: it marks the document stale.
    """
    rows = sorted(documents, key=lambda document: document.entry)
    with connection.cursor() as cursor:
        execute_for_each(cursor, _PUBLISH, [_row(document) for document in rows])
        for document in rows:
            if document.mentions or not are_new:
                _write_mentions(cursor, document)


def grant(entry: UUID, streams: Collection[UUID]) -> None:
    """Grant a record to these streams and to no others."""
    with connection.cursor() as cursor:
        cursor.execute(_GRANT_ENTRY, {"entry": entry, "streams": sorted(streams)})


def grant_to(stream: UUID, entries: Collection[UUID]) -> None:
    """Grant a stream these records and no others."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM feed_grant WHERE stream = %s AND entry <> ALL(%s)", [stream, list(entries)])
        cursor.execute(_GRANT_STREAM, [stream, sorted(entries)])


def granted(entries: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Return the streams that these records are granted to."""
    with connection.cursor() as cursor:
        cursor.execute(_GRANTED, [list(entries)])
        return {entry: set(streams) for entry, streams in cursor.fetchall()}


def columns_of(document: Document) -> dict[str, Any]:
    """Return what is stored of a document, by column."""
    row = _row(document)
    return {name: row[name] for name in COLUMNS}


def _row(document: Document) -> dict[str, Any]:
    body, has_mentions = document.body, bool(document.mentions)
    return {
        "entry": document.entry,
        "kind": document.kind,
        "schema": document.schema,
        "renderer": document.renderer,
        "op": document.op,
        "into": document.into,
        "names": sorted(document.names),
        "lists": list(document.lists),
        "digest": digest_of(body) if body else "",
        "lead": document.lead,
        "body": body,
        "lists_at": len(document.head) if body and has_mentions else None,
    }


def _write_mentions(cursor: CursorWrapper, document: Document) -> None:
    """Write only the mentions that differ: each moves the streams that may show it.

    The others keep their places, whatever comes before them: a hidden mention moves no stream that has its neighbors.
    """
    wanted = dict.fromkeys((mention.member, mention.target, mention.body) for mention in document.mentions)
    cursor.execute(_MENTIONED, [document.entry])
    existing = {(member, target, bytes(body)): (key, place) for key, member, target, place, body in cursor.fetchall()}
    gone = [key for row, (key, _) in existing.items() if row not in wanted]
    if gone:
        cursor.execute("DELETE FROM feed_publishedreference WHERE id = ANY(%s)", [gone])
    taken = {place for row, (_, place) in existing.items() if row in wanted}
    free = (place for place in count() if place not in taken)
    new = [(document.entry, *row[:2], next(free), row[2]) for row in wanted if row not in existing]
    if new:
        execute_for_each(cursor, _MENTION, new)


_PUBLISH = """
    WITH kept AS (
        INSERT INTO feed_published AS p (entry, kind, schema, renderer, op, "into", is_stale, names, lists, digest,
            lead, body, lists_at)
        VALUES (%(entry)s, %(kind)s, %(schema)s, %(renderer)s, %(op)s, %(into)s, false, %(names)s::uuid[], %(lists)s,
            %(digest)s, %(lead)s, %(body)s, %(lists_at)s)
        ON CONFLICT (entry) DO UPDATE SET schema = EXCLUDED.schema, renderer = EXCLUDED.renderer, op = EXCLUDED.op,
            "into" = EXCLUDED."into", is_stale = false, names = EXCLUDED.names, lists = EXCLUDED.lists,
            digest = EXCLUDED.digest, lead = EXCLUDED.lead, body = EXCLUDED.body, lists_at = EXCLUDED.lists_at
        WHERE ((p.schema, p.renderer) <= (EXCLUDED.schema, EXCLUDED.renderer) OR EXCLUDED.op <> 'upsert')
            AND (p.schema, p.renderer, p.op, p."into", p.is_stale, p.names, p.lists, p.digest, p.lists_at)
            IS DISTINCT FROM (EXCLUDED.schema, EXCLUDED.renderer, EXCLUDED.op, EXCLUDED."into", false, EXCLUDED.names,
                EXCLUDED.lists, EXCLUDED.digest, EXCLUDED.lists_at)
        RETURNING entry
    )
    UPDATE feed_published AS p SET is_stale = true
    WHERE p.entry = %(entry)s AND NOT p.is_stale AND %(op)s = 'upsert' AND NOT EXISTS (SELECT FROM kept)
        AND (p.schema, p.renderer) > (%(schema)s::smallint, %(renderer)s::smallint)
"""
_GRANT_ENTRY = """
    WITH ended AS (DELETE FROM feed_grant WHERE entry = %(entry)s AND stream <> ALL(%(streams)s::uuid[]))
    INSERT INTO feed_grant (entry, stream)
    SELECT %(entry)s::uuid, stream FROM unnest(%(streams)s::uuid[]) AS wanted (stream)
    ON CONFLICT DO NOTHING
"""
_GRANT_STREAM = """
    INSERT INTO feed_grant (stream, entry) SELECT %s, entry FROM unnest(%s::uuid[]) AS wanted (entry)
    ON CONFLICT DO NOTHING
"""
_GRANTED = "SELECT entry, array_agg(stream) FROM feed_grant WHERE entry = ANY(%s) GROUP BY entry"
_MENTIONED = "SELECT id, member, target, place, body FROM feed_publishedreference WHERE source = %s"
_MENTION = "INSERT INTO feed_publishedreference (source, member, target, place, body) VALUES (%s, %s, %s, %s, %s)"
