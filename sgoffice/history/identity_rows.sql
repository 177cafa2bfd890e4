-- In place of the function of this name in triggers.sql: a row with a marking has a reference. Rules about identity rows
-- know a kind without a marking by its missing reference, and a row that drops its own passed them.

-- The identity row of the record. Its version increases once for each change(), and for every write out of band.
-- UPDATE before INSERT: ON CONFLICT DO UPDATE would lock the row FOR UPDATE, and links to it, whose foreign keys are
-- checked at COMMIT, would wait for that lock while holding the commit lock: a deadlock. So would an UPDATE that names
-- the columns of a unique index, where the table has a trigger BEFORE UPDATE, even if they keep their values:
-- reference and origin are therefore written apart, and only when they change.
CREATE OR REPLACE FUNCTION register_touch_entry(record uuid, kind text, state jsonb, is_open boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    token text := CASE WHEN is_open THEN coalesce(current_setting('sgoffice.change', true), '') ELSE '' END;
    record_kind text := kind;
    known_kind text;
BEGIN
    IF record_kind = '' THEN
        UPDATE public.records_entry SET version = version + 1, touched_by = token
            WHERE id = record AND (token = '' OR touched_by <> token);
        RETURN;
    END IF;
    IF state ? 'marking' AND coalesce(state ->> 'reference', '') = '' THEN
        RAISE EXCEPTION 'the % % has a marking and no reference', record_kind, record
            USING ERRCODE = 'check_violation', CONSTRAINT = 'marked_record_has_a_reference';
    END IF;
    UPDATE public.records_entry AS e SET marking = coalesce(state ->> 'marking', 'public'),
        is_in_error = (state ->> 'is_in_error')::boolean, merged_into_id = (state ->> 'merged_into_id')::uuid,
        entered_by = coalesce(state ->> 'entered_by', ''), readers = coalesce(state -> 'readers', '[]'::jsonb),
        version = e.version + CASE WHEN token = '' OR e.touched_by <> token THEN 1 ELSE 0 END, touched_by = token
        WHERE e.id = record RETURNING e.kind INTO known_kind;
    IF known_kind IS NULL THEN
        INSERT INTO public.records_entry (id, kind, reference, origin, marking, is_in_error, merged_into_id, entered_by,
            readers, version, touched_by)
        VALUES (record, record_kind, nullif(state ->> 'reference', ''), nullif(state ->> 'origin', ''),
            coalesce(state ->> 'marking', 'public'), (state ->> 'is_in_error')::boolean,
            (state ->> 'merged_into_id')::uuid, coalesce(state ->> 'entered_by', ''),
            coalesce(state -> 'readers', '[]'::jsonb), 1, token);
    ELSIF known_kind <> record_kind THEN
        RAISE EXCEPTION 'the id % belongs to a record of another kind (%)', record, known_kind
            USING ERRCODE = 'check_violation', CONSTRAINT = 'register_one_kind';
    ELSE
        UPDATE public.records_entry AS e SET reference = nullif(state ->> 'reference', ''),
            origin = nullif(state ->> 'origin', '')
            WHERE e.id = record AND (e.reference, e.origin)
                IS DISTINCT FROM (nullif(state ->> 'reference', ''), nullif(state ->> 'origin', ''));
    END IF;
END $$;
