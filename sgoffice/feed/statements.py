"""The SQL of reading a stream. Whatever shows a document joins the grants of this moment."""

ROWS = "feed_streamrow r WHERE r.stream = %s AND r.position > %s"
ROWS_OF_KINDS = """
    feed_streamrow r JOIN feed_published p ON p.entry = r.entry
    WHERE r.stream = %s AND r.position > %s AND p.kind = ANY (%s)
"""
_NARROWED = "(%s OR p.kind = ANY (%s))"
PLACE = "coalesce((SELECT position FROM feed_stream WHERE id = %s), 0), feed_epoch()"

#: The document with only the mentions of records that the stream carries.
_DOCUMENT = """
    CASE WHEN g.id IS NULL THEN NULL WHEN p.lists_at IS NULL THEN p.body ELSE substr(p.body, 1, p.lists_at) || (
        SELECT string_agg(convert_to(',"' || l.member || '":[', 'UTF8') || coalesce((
                SELECT string_agg(m.body, ','::bytea ORDER BY m.target, m.body) FROM feed_publishedreference m
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
LINE = f"""
    SELECT {_LINES} FROM feed_streamrow r {_EACH}
    WHERE r.stream = %s AND r.entry = %s AND g.id IS NOT NULL AND {_NARROWED}
"""
ONE = f"""
    SELECT wanted.place, {_STORED_DIGEST}, {_DOCUMENT} FROM unnest(%s::uuid[]) WITH ORDINALITY AS wanted (entry, place)
    JOIN feed_streamrow r ON r.entry = wanted.entry AND r.stream = %s {_EACH}
    WHERE g.id IS NOT NULL ORDER BY wanted.place
"""
SURVIVOR = """
    WITH RECURSIVE told AS (
        SELECT r.stream, r."into" FROM feed_streamrow r WHERE r.stream = %s AND r.entry = %s AND r.op = 'merged'
        UNION
        SELECT r.stream, r."into" FROM told t
        JOIN feed_streamrow r ON r.stream = t.stream AND r.entry = t."into" AND r.op = 'merged'
    )
    SELECT s.entry FROM told t JOIN feed_shown s ON s.stream = t.stream AND s.entry = t."into"
"""
_HAD = "e.kind = %s AND EXISTS (SELECT FROM feed_streamrow r WHERE r.entry = e.id AND r.stream = %s)"
#: Begins with what the stream has had: a hidden record ends where an unknown one does.
BY_ID = """
    SELECT e.id FROM (SELECT r.entry FROM feed_streamrow r WHERE r.entry = %s AND r.stream = %s OFFSET 0) AS had
    JOIN records_entry e ON e.id = had.entry WHERE e.kind = %s
"""
BY_REFERENCE = f"SELECT e.id FROM records_entry e WHERE e.reference = %s AND {_HAD}"
BEHIND = "SELECT count(*) FROM (SELECT FROM feed_streamrow WHERE stream = %s AND position > %s LIMIT %s) AS found"
BEHIND_EACH = """
    SELECT given.stream, (SELECT count(*) FROM (
        SELECT FROM feed_streamrow r WHERE r.stream = given.stream AND r.position > given.position LIMIT %s) AS found)
    FROM unnest(%s::uuid[], %s::bigint[]) AS given (stream, position)
"""
COUNTS = f"SELECT p.kind, count(*) FROM {_SHOWN} WHERE r.stream = %s GROUP BY 1 ORDER BY 1"
_BUCKET_OF = "substr(encode(sha256(convert_to(p.entry::text, 'UTF8')), 'hex'), 1, 2)"
_BUCKETS = f"""
    SELECT p.kind, {_BUCKET_OF} AS bucket, count(*), sum(('x' || {_DIGEST})::bit(64)::bigint)::text FROM {_SHOWN}
    WHERE r.stream = %s AND {_NARROWED} GROUP BY 1, 2 ORDER BY 1, 2
"""
_POSITION_AND_EPOCH = (
    "SELECT coalesce((SELECT position FROM feed_stream WHERE id = %s), 0) AS position, feed_epoch() AS epoch"
)
BUCKETS_AT = f"SELECT NULL, w.epoch, w.position, NULL FROM ({_POSITION_AND_EPOCH}) w UNION ALL ({_BUCKETS})"
BUCKET_AT = f"""
    SELECT NULL::uuid, w.epoch, w.position FROM ({_POSITION_AND_EPOCH}) w UNION ALL
    (SELECT p.entry, {_DIGEST}, NULL FROM {_SHOWN}
     WHERE r.stream = %s AND p.kind = %s AND {_BUCKET_OF} = %s ORDER BY 1)
"""


#: No page is larger, in bytes of documents, unless one record is.
PAGE_BYTES = 4 * 2**20
#: The current position in the columns of a line, and whether there is more than the page has.
_PLACE_FIRST = f"""
    SELECT {PLACE}, NULL::bytea, NULL::uuid, (SELECT 'more' FROM ahead WHERE NOT fits LIMIT 1), NULL::bytea
"""


def page(limit: int, rows: str, size: int = PAGE_BYTES) -> str:
    """Return the statement for a page of at most this many rows and bytes.

    The limit is not a parameter: with an unknown limit the database plans each time, which takes longer than reading a
    small page.
    """
    return f"""
        WITH {_ahead(limit, rows, size)}
        {_PLACE_FIRST} UNION ALL
        (SELECT {_LINES} FROM ahead r {_EACH} WHERE r.fits ORDER BY r.position)
    """


def shown_page(limit: int, size: int) -> str:
    """Return the statement for a page of what a stream carries."""
    return page(
        limit,
        f"{_SHOWN} WHERE r.stream = %s AND r.position > %s AND (%s OR r.position <= %s) AND {_NARROWED}",
        size,
    )


def page_with_buckets(limit: int, rows: str) -> str:
    """Return the statement for a page with the buckets, which are counted only if the page is the last one."""
    return f"""
        WITH {_ahead(limit, rows, PAGE_BYTES)}
        SELECT w.*, NULL, NULL, NULL::bigint, NULL FROM ({_PLACE_FIRST}) w UNION ALL
        (SELECT {_LINES}, NULL, NULL, NULL, NULL FROM ahead r {_EACH} WHERE r.fits ORDER BY r.position) UNION ALL
        SELECT NULL, NULL, NULL, NULL, NULL, NULL, b.* FROM ({_BUCKETS}) b
        WHERE NOT EXISTS (SELECT FROM ahead WHERE NOT fits)
    """


def _ahead(limit: int, rows: str, size: int) -> str:
    """Return the rows of a page and the one after it; `fits` are those of the page. Lengths are read without texts."""
    return f"""
        ahead AS MATERIALIZED (
            SELECT f.*, row_number() OVER w <= {limit:d} AND coalesce(
                sum(s.bytes) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) < {size:d} AS fits
            FROM (SELECT r.* FROM {rows} ORDER BY r.position LIMIT {limit + 1:d}) f
            JOIN LATERAL (
                SELECT octet_length(p.body) + CASE WHEN p.lists_at IS NULL THEN 0 ELSE coalesce((
                    SELECT sum(octet_length(m.body)) FROM feed_publishedreference m WHERE m.source = p.entry
                ), 0) END AS bytes FROM feed_published p WHERE p.entry = f.entry OFFSET 0
            ) s ON true
            WINDOW w AS (ORDER BY f.position)
        )
    """
