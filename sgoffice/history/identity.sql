-- Kinds whose readers follow from the records that show their names: Record.readers_follow. They have no reference, and
-- no marking that somebody could lower.
CREATE FUNCTION register_readers_follow(kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT kind IN ('person', 'organization', 'membership', 'affiliation')
$$;

-- In place of the function of this name in verification.sql:
-- identity rows, which decide who sees a record in lists, links, searches and streams, against the history of the record.
-- `kinds` and `tables` go together: the kinds of records and where each is stored. Who may read
-- what follows from other records is verified by whoever says how.
CREATE OR REPLACE FUNCTION history_identity_faults(kinds text[], tables text[])
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
                ('marking', NOT public.register_readers_follow(i.kind)
                    AND i.marking IS DISTINCT FROM coalesce(l.new ->> 'marking', 'public')),
                ('is_in_error', i.is_in_error IS DISTINCT FROM (l.new ->> 'is_in_error')::boolean),
                ('merged_into', i.merged_into_id IS DISTINCT FROM (l.new ->> 'merged_into_id')::uuid),
                ('entered_by', NOT public.register_readers_follow(i.kind)
                    AND i.entered_by IS DISTINCT FROM coalesce(l.new ->> 'entered_by', '')),
                ('readers', NOT public.register_readers_follow(i.kind)
                    AND i.readers IS DISTINCT FROM coalesce(l.new -> 'readers', '[]'::jsonb))
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
