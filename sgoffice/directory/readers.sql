-- Who may read people and organizations: whoever may read a record that shows their name, and whoever may read them
-- anyway, by their own marking. What ties two of them together is read by whoever may read both. Their identity rows say
-- so, as those of all records do; they are computed anew whenever they are written. Where there are several authors,
-- their ids stand one behind the other.

CREATE FUNCTION directory_is_named(kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT kind IN ('person', 'organization')
$$;

CREATE FUNCTION directory_is_tie(kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT kind IN ('membership', 'affiliation')
$$;

-- The readers of a person or an organization. VOLATILE, so that in a trigger it sees what others have committed since.
CREATE FUNCTION directory_readers_of_named(one uuid, OUT marking text, OUT entered_by text, OUT readers jsonb)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    is_open boolean;
BEGIN
    marking := 'public'; entered_by := ''; readers := '[]';
    -- most were entered on their own, and nothing else need be asked
    SELECT p.own_marking NOT IN ('', 'restricted') INTO is_open FROM public.directory_person p WHERE p.id = one;
    IF NOT FOUND THEN
        SELECT o.own_marking NOT IN ('', 'restricted') INTO is_open FROM public.directory_organization o WHERE o.id = one;
    END IF;
    IF is_open THEN RETURN; END IF;
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
    )
    SELECT bool_or(t.marking NOT IN ('', 'restricted')),
        coalesce(string_agg(DISTINCT t.author, ' ' ORDER BY t.author) FILTER (WHERE t.author <> ''), ''),
        coalesce((SELECT jsonb_agg(DISTINCT r.id ORDER BY r.id)
                  FROM told, jsonb_array_elements_text(told.readers) AS r (id)), '[]')
        INTO is_open, entered_by, readers FROM told t;
    IF is_open THEN entered_by := ''; readers := '[]'; ELSE marking := 'restricted'; END IF;
END $$;

-- The readers of what ties two together: those of both.
CREATE FUNCTION directory_readers_of_tie(one uuid, OUT marking text, OUT entered_by text, OUT readers jsonb)
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    WITH ends AS (
        SELECT e.id, e.entered_by, e.readers FROM public.records_entry e
        WHERE e.marking = 'restricted' AND e.id IN (
            SELECT unnest(ARRAY[m.person_id, m.organization_id]) FROM public.directory_membership m WHERE m.id = one
            UNION ALL SELECT unnest(ARRAY[a.organization_id, a.affiliated_with_id])
                FROM public.directory_affiliation a WHERE a.id = one)
    ), known AS (
        SELECT s.staff, bool_and(s.is_reader) AS is_reader FROM ends CROSS JOIN LATERAL (
            SELECT jsonb_array_elements_text(ends.readers), true
            UNION SELECT author, ends.readers ? author FROM unnest(string_to_array(ends.entered_by, ' ')) AS author
        ) AS s (staff, is_reader)
        GROUP BY s.staff HAVING count(DISTINCT ends.id) = (SELECT count(*) FROM ends)
    )
    SELECT CASE WHEN EXISTS (SELECT FROM ends) THEN 'restricted' ELSE 'public' END,
        coalesce((SELECT string_agg(staff, ' ' ORDER BY staff) FROM known WHERE NOT is_reader), ''),
        coalesce((SELECT jsonb_agg(staff ORDER BY staff) FROM known WHERE is_reader), '[]')
$$;

CREATE FUNCTION directory_readers_of(one uuid, kind text, OUT marking text, OUT entered_by text, OUT readers jsonb)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF public.directory_is_tie(kind) THEN
        SELECT * INTO marking, entered_by, readers FROM public.directory_readers_of_tie(one);
    ELSE
        SELECT * INTO marking, entered_by, readers FROM public.directory_readers_of_named(one);
    END IF;
END $$;

-- Bring identity rows up to date. Who may lose readers is locked first: of two transactions that each take away one of
-- the last two records that show a name, the second must see what the first did.
CREATE FUNCTION directory_follow(ids uuid[], is_narrower boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    known record;
    found record;
BEGIN
    FOR known IN SELECT e.id, e.kind FROM public.records_entry e WHERE e.id = ANY (ids)
            AND public.register_readers_follow(e.kind) ORDER BY e.id LOOP
        IF is_narrower THEN PERFORM FROM public.records_entry e WHERE e.id = known.id FOR NO KEY UPDATE; END IF;
        SELECT * INTO found FROM public.directory_readers_of(known.id, known.kind);
        UPDATE public.records_entry AS e
            SET marking = found.marking, entered_by = found.entered_by, readers = found.readers
            WHERE e.id = known.id AND (e.marking, e.entered_by, e.readers)
                IS DISTINCT FROM (found.marking, found.entered_by, found.readers);
    END LOOP;
END $$;

-- Whoever writes the identity row of one of these, it says what follows.
CREATE FUNCTION directory_compute_readers() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT * INTO NEW.marking, NEW.entered_by, NEW.readers FROM public.directory_readers_of(NEW.id, NEW.kind);
    RETURN NEW;
END $$;

-- A document that shows another name tells it to its readers; one that shows it no more does not.
CREATE FUNCTION directory_follow_document() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    before uuid[] := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE OLD.embeds END;
    hidden uuid[];
BEGIN
    IF public.directory_is_tie(NEW.kind) OR NEW.embeds = before THEN RETURN NULL; END IF;
    -- one more who tells a name to somebody changes nothing about those whom everybody may read
    SELECT array_agg(e.id) INTO hidden FROM public.records_entry e
        WHERE e.id = ANY (NEW.embeds) AND e.marking = 'restricted' AND public.directory_is_named(e.kind);
    IF hidden IS NOT NULL THEN PERFORM public.directory_follow(hidden, false); END IF;
    IF NOT before <@ NEW.embeds THEN
        PERFORM public.directory_follow(ARRAY(SELECT unnest(before) EXCEPT SELECT unnest(NEW.embeds)), true);
    END IF;
    RETURN NULL;
END $$;

-- Other readers of a record are other readers of those whose names it shows, and of what ties it to another one.
CREATE FUNCTION directory_follow_entry() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF public.directory_is_tie(NEW.kind) THEN RETURN NULL; END IF;
    PERFORM public.directory_follow(ARRAY(
        SELECT unnest(d.embeds) FROM public.records_document d WHERE d.record_id = NEW.id), true);
    IF public.directory_is_named(NEW.kind) THEN
        PERFORM public.directory_follow(ARRAY(
            SELECT m.id FROM public.directory_membership m WHERE NEW.id IN (m.person_id, m.organization_id)
            UNION ALL SELECT a.id FROM public.directory_affiliation a
                WHERE NEW.id IN (a.organization_id, a.affiliated_with_id)), true);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER directory_computes_readers BEFORE INSERT OR UPDATE OF marking, entered_by, readers ON records_entry
    FOR EACH ROW WHEN (public.register_readers_follow(NEW.kind))
    EXECUTE FUNCTION directory_compute_readers();
CREATE TRIGGER directory_follows_entry AFTER UPDATE OF marking, entered_by, readers ON records_entry
    FOR EACH ROW WHEN ((OLD.marking, OLD.entered_by, OLD.readers)
        IS DISTINCT FROM (NEW.marking, NEW.entered_by, NEW.readers))
    EXECUTE FUNCTION directory_follow_entry();
CREATE TRIGGER directory_follows_document AFTER INSERT OR UPDATE OF embeds ON records_document
    FOR EACH ROW EXECUTE FUNCTION directory_follow_document();
ALTER TABLE records_entry ENABLE ALWAYS TRIGGER directory_computes_readers;
ALTER TABLE records_entry ENABLE ALWAYS TRIGGER directory_follows_entry;
ALTER TABLE records_document ENABLE ALWAYS TRIGGER directory_follows_document;

-- Identity rows that say something else: the application's role cannot write them.
CREATE FUNCTION directory_reader_faults() RETURNS TABLE (place text, row_id uuid, fault text)
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    SELECT 'records_entry', e.id, 'its identity row names other readers than the records that show its name'
    FROM public.records_entry e CROSS JOIN LATERAL public.directory_readers_of(e.id, e.kind) AS r
    WHERE public.register_readers_follow(e.kind)
        AND (e.marking, e.entered_by, e.readers) IS DISTINCT FROM (r.marking, r.entered_by, r.readers)
$$;
