-- How positions are assigned since a stream keeps what it was told of a merger.

-- Fires once per transaction, at COMMIT, under the one commit lock: order of position is order of commit. A stream has
-- one row for each record, which moves to its end. What a partner never had leaves no trace in its stream, not even a
-- gap: counting positions reveals nothing about other partners' records.
CREATE OR REPLACE FUNCTION feed_assign_positions() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.register_commit_lock();
    WITH touched AS (
        DELETE FROM public.feed_pending RETURNING entry, stream, target
    ), candidate AS (
        SELECT r.stream, t.entry FROM touched t JOIN public.feed_streamrow r ON r.entry = t.entry
            WHERE t.target IS NULL AND (t.stream IS NULL OR t.stream = r.stream)
        UNION
        SELECT g.stream, t.entry FROM touched t JOIN public.feed_grant g ON g.entry = t.entry
            WHERE t.target IS NULL AND (t.stream IS NULL OR t.stream = g.stream)
        UNION
        SELECT g.stream, t.entry FROM touched t JOIN public.feed_grant g ON g.entry = t.target
            WHERE EXISTS (SELECT FROM public.feed_shown s WHERE s.stream = g.stream AND s.entry = t.target)
        UNION
        SELECT r.stream, t.entry FROM touched t JOIN public.feed_streamrow r ON r.entry = t.target AND r.op = 'upsert'
    ), state AS (
        SELECT c.stream, c.entry, coalesce(r.op = 'upsert', false) AS was_shown,
            EXISTS (SELECT FROM public.feed_shown s WHERE s.stream = c.stream AND s.entry = c.entry) AS is_shown
        FROM candidate c LEFT JOIN public.feed_streamrow r ON r.stream = c.stream AND r.entry = c.entry
    ), moved AS (
        SELECT stream, entry, is_shown FROM state WHERE is_shown OR was_shown
        UNION
        -- records that mention one that appeared or disappeared
        SELECT s.stream, m.source, true FROM state s JOIN public.feed_publishedreference m ON m.target = s.entry
        JOIN public.feed_shown f ON f.stream = s.stream AND f.entry = m.source
        WHERE s.is_shown <> s.was_shown
    ), numbered AS (
        SELECT m.*, row_number() OVER (PARTITION BY m.stream ORDER BY m.entry) AS place,
            count(*) OVER (PARTITION BY m.stream) AS total
        FROM moved m
    ), counter AS (
        INSERT INTO public.feed_stream AS s (id, position)
        SELECT DISTINCT stream, total FROM numbered ORDER BY stream
        ON CONFLICT (id) DO UPDATE SET position = s.position + EXCLUDED.position
        RETURNING s.id, s.position
    ), told AS (
        -- a merger is told only to streams that had both records, in these words for good: what becomes of either
        -- record later changes no line that was told
        SELECT n.stream, n.entry, n.is_shown, c.position - n.total + n.place AS position, s.entry AS "into"
        FROM numbered n JOIN counter c ON c.id = n.stream
        LEFT JOIN public.feed_published p ON p.entry = n.entry AND p.op = 'merged' AND NOT n.is_shown
        LEFT JOIN public.feed_shown s ON s.stream = n.stream AND s.entry = p."into"
    )
    INSERT INTO public.feed_streamrow AS r (stream, position, entry, op, "into", changed_at)
    SELECT stream, position, entry,
        CASE WHEN is_shown THEN 'upsert' WHEN "into" IS NOT NULL THEN 'merged' ELSE 'withdrawn' END, "into",
        to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    FROM told
    ON CONFLICT (entry, stream) DO UPDATE
        SET position = EXCLUDED.position, op = EXCLUDED.op, "into" = EXCLUDED."into", changed_at = EXCLUDED.changed_at;
    DELETE FROM public.feed_pendingcommit;
    RETURN NULL;
END $$;
