"""Read a stream: changes after a position, a snapshot, one record, digests. Nothing is shown without its grant.

`kinds` narrows a read to some kinds; None means all that the stream carries.

A line is the JSON object `{op, changed_at, kind, id, reference, schema, …}`, with `digest` and `document` for what the
stream carries, with `into` for what was merged into a record that it carries.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import orjson
from django.db.models import Exists, Model, OuterRef, QuerySet

from sgoffice.database.binary_rows import binary_rows
from sgoffice.feed import statements
from sgoffice.feed.models import Grant, Published, digest_of
from sgoffice.feed.servers import stream_rows

#: A line in pieces, because a page has megabytes: position, time of change, leading members, the record it was merged
#: into, the digest of the document unless it must be computed, the document.
ChangeRow = tuple[int, str, bytes, UUID | None, str | None, bytes | None]
#: Narrows the document of a kind.
Pick = Callable[[str, bytes], bytes]
#: Kinds that a read is narrowed to.
Kinds = Collection[str] | None
R = TypeVar("R", bound=Model)
_MODULUS = 2**64
_LINE_COLUMNS = 6


@dataclass(frozen=True)
class StreamPosition:
    """The last position of a stream, and the epoch that it belongs to."""

    epoch: str
    position: int


@dataclass(frozen=True)
class Page:
    """Some rows of a stream, up to a limit of rows and of bytes; `head` is the current position of the stream."""

    head: StreamPosition
    rows: list[ChangeRow]
    has_more: bool

    def end(self, otherwise: int) -> StreamPosition:
        """Return where to go on: after the last row if there is more, else at another position."""
        return StreamPosition(self.head.epoch, self.rows[-1][0] if self.has_more else otherwise)


@dataclass(frozen=True)
class Bucket:
    """How many records of a kind a stream carries, and the sum of their digests modulo 2**64."""

    kind: str
    bucket: str
    count: int
    hash: str


def current_position(stream: UUID) -> StreamPosition:
    [(position, epoch)] = binary_rows(f"SELECT {statements.PLACE}", [stream])
    return StreamPosition(epoch, position)


def changes_after(stream: UUID, position: int, limit: int, kinds: Kinds = None) -> Page:
    """Return at most `limit` records that changed after a position, in order of COMMIT."""
    statement, rows_of = _page(statements.page, stream, position, limit, kinds)
    first, *rows = stream_rows(stream, statement, [*rows_of, stream])
    return _page_of(first, rows)


def shown_after(
    stream: UUID, position: int, end: int | None, limit: int, kinds: Kinds = None, *, size: int | None = None
) -> Page:
    """Return at most `limit` records, and no more than `size` bytes, that the stream carries between two positions."""
    given = [stream, position, end is None, end or 0, *_narrowed(kinds), stream]
    first, *rows = stream_rows(stream, statements.shown_page(limit, size or statements.PAGE_BYTES), given)
    return _page_of(first, rows)


def join_lines(
    rows: Sequence[ChangeRow], *, begin: bytes, between: bytes, end: bytes, pick: Pick | None = None
) -> bytes:
    """Return the lines of rows with a separator, joined once; `pick` narrows their documents."""
    pieces = [begin]
    for row in rows:
        pieces += (*_line(row, pick), between)
    if rows:
        pieces.pop()
    return b"".join([*pieces, end])


def record_line(stream: UUID, entry: UUID, kinds: Kinds = None, pick: Pick | None = None) -> bytes | None:
    """Return the line of one record, or None if the stream does not carry it."""
    found = stream_rows(stream, statements.LINE, [stream, entry, *_narrowed(kinds)])
    return b"".join(_line(found[0], pick)) if found else None


def find_entry(stream: UUID, kind: str, key: str) -> UUID | None:
    """Return the id of a record by id or reference, if the stream has ever had it.

    One statement for every key, so that the time of the answer does not tell a hidden record from none.
    """
    try:
        wanted = UUID(key)
    except ValueError:
        found = binary_rows(statements.BY_REFERENCE, [key, kind, stream])
    else:
        found = binary_rows(statements.BY_ID, [wanted, stream, kind])
    return found[0][0] if found else None


def fetch_document(stream: UUID, entry: UUID) -> tuple[str, bytes] | None:
    """Return digest and bytes of one document, or None if the stream does not carry it."""
    found = binary_rows(statements.ONE, [[entry], stream])
    return (found[0][1] or digest_of(found[0][2]), found[0][2]) if found else None


def fetch_documents(stream: UUID, entries: list[UUID]) -> list[bytes]:
    """Return the documents of these records in this order, without those not carried."""
    return [row[2] for row in binary_rows(statements.ONE, [entries, stream])]


def filter_carried(rows: QuerySet[R], stream: UUID) -> QuerySet[R]:
    """Keep the records that the stream carries."""
    granted = Grant.objects.filter(stream=stream, entry=OuterRef("pk"))
    published = Published.objects.filter(entry=OuterRef("pk"), op="upsert", is_stale=False)
    return rows.filter(Exists(granted), Exists(published))


def find_survivor(stream: UUID, entry: UUID) -> UUID | None:
    """Return the record that this one was merged into, if the stream was told of the merger and carries that one."""
    found = binary_rows(statements.SURVIVOR, [stream, entry])
    return found[0][0] if found else None


def count_changes_after(stream: UUID, position: int, most: int) -> int:
    """Return how many records changed after a position, at most `most`."""
    [(count,)] = binary_rows(statements.BEHIND, [stream, position, most])
    return int(count)


def counts_after(positions: Mapping[UUID, int], most: int) -> dict[UUID, int]:
    """Return the same of several streams."""
    return dict(binary_rows(statements.BEHIND_EACH, [most, list(positions), list(positions.values())]))


def granted_entries(stream: UUID) -> list[UUID]:
    return [entry for (entry,) in binary_rows("SELECT entry FROM feed_grant WHERE stream = %s", [stream])]


def count_by_kind(stream: UUID) -> dict[str, int]:
    return dict(binary_rows(statements.COUNTS, [stream]))


def changes_and_digest(
    stream: UUID, position: int, limit: int, kinds: Kinds = None
) -> tuple[Page, list[Bucket] | None]:
    """Return the same, and the buckets of the stream as of the same instant if there is no more."""
    statement, rows_of = _page(statements.page_with_buckets, stream, position, limit, kinds)
    first, *found = stream_rows(stream, statement, [*rows_of, stream, stream, *_narrowed(kinds)])
    page = _page_of(first[:_LINE_COLUMNS], [row[:_LINE_COLUMNS] for row in found if row[_LINE_COLUMNS] is None])
    buckets = [_bucket(row[_LINE_COLUMNS:]) for row in found if row[_LINE_COLUMNS] is not None]
    return page, None if page.has_more else buckets


def digest_buckets(stream: UUID, kinds: Kinds = None) -> tuple[StreamPosition, list[Bucket]]:
    """Return the current position, and count and hash of each bucket of each kind as of the same instant.

    The bucket of a record is the first two digits of SHA-256 of its id.
    """
    (_, epoch, head, _), *rows = stream_rows(stream, statements.BUCKETS_AT, [stream, stream, *_narrowed(kinds)])
    return StreamPosition(epoch, head), [_bucket(row) for row in rows]


def digests_in_bucket(stream: UUID, kind: str, wanted: str) -> tuple[StreamPosition, list[tuple[UUID, str]]]:
    """Return the current position, and id and digest of each record in one bucket as of the same instant."""
    (_, epoch, head), *rows = stream_rows(stream, statements.BUCKET_AT, [stream, stream, kind, wanted])
    return StreamPosition(epoch, head), [(entry, digest) for entry, digest, _ in rows]


def _bucket(row: Sequence[Any]) -> Bucket:
    kind, bucket, count, total = row
    return Bucket(kind, bucket, count, f"{int(total) % _MODULUS:016x}")


def _page(
    statement: Callable[[int, str], str], stream: UUID, position: int, limit: int, kinds: Kinds
) -> tuple[str, list[Any]]:
    """Return the statement of a page, and the parameters of its rows."""
    if kinds is None:
        return statement(limit, statements.ROWS), [stream, position]
    return statement(limit, statements.ROWS_OF_KINDS), [stream, position, sorted(kinds)]


def _page_of(first: Any, rows: list[ChangeRow]) -> Page:
    position, epoch, _, _, more, _ = first
    return Page(StreamPosition(epoch, position), rows, more is not None)


def _narrowed(kinds: Kinds) -> list[Any]:
    """Return the parameters that narrow a statement to these kinds."""
    return [kinds is None, sorted(kinds or ())]


def _line(row: ChangeRow, pick: Pick | None) -> tuple[bytes, ...]:
    """Return a line in pieces: nothing is copied until the page is joined."""
    _, changed_at, lead, into, digest, body = row
    at = changed_at.encode()
    if body is not None:
        digest_bytes = (digest or digest_of(body)).encode()
        if pick is not None:
            body = pick(orjson.loads(b"{" + lead + b"}")["kind"], body)
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
