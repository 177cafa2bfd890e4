-- What verification asks: each answer names the table and the row, so that somebody knows where to look.

-- Links, transactions and entries that were altered, removed or added. A link names the rows that its transaction wrote.
CREATE FUNCTION history_chain_faults() RETURNS TABLE (place text, row_id uuid, fault text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH chain AS (
        SELECT l.position, l.hash, l.transaction_id, t.id, lag(l.position, 1, 0::bigint) OVER w AS previous_position,
            public.register_transaction_hash(lag(l.hash, 1, ''::bytea) OVER w, t) AS expected
        FROM public.history_link l LEFT JOIN public.history_transaction t ON t.id = l.transaction_id
        WINDOW w AS (ORDER BY l.position)
    ), broken AS (
        SELECT transaction_id, 'link ' || position || ': ' ||
            CASE WHEN id IS NULL THEN 'its transaction is gone'
                 WHEN position <> previous_position + 1 THEN 'a link before it is gone'
                 ELSE 'it, its transaction or an entry of it was altered' END AS said
        FROM chain WHERE id IS NULL OR position <> previous_position + 1 OR hash IS DISTINCT FROM expected
        UNION ALL
        SELECT t.id, 'transaction ' || t.id || ' has no link' FROM public.history_transaction t
        WHERE NOT EXISTS (SELECT FROM public.history_link l WHERE l.transaction_id = t.id)
    )
    SELECT e.table_name, e.row_id, b.said
    FROM broken b LEFT JOIN public.history_entry e ON e.transaction_id = b.transaction_id
    UNION ALL
    SELECT e.table_name, e.row_id, 'entry ' || e.id || ' belongs to no transaction' FROM public.history_entry e
    WHERE NOT EXISTS (SELECT FROM public.history_transaction t WHERE t.id = e.transaction_id)
        AND NOT EXISTS (SELECT FROM public.history_link l WHERE l.transaction_id = e.transaction_id)
$$;

-- The entries whose content somebody redacted: an entry with the verb “redact” lists them under `entries`. It is in the
-- chain itself, with who did it and why.
CREATE FUNCTION history_redacted() RETURNS TABLE (entry_id bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT listed.id::bigint FROM public.history_entry e JOIN public.history_payload p ON p.entry_id = e.id
    CROSS JOIN jsonb_array_elements_text(CASE jsonb_typeof(p.new -> 'entries') WHEN 'array' THEN p.new -> 'entries'
        ELSE '[]'::jsonb END) AS listed (id)
    WHERE e.verb = 'redact' AND e.operation = 'insert' AND listed.id ~ '^[0-9]{1,18}$'
$$;

-- What an entry says: its content is there and is what its digest says, and begins where the entry before it ended.
-- Digests are compared, since the contents of a whole register are too wide to sort.
CREATE FUNCTION history_entry_faults() RETURNS TABLE (place text, row_id uuid, fault text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH said AS (
        SELECT e.id, e.table_name, e.row_id, e.operation, e.verb, p.entry_id IS NULL AS is_empty,
            e.digest <> public.register_payload_digest(p.salt, p.old, p.new) AS is_other,
            sha256(convert_to(p.old::text, 'UTF8')) AS old, sha256(convert_to(p.new::text, 'UTF8')) AS new
        FROM public.history_entry e LEFT JOIN public.history_payload p ON p.entry_id = e.id
    ), following AS (
        SELECT s.*, lag(s.id) OVER w AS id_before, lag(s.operation) OVER w AS operation_before,
            lag(s.is_empty) OVER w AS is_empty_before, lag(s.new) OVER w AS new_before
        FROM said s WINDOW w AS (PARTITION BY s.table_name, s.row_id ORDER BY s.id)
    )
    SELECT f.table_name, f.row_id, 'what entry ' || f.id || ' says is gone, and no redaction lists it'
    FROM following f WHERE f.is_empty AND f.id NOT IN (SELECT r.entry_id FROM public.history_redacted() r)
    UNION ALL
    SELECT f.table_name, f.row_id, 'entry ' || f.id || ' was altered: its content is not what its digest says'
    FROM following f WHERE f.is_other
    UNION ALL
    SELECT f.table_name, f.row_id, 'entry ' || f.id || ': what was written before it is gone'
    FROM following f WHERE f.id_before IS NULL AND f.operation <> 'insert' AND f.verb <> 'migrate'
        OR f.operation_before = 'delete' AND f.operation <> 'insert'
    UNION ALL
    SELECT f.table_name, f.row_id, 'entry ' || f.id || ' does not begin where entry ' || f.id_before || ' ended'
    FROM following f
    JOIN public.history_payload p ON p.entry_id = f.id JOIN public.history_payload b ON b.entry_id = f.id_before
    WHERE f.old <> f.new_before
        -- columns that a migration added or removed meanwhile are no fault
        AND (SELECT jsonb_object_agg(key, value) FROM jsonb_each(p.old) WHERE b.new ? key)
            IS DISTINCT FROM (SELECT jsonb_object_agg(key, value) FROM jsonb_each(b.new) WHERE p.old ? key)
$$;

-- Rows that somebody wrote outside the register. They stay in history, and stay reported until they are accepted.
CREATE FUNCTION history_outside() RETURNS TABLE (place text, row_id uuid, fault text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
    SELECT e.table_name, e.row_id, 'entry ' || e.id || ' was written out of band, as ' || coalesce(t.database_role, '?')
        || ' at ' || to_char(e.at, 'YYYY-MM-DD HH24:MI:SS "UTC"')
    FROM public.history_entry e LEFT JOIN public.history_transaction t ON t.id = e.transaction_id
    WHERE e.verb = 'out_of_band' ORDER BY e.id
$$;

-- Identity rows, which decide who sees a record in lists, links, searches and streams, against the history of the record.
-- `kinds` and `tables` go together: the kinds of records and where each is stored.
CREATE FUNCTION history_identity_faults(kinds text[], tables text[])
RETURNS TABLE (place text, row_id uuid, fault text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH last AS (
        SELECT DISTINCT ON (e.row_id) e.row_id, k.kind, e.table_name, p.new
        FROM public.history_entry e JOIN unnest(kinds, tables) AS k (kind, place) ON k.place = e.table_name
        LEFT JOIN public.history_payload p ON p.entry_id = e.id ORDER BY e.row_id, e.id DESC
    ), compared AS (
        SELECT l.table_name, coalesce(l.row_id, i.id) AS row_id, CASE
            WHEN l.row_id IS NULL THEN 'identity without history'
            WHEN i.id IS NULL THEN 'its identity row is gone'
            ELSE (SELECT 'its identity row differs from its history: ' || string_agg(c.name, ', ') FROM (VALUES
                ('kind', i.kind IS DISTINCT FROM l.kind),
                ('reference', i.reference IS DISTINCT FROM nullif(l.new ->> 'reference', '')),
                ('origin', i.origin IS DISTINCT FROM nullif(l.new ->> 'origin', '')),
                ('marking', i.marking IS DISTINCT FROM coalesce(l.new ->> 'marking', 'public')),
                ('is_in_error', i.is_in_error IS DISTINCT FROM (l.new ->> 'is_in_error')::boolean),
                ('merged_into', i.merged_into_id IS DISTINCT FROM (l.new ->> 'merged_into_id')::uuid),
                ('entered_by', i.entered_by IS DISTINCT FROM coalesce(l.new ->> 'entered_by', '')),
                ('readers', i.readers IS DISTINCT FROM coalesce(l.new -> 'readers', '[]'::jsonb))
            ) AS c (name, differs) WHERE c.differs) END AS said
        FROM public.records_entry i FULL JOIN last l ON l.row_id = i.id
        WHERE l.row_id IS NULL OR l.new IS NOT NULL
    )
    SELECT coalesce(c.table_name, 'records_entry'), c.row_id, c.said FROM compared c WHERE c.said IS NOT NULL
    UNION ALL
    SELECT 'records_searchrow', s.record_id, CASE WHEN i.id IS NULL THEN 'search row of no record'
            ELSE 'its search row tells of other readers than its identity row' END
    FROM public.records_searchrow s LEFT JOIN public.records_entry i ON i.id = s.record_id
    WHERE (s.kind, s.marking, s.entered_by, s.readers, s.is_live) IS DISTINCT FROM
        (i.kind, i.marking, i.entered_by, i.readers, NOT i.is_in_error AND i.merged_into_id IS NULL)
    UNION ALL
    SELECT 'records_document', d.record_id, 'document of no record' FROM public.records_document d
    WHERE NOT EXISTS (SELECT FROM public.records_entry i WHERE i.id = d.record_id)
    UNION ALL
    SELECT 'feed_published', f.entry, 'published document of no record' FROM public.feed_published f
    WHERE NOT EXISTS (SELECT FROM public.records_entry i WHERE i.id = f.entry)
    UNION ALL
    SELECT 'feed_grant', f.entry, 'grant of no record' FROM public.feed_grant f
    WHERE NOT EXISTS (SELECT FROM public.records_entry i WHERE i.id = f.entry)
$$;
