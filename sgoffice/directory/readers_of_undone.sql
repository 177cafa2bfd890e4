-- A record that was entered in error opens nobody who is restricted on their own: whoever is taken back with it is hidden,
-- and looks no different from somebody whom only a restricted record names.
CREATE OR REPLACE FUNCTION directory_readers_of_named(one uuid, OUT marking text, OUT entered_by text, OUT readers jsonb)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    own text;
    is_open boolean;
BEGIN
    marking := 'public'; entered_by := ''; readers := '[]';
    -- most were entered on their own, and nothing else need be asked
    SELECT p.own_marking INTO own FROM public.directory_person p WHERE p.id = one;
    IF NOT FOUND THEN
        SELECT o.own_marking INTO own FROM public.directory_organization o WHERE o.id = one;
    END IF;
    IF own NOT IN ('', 'restricted') THEN RETURN; END IF;
    WITH RECURSIVE showing (id) AS (
        -- an organization that shows the name of another one tells it to all of its own readers
        SELECT one UNION
        SELECT d.record_id FROM showing s JOIN public.records_document d ON d.embeds @> ARRAY[s.id]
            WHERE d.kind = 'organization'
    ), told (marking, author, readers) AS (
        SELECT p.own_marking, p.own_author, '[]'::jsonb FROM public.directory_person p WHERE p.id = one
        UNION ALL
        SELECT o.own_marking, o.own_author, '[]' FROM showing s JOIN public.directory_organization o ON o.id = s.id
        UNION ALL
        SELECT e.marking, e.entered_by, e.readers FROM showing s
            JOIN public.records_document d ON d.embeds @> ARRAY[s.id]
            JOIN public.records_entry e ON e.id = d.record_id
            WHERE NOT public.directory_is_named(d.kind) AND NOT public.directory_is_tie(d.kind)
                AND NOT (own = 'restricted' AND e.is_in_error)
    )
    SELECT bool_or(t.marking NOT IN ('', 'restricted')),
        coalesce(string_agg(DISTINCT t.author, ' ' ORDER BY t.author) FILTER (WHERE t.author <> ''), ''),
        coalesce((SELECT jsonb_agg(DISTINCT r.id ORDER BY r.id)
                  FROM told, jsonb_array_elements_text(told.readers) AS r (id)), '[]')
        INTO is_open, entered_by, readers FROM told t;
    IF is_open THEN entered_by := ''; readers := '[]'; ELSE marking := 'restricted'; END IF;
END $$;

-- So whoever it names has other readers when it is marked as entered in error, and when it is restored.
CREATE TRIGGER directory_follows_error AFTER UPDATE OF is_in_error ON records_entry
    FOR EACH ROW WHEN (OLD.is_in_error IS DISTINCT FROM NEW.is_in_error)
    EXECUTE FUNCTION directory_follow_entry();
ALTER TABLE records_entry ENABLE ALWAYS TRIGGER directory_follows_error;
