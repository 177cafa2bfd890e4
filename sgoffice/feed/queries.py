"""Read a stream: changes after a position, a snapshot, one record, digests. Nothing is shown without its grant.

A line is the JSON object `{op, changed_at, kind, id, reference, schema, …}`, with `digest` and `document` for what the
stream carries, with `into` for what was merged into a record that it carries.
"""

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, Model, OuterRef, QuerySet
from psycopg.pq import Format

from sgoffice.database.binary_rows import binary_rows
from sgoffice.feed.models import Grant, Published, digest_of

#: A line in pieces, because a page has megabytes: position, time of change, leading members, the record it was merged
#: into, the digest of the document unless it must be computed, the document.
ChangeRow = tuple[int, str, bytes, UUID | None, str | None, bytes | None]
R = TypeVar("R", bound=Model)
_MODULUS = 2**64
_CHUNK = 500


@dataclass(frozen=True)
class StreamPosition:
    """The last position of a stream, and the epoch that it belongs to."""

    epoch: str
    position: int


@dataclass(frozen=True)
class Bucket:
    """How many records of a kind a stream carries, and the sum of their digests modulo 2**64."""

    kind: str
    bucket: str
    count: int
    hash: str


def current_position(stream: UUID) -> StreamPosition:
    [(position, epoch)] = binary_rows(f"SELECT {_PLACE}", [stream])
    return StreamPosition(epoch, position)


def changes_after(stream: UUID, position: int, limit: int) -> tuple[StreamPosition, list[ChangeRow]]:
    """Return the current position, and each record that changed after a position, in order of COMMIT."""
    (head, epoch, *_), *rows = binary_rows(_after(limit), [stream, stream, position])
    return StreamPosition(epoch, head), rows


def join_lines(rows: Sequence[ChangeRow], *, begin: bytes, between: bytes, end: bytes) -> bytes:
    """Return the lines of rows with a separator, joined once."""
    pieces = [begin]
    for row in rows:
        pieces += (*_line(row), between)
    if rows:
        pieces.pop()
    return b"".join([*pieces, end])


def snapshot(stream: UUID) -> Generator[bytes, None, StreamPosition]:
    """Yield a line for each record that the stream carries, as of one instant; return the position."""
    with transaction.atomic(), closing(connection.chunked_cursor()) as cursor:
        cursor.cursor.format = Format.BINARY
        # one statement sees one snapshot of the database, however long it is read; its first row is the position
        cursor.execute(_SNAPSHOT, [stream, stream])
        [(position, epoch, *_)] = cursor.fetchmany(1)
        while rows := cursor.fetchmany(_CHUNK):
            yield join_lines(rows, begin=b"", between=b"\n", end=b"\n")
    return StreamPosition(epoch, position)


def record_line(stream: UUID, entry: UUID) -> bytes | None:
    """Return the line of one record, or None if the stream does not carry it."""
    found = binary_rows(_LINE, [stream, entry])
    return b"".join(_line(found[0])) if found else None


def find_entry(stream: UUID, kind: str, key: str) -> UUID | None:
    """Return the id of a record by id or reference, if the stream has ever had it.

    One statement for every key, so that the time of the answer does not tell a hidden record from none.
    """
    try:
        wanted = UUID(key)
    except ValueError:
        found = binary_rows(_BY_REFERENCE, [key, kind, stream])
    else:
        found = binary_rows(_BY_ID, [wanted, kind, stream])
    return found[0][0] if found else None


def fetch_document(stream: UUID, entry: UUID) -> tuple[str, bytes] | None:
    """Return digest and bytes of one document, or None if the stream does not carry it."""
    found = binary_rows(_ONE, [[entry], stream])
    return (found[0][1] or digest_of(found[0][2]), found[0][2]) if found else None


def fetch_documents(stream: UUID, entries: list[UUID]) -> bytes:
    """Return the documents of these records in this order, joined by commas, without those not carried."""
    return b",".join(row[2] for row in binary_rows(_ONE, [entries, stream]))


def filter_carried(rows: QuerySet[R], stream: UUID) -> QuerySet[R]:
    """Keep the records that the stream carries."""
    granted = Grant.objects.filter(stream=stream, entry=OuterRef("pk"))
    published = Published.objects.filter(entry=OuterRef("pk"), op="upsert", is_stale=False)
    return rows.filter(Exists(granted), Exists(published))


def find_survivor(stream: UUID, entry: UUID) -> UUID | None:
    """Return the record that this one was merged into, if the stream was told of the merger and carries that one."""
    found = binary_rows(_SURVIVOR, [stream, entry])
    return found[0][0] if found else None


def count_changes_after(stream: UUID, position: int, most: int) -> int:
    """Return how many records changed after a position, at most `most`."""
    [(count,)] = binary_rows(_BEHIND, [stream, position, most])
    return int(count)


def granted_entries(stream: UUID) -> list[UUID]:
    return [entry for (entry,) in binary_rows("SELECT entry FROM feed_grant WHERE stream = %s", [stream])]


def count_by_kind(stream: UUID) -> dict[str, int]:
    return dict(binary_rows(_COUNTS, [stream]))


def digest_buckets(stream: UUID) -> list[Bucket]:
    """Return count and hash of each bucket of each kind; the bucket is the first two digits of SHA-256 of the id."""
    rows = binary_rows(_BUCKETS, [stream])
    return [Bucket(kind, bucket, count, f"{int(total) % _MODULUS:016x}") for kind, bucket, count, total in rows]


def digests_in_bucket(stream: UUID, kind: str, wanted: str) -> list[tuple[UUID, str]]:
    """Return id and digest of each record in one bucket."""
    return binary_rows(_BUCKET, [stream, kind, wanted])


def _line(row: ChangeRow) -> tuple[bytes, ...]:
    """Return a line in pieces: nothing is copied until the page is joined."""
    _, changed_at, lead, into, digest, body = row
    at = changed_at.encode()
    if body is not None:
        digest_bytes = (digest or digest_of(body)).encode()
        return (
            b'{"op":"upsert","changed_at":"',
            at,
            b'",',
            lead,
            b',"digest":"',
            digest_bytes,
            b'","document":',
            body,
            b"}",
        )
    if into is not None:
        return b'{"op":"merged","changed_at":"', at, b'",', lead, b',"into":"', str(into).encode(), b'"}'
    return b'{"op":"withdrawn","changed_at":"', at, b'",', lead, b"}"


def _after(limit: int) -> str:
    """Return the statement for a page of this size.

    The limit is not a parameter: with an unknown limit the database plans each time, which takes longer than reading a
    small page.
    """
    return f"""
        {_PLACE_FIRST} UNION ALL
        (SELECT {_LINES}
         FROM (SELECT * FROM feed_streamrow WHERE stream = %s AND position > %s ORDER BY position LIMIT {limit:d}) r
         {_EACH} ORDER BY r.position)
    """


_PLACE = "coalesce((SELECT position FROM feed_stream WHERE id = %s), 0), feed_epoch()"

#: The document with only the mentions of records that the stream carries.
_DOCUMENT = """
    CASE WHEN g.id IS NULL THEN NULL WHEN p.lists_at IS NULL THEN p.body ELSE substr(p.body, 1, p.lists_at) || (
        SELECT string_agg(convert_to(',"' || l.member || '":[', 'UTF8') || coalesce((
                SELECT string_agg(m.body, ','::bytea ORDER BY m.place) FROM feed_publishedreference m
                WHERE m.source = p.entry AND m.member = l.member
                    AND EXISTS (SELECT FROM feed_shown s WHERE s.stream = r.stream AND s.entry = m.target)
            ), ''::bytea) || ']'::bytea, ''::bytea ORDER BY l.place)
        FROM unnest(p.lists) WITH ORDINALITY AS l (member, place)) || '}'::bytea END
"""
#: The stored digest of a document that is the same for all streams; otherwise it is computed from the bytes.
_STORED_DIGEST = "CASE WHEN p.lists_at IS NULL THEN p.digest END"
_DIGEST = f"coalesce({_STORED_DIGEST}, substr(encode(sha256({_DOCUMENT}), 'hex'), 1, 16))"
#: Everything that a stream carries.
_SHOWN = """
    feed_streamrow r JOIN feed_published p ON p.entry = r.entry
    JOIN feed_grant g ON g.stream = r.stream AND g.entry = r.entry AND p.op = 'upsert' AND NOT p.is_stale
"""
#: For few rows; `g` is set if the stream carries the record. Looked up by key, whatever the planner estimates.
_EACH = """
    JOIN LATERAL (SELECT * FROM feed_published p WHERE p.entry = r.entry OFFSET 0) p ON true
    LEFT JOIN LATERAL (SELECT g.entry AS id FROM feed_grant g WHERE g.stream = r.stream AND g.entry = r.entry
                       AND p.op = 'upsert' AND NOT p.is_stale OFFSET 0) g ON true
"""
_LINES = f'r.position, r.changed_at, p.lead, r."into", {_STORED_DIGEST}, {_DOCUMENT}'
#: The current position, in the columns of a line.
_PLACE_FIRST = f"SELECT {_PLACE}, NULL::bytea, NULL::uuid, NULL, NULL::bytea"
_SNAPSHOT = f"""
    {_PLACE_FIRST} UNION ALL
    (SELECT {_LINES} FROM {_SHOWN} WHERE r.stream = %s ORDER BY r.position)
"""
_LINE = f"SELECT {_LINES} FROM feed_streamrow r {_EACH} WHERE r.stream = %s AND r.entry = %s AND g.id IS NOT NULL"
_ONE = f"""
    SELECT wanted.place, {_STORED_DIGEST}, {_DOCUMENT} FROM unnest(%s::uuid[]) WITH ORDINALITY AS wanted (entry, place)
    JOIN feed_streamrow r ON r.entry = wanted.entry AND r.stream = %s {_EACH}
    WHERE g.id IS NOT NULL ORDER BY wanted.place
"""
_SURVIVOR = """
    WITH RECURSIVE told AS (
        SELECT r.stream, r."into" FROM feed_streamrow r WHERE r.stream = %s AND r.entry = %s AND r.op = 'merged'
        UNION
        SELECT r.stream, r."into" FROM told t
        JOIN feed_streamrow r ON r.stream = t.stream AND r.entry = t."into" AND r.op = 'merged'
    )
    SELECT s.entry FROM told t JOIN feed_shown s ON s.stream = t.stream AND s.entry = t."into"
"""
_HAD = "e.kind = %s AND EXISTS (SELECT FROM feed_streamrow r WHERE r.entry = e.id AND r.stream = %s)"
_BY_ID = f"SELECT e.id FROM records_entry e WHERE e.id = %s AND {_HAD}"
_BY_REFERENCE = f"SELECT e.id FROM records_entry e WHERE e.reference = %s AND {_HAD}"
_BEHIND = "SELECT count(*) FROM (SELECT FROM feed_streamrow WHERE stream = %s AND position > %s LIMIT %s) AS found"
_COUNTS = f"SELECT p.kind, count(*) FROM {_SHOWN} WHERE r.stream = %s GROUP BY 1 ORDER BY 1"
_BUCKET_OF = "substr(encode(sha256(convert_to(p.entry::text, 'UTF8')), 'hex'), 1, 2)"
_BUCKETS = f"""
    SELECT p.kind, {_BUCKET_OF} AS bucket, count(*), sum(('x' || {_DIGEST})::bit(64)::bigint)::text FROM {_SHOWN}
    WHERE r.stream = %s GROUP BY 1, 2 ORDER BY 1, 2
"""
_BUCKET = f"""
    SELECT p.entry, {_DIGEST} FROM {_SHOWN}
    WHERE r.stream = %s AND p.kind = %s AND {_BUCKET_OF} = %s ORDER BY 1
"""
