"""Read a stream: what changed after a position, all of it, one record, digests. Nothing is shown without its grant.

A line is the JSON object `{op, kind, id, reference, changed_at, …}`, with `schema`, `digest` and `document` for what
the stream carries, with `into` for what was merged into a record that it carries.
"""

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from psycopg import ClientCursor
from psycopg.pq import Format

from sgoffice.feed.models import Grant, Published

_MODULUS = 2**64
_CHUNK = 500


@dataclass(frozen=True)
class Place:
    """How far a stream has come, in which life of the register."""

    epoch: str
    position: int


@dataclass(frozen=True)
class Bucket:
    """How many records of a kind a stream carries, and the sum of their digests modulo 2**64."""

    kind: str
    bucket: str
    count: int
    hash: str


def place(stream: UUID) -> Place:
    """Return how far a stream has come."""
    [(epoch, position)] = _rows(_PLACE, [stream])
    return Place(epoch, position)


def after(stream: UUID, position: int, limit: int) -> list[tuple[int, str, bytes | None]]:
    """Return each record that changed in the stream after a position, once, in order of COMMIT.

    Its position, and its line in two pieces, for joined(): a page is megabytes, and to copy it costs more than to read.
    """
    return _rows(_AFTER, [stream, position, limit])


def joined(rows: Sequence[tuple[int, str, bytes | None]], *, begin: bytes, between: bytes, end: bytes) -> bytes:
    """Return the lines of rows with something between, put together in one go."""
    pieces: list[bytes] = []
    before = begin
    for _, head, body in rows:
        pieces += (before, head.encode(), body or b"", b"}")
        before = between
    return b"".join([*pieces, end] if pieces else [begin, end])


def snapshot(stream: UUID) -> Generator[bytes, None, Place]:
    """Yield a line for each record that the stream carries, as of one instant; its place is the generator's value."""
    with transaction.atomic(), closing(connection.chunked_cursor()) as cursor:
        cursor.cursor.format = Format.BINARY
        # one statement has one snapshot of the database, however long it is read; its first row is the place
        cursor.execute(_SNAPSHOT, [stream, stream])
        [(epoch, position, *_)] = cursor.fetchmany(1)
        while rows := cursor.fetchmany(_CHUNK):
            yield joined([row[1:] for row in rows], begin=b"", between=b"\n", end=b"\n")
    return Place(epoch, position)


def line(stream: UUID, entry: UUID) -> bytes | None:
    """Return the line of one record; None if the stream does not carry it."""
    found = _rows(_LINE, [stream, entry])
    return _line(*found[0]) if found else None


def document(stream: UUID, entry: UUID) -> tuple[str, bytes] | None:
    """Return digest and bytes of one document; None if the stream does not carry it."""
    found = _rows(_ONE, [[entry], stream])
    return (found[0][1], found[0][2]) if found else None


def documents(stream: UUID, entries: list[UUID]) -> bytes:
    """Return the documents of these records in this order with commas between, without those not carried."""
    return b",".join(row[2] for row in _rows(_ONE, [entries, stream]))


def carried(rows: Any, stream: UUID) -> Any:
    """Keep those of a queryset of records that the stream carries."""
    granted = Grant.objects.filter(stream=stream, entry=OuterRef("pk"))
    published = Published.objects.filter(entry=OuterRef("pk"), op="upsert", is_stale=False)
    return rows.filter(Exists(granted), Exists(published))


def survivor(stream: UUID, entry: UUID) -> UUID | None:
    """Return the record that took this one's place, if the stream told of this one and carries that one."""
    found = _rows(_SURVIVOR, [stream, entry])
    return found[0][0] if found else None


def behind(stream: UUID, position: int, most: int) -> int:
    """Return how many records changed in the stream after a position, counting up to `most`."""
    [(count,)] = _rows(_BEHIND, [stream, position, most])
    return int(count)


def entries(stream: UUID) -> list[UUID]:
    """Return the records that a stream may carry."""
    return [entry for (entry,) in _rows("SELECT entry FROM feed_grant WHERE stream = %s", [stream])]


def counts(stream: UUID) -> dict[str, int]:
    """Return how many records of each kind a stream carries."""
    return dict(_rows(_COUNTS, [stream]))


def buckets(stream: UUID) -> list[Bucket]:
    """Return count and hash of each bucket of each kind: the first two digits of SHA-256 of the id."""
    rows = _rows(_BUCKETS, [stream])
    return [Bucket(kind, bucket, count, f"{int(total) % _MODULUS:016x}") for kind, bucket, count, total in rows]


def bucket(stream: UUID, kind: str, wanted: str) -> list[tuple[UUID, str]]:
    """Return id and digest of each record in one bucket."""
    return _rows(_BUCKET, [stream, kind, wanted])


def _line(head: str, body: bytes | None) -> bytes:
    return b"%b%b}" % (head.encode(), body or b"")


def _rows(statement: str, parameters: list[Any]) -> list[Any]:
    """Return rows with bytes as they are, not as hexadecimal text."""
    with connection.cursor() as cursor:
        if not isinstance(cursor.cursor, ClientCursor):
            cursor.cursor.format = Format.BINARY
        cursor.execute(statement, parameters)
        return cursor.fetchall()


_PLACE = "SELECT feed_epoch(), coalesce((SELECT position FROM feed_stream WHERE id = %s), 0)"

_BODY = """
    LEFT JOIN LATERAL (SELECT CASE WHEN p.head IS NULL THEN p.body ELSE feed_document(r.stream, r.entry) END AS body
                       OFFSET 0) d ON g.id IS NOT NULL
"""
#: What a stream carries, all of it: `d` is a document, `digest` is of these very bytes.
_SHOWN = f"""
    feed_streamrow r JOIN feed_published p ON p.entry = r.entry
    LEFT JOIN feed_grant g ON g.stream = r.stream AND g.entry = r.entry AND p.op = 'upsert' AND NOT p.is_stale {_BODY}
"""
#: The same for a few rows: each is looked up by its keys, whatever the planner takes the size of the tables for.
_EACH = f"""
    JOIN LATERAL (SELECT * FROM feed_published p WHERE p.entry = r.entry OFFSET 0) p ON true
    LEFT JOIN LATERAL (SELECT g.entry AS id FROM feed_grant g WHERE g.stream = r.stream AND g.entry = r.entry
                       AND p.op = 'upsert' AND NOT p.is_stale OFFSET 0) g ON true {_BODY}
"""
_DIGEST = "CASE WHEN p.head IS NULL THEN p.digest ELSE substr(encode(sha256(d.body), 'hex'), 1, 16) END"
_HEAD = """'","kind":"' || p.kind || '","id":"' || p.entry || '","reference":' || to_json(p.reference)
    || ',"changed_at":"' || to_char(r.changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"'"""
_INTO = "(SELECT n.into FROM feed_published n WHERE n.entry = r.entry AND feed_is_shown(r.stream, n.into))"
#: A line in two pieces, so that no document is copied here: what stands before the document, and the document.
_LINES = f"""
    CASE WHEN g.id IS NOT NULL THEN '{{"op":"upsert' || {_HEAD} || ',"schema":"' || p.kind || '/' || p.schema
            || '","digest":"' || {_DIGEST} || '","document":'
         WHEN p.op = 'merged' AND {_INTO} IS NOT NULL THEN '{{"op":"merged' || {_HEAD} || ',"into":"' || {_INTO} || '"'
         ELSE '{{"op":"withdrawn' || {_HEAD} END, d.body
"""
_AFTER = f"""
    SELECT r.position, {_LINES}
    FROM (SELECT * FROM feed_streamrow WHERE stream = %s AND position > %s ORDER BY position LIMIT %s) r {_EACH}
    ORDER BY r.position
"""
_SNAPSHOT = f"""
    SELECT feed_epoch(), coalesce((SELECT position FROM feed_stream WHERE id = %s), 0), NULL, NULL::bytea
    UNION ALL
    (SELECT NULL, r.position, {_LINES} FROM {_SHOWN}
     WHERE r.stream = %s AND g.id IS NOT NULL ORDER BY r.position)
"""
_LINE = f"SELECT {_LINES} FROM feed_streamrow r {_EACH} WHERE r.stream = %s AND r.entry = %s AND g.id IS NOT NULL"
_ONE = f"""
    SELECT wanted.place, {_DIGEST}, d.body FROM unnest(%s::uuid[]) WITH ORDINALITY AS wanted (entry, place)
    JOIN feed_streamrow r ON r.entry = wanted.entry AND r.stream = %s {_EACH}
    WHERE g.id IS NOT NULL ORDER BY wanted.place
"""
_SURVIVOR = """
    SELECT p.into FROM feed_streamrow r JOIN feed_published p ON p.entry = r.entry AND p.op = 'merged'
    WHERE r.stream = %s AND r.entry = %s AND feed_is_shown(r.stream, p.into)
"""
_BEHIND = "SELECT count(*) FROM (SELECT FROM feed_streamrow WHERE stream = %s AND position > %s LIMIT %s) AS found"
_COUNTS = f"SELECT p.kind, count(*) FROM {_SHOWN} WHERE r.stream = %s AND g.id IS NOT NULL GROUP BY 1 ORDER BY 1"
_BUCKET_OF = "substr(encode(sha256(convert_to(p.entry::text, 'UTF8')), 'hex'), 1, 2)"
_BUCKETS = f"""
    SELECT p.kind, {_BUCKET_OF} AS bucket, count(*), sum(('x' || {_DIGEST})::bit(64)::bigint)::text FROM {_SHOWN}
    WHERE r.stream = %s AND g.id IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
"""
_BUCKET = f"""
    SELECT p.entry, {_DIGEST} FROM {_SHOWN}
    WHERE r.stream = %s AND g.id IS NOT NULL AND p.kind = %s AND {_BUCKET_OF} = %s ORDER BY 1
"""
