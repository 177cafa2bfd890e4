-- History: row triggers capture it while the transaction runs; it is chained once per transaction, at COMMIT.
-- The tables are append-only: an entry is never updated with its position, a link points to its transaction instead.
-- Payload and digest are separate: a redaction can remove the payload and leave the chain valid.

-- Is this record open in change() of this transaction? The setting is local to the transaction and empty afterwards.
CREATE FUNCTION register_is_open(record uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT record::text = ANY (string_to_array(coalesce(current_setting('sgoffice.open', true), ''), ','))
$$;

CREATE FUNCTION register_payload_digest(salt bytea, old jsonb, new jsonb) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT sha256(salt || convert_to(jsonb_build_array(old, new)::text, 'UTF8'))
$$;

-- The id for entries of this transaction: that of its row, or a new one. The number alone is not unique, because a
-- restored backup counts transactions from the beginning again. A row that is already chained (SET CONSTRAINTS ALL
-- IMMEDIATE) takes no more entries: later ones get another row.
CREATE FUNCTION register_transaction() RETURNS bigint
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT t.id FROM public.history_transaction t
            WHERE t.number = pg_current_xact_id()::text::numeric AND t.started_at = now()
              AND NOT EXISTS (SELECT FROM public.history_link l WHERE l.transaction_id = t.id)),
        nextval('public.history_transaction_id_seq'))
$$;

-- Inserts the row of the transaction after its first entry: with immediate constraints, this statement chains it.
CREATE FUNCTION register_note_transaction(note bigint) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.history_transaction (id, number, started_at, database_role)
    SELECT note, pg_current_xact_id()::text::numeric, now(), session_user
    WHERE NOT EXISTS (SELECT FROM public.history_transaction t WHERE t.id = note)
$$;

-- The identity row of the record. Its version increases once for each change(), and for every write out of band.
-- UPDATE before INSERT: ON CONFLICT DO UPDATE would lock the row FOR UPDATE, and links to it, whose foreign keys are
-- checked at COMMIT, would wait for that lock while holding the commit lock: a deadlock.
CREATE FUNCTION register_touch_entry(record uuid, kind text, state jsonb, is_open boolean) RETURNS void
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
    UPDATE public.records_entry AS e SET reference = nullif(state ->> 'reference', ''),
        origin = nullif(state ->> 'origin', ''), marking = coalesce(state ->> 'marking', 'public'),
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
    END IF;
END $$;

-- After a write outside the door the documents of the record are stale, and so are those that show its name. Partner
-- documents are withdrawn until they are built again.
CREATE FUNCTION register_mark_stale(record uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    shown_in uuid[];
BEGIN
    UPDATE public.records_document SET is_stale = true WHERE record_id = record AND NOT is_stale;
    WITH showing AS (
        UPDATE public.records_document SET is_stale = true WHERE embeds @> ARRAY[record] RETURNING record_id
    )
    SELECT coalesce(array_agg(record_id), '{}') INTO shown_in FROM showing;
    PERFORM public.feed_mark_stale(record || shown_in);
    UPDATE public.records_entry SET version = version + 1, touched_by = ''
        WHERE id = ANY (shown_in) AND id <> record;
END $$;

-- A statement outside the door first takes the NAMES lock (changes/door.py) exclusively, before it locks a row.
-- Otherwise a concurrent change() could render the old name and store it after the document was marked stale.
CREATE FUNCTION register_hold_names() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF coalesce(current_setting('sgoffice.open', true), '') = '' THEN
        PERFORM pg_advisory_xact_lock(7261905202);
    END IF;
    RETURN NULL;
END $$;

-- Arguments: the column with the id of the record, its kind (empty for a part), omitted columns.
-- Output formats are pinned, otherwise two sessions would write the same row differently.
CREATE FUNCTION register_write_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
SET datestyle = 'ISO, YMD' SET intervalstyle = 'postgres' SET bytea_output = 'hex' SET extra_float_digits = 1 AS $$
DECLARE
    before_row jsonb;
    after_row jsonb;
    record uuid;
    is_open boolean;
    salt bytea := uuid_send(gen_random_uuid());
    noted bigint;
    entry bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN before_row := to_jsonb(OLD) - TG_ARGV[2]::text[]; END IF;
    IF TG_OP <> 'DELETE' THEN after_row := to_jsonb(NEW) - TG_ARGV[2]::text[]; END IF;
    IF TG_OP = 'UPDATE' THEN
        IF before_row = after_row THEN RETURN NULL; END IF;
        IF before_row -> TG_ARGV[0] <> after_row -> TG_ARGV[0] OR before_row -> 'id' <> after_row -> 'id' THEN
            RAISE EXCEPTION 'a row of % never moves to another record', TG_TABLE_NAME
                USING ERRCODE = 'check_violation', CONSTRAINT = 'register_row_keeps_its_record';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' AND TG_ARGV[1] <> '' THEN
        RAISE EXCEPTION 'a record is never deleted: mark it as entered in error instead'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'register_keeps_records';
    END IF;
    record := (coalesce(after_row, before_row) ->> TG_ARGV[0])::uuid;
    is_open := public.register_is_open(record);
    noted := public.register_transaction();
    INSERT INTO public.history_entry (transaction_id, table_name, operation, record_id, row_id, actor, verb, reason,
        request_id, at, digest)
    VALUES (noted, TG_TABLE_NAME, lower(TG_OP), record,
        (coalesce(after_row, before_row) ->> 'id')::uuid,
        CASE WHEN is_open THEN current_setting('sgoffice.actor', true) ELSE '' END,
        CASE WHEN is_open THEN current_setting('sgoffice.verb', true) ELSE 'out_of_band' END,
        CASE WHEN is_open THEN current_setting('sgoffice.reason', true) ELSE '' END,
        coalesce(current_setting('sgoffice.request_id', true), ''), clock_timestamp(),
        public.register_payload_digest(salt, before_row, after_row))
    RETURNING id INTO entry;
    INSERT INTO public.history_payload (entry_id, old, new, salt) VALUES (entry, before_row, after_row, salt);
    PERFORM public.register_note_transaction(noted);
    PERFORM public.register_touch_entry(record, TG_ARGV[1], after_row, is_open);
    IF NOT is_open THEN PERFORM public.register_mark_stale(record); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION register_entry_bytes(e history_entry) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT sha256(convert_to(jsonb_build_array(e.id, e.transaction_id, e.table_name, e.operation, e.record_id, e.row_id,
        e.actor, e.verb, e.reason, e.request_id, (extract(epoch FROM e.at) * 1000000)::bigint,
        encode(e.digest, 'hex'))::text, 'UTF8'))
$$;

CREATE FUNCTION register_transaction_hash(previous bytea, t history_transaction) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT sha256(previous || convert_to(jsonb_build_array(t.id, t.number,
            (extract(epoch FROM t.started_at) * 1000000)::bigint, t.database_role)::text, 'UTF8')
        || coalesce((SELECT string_agg(public.register_entry_bytes(e), ''::bytea ORDER BY e.id)
                     FROM public.history_entry e WHERE e.transaction_id = t.id), ''::bytea))
$$;

-- Fires once per transaction, at COMMIT. plpgsql and VOLATILE: the SELECT after the lock takes a new snapshot.
CREATE FUNCTION register_close_transaction() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last_position bigint;
    last_hash bytea;
BEGIN
    PERFORM public.register_commit_lock();
    SELECT position, hash INTO last_position, last_hash FROM public.history_link ORDER BY position DESC LIMIT 1;
    INSERT INTO public.history_link (position, transaction_id, hash)
    VALUES (coalesce(last_position, 0) + 1, NEW.id,
        public.register_transaction_hash(coalesce(last_hash, ''::bytea), NEW));
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER history_transaction_is_chained AFTER INSERT ON history_transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION register_close_transaction();
ALTER TABLE history_transaction ENABLE ALWAYS TRIGGER history_transaction_is_chained;

-- Anybody who may call these in a trigger could attach them to their own table and forge history.
REVOKE EXECUTE ON FUNCTION register_write_history(), register_close_transaction() FROM PUBLIC;

-- Append-only tables refuse UPDATE, DELETE and TRUNCATE.
CREATE FUNCTION register_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: the register keeps what was written', lower(TG_OP), TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = 'register_keeps_history';
END $$;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['history_transaction', 'history_entry', 'history_payload', 'history_link'] LOOP
        EXECUTE format('CREATE TRIGGER %1$s_is_final BEFORE UPDATE OR DELETE ON %1$I
            FOR EACH ROW EXECUTE FUNCTION register_refuse()', name);
        EXECUTE format('CREATE TRIGGER %1$s_is_kept BEFORE TRUNCATE ON %1$I
            FOR EACH STATEMENT EXECUTE FUNCTION register_refuse()', name);
        EXECUTE format('ALTER TABLE %1$I ENABLE ALWAYS TRIGGER %1$s_is_final', name);
        EXECUTE format('ALTER TABLE %1$I ENABLE ALWAYS TRIGGER %1$s_is_kept', name);
    END LOOP;
END $$;

-- Faults of the chain: transactions, entries or payloads that were altered, removed or added.
-- It cannot detect that the newest links were cut off with their entries. For that, the head is kept elsewhere.
CREATE FUNCTION register_chain_faults() RETURNS TABLE (link bigint, fault text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH chain AS (
        SELECT l.position, l.hash, t.id, lag(l.position, 1, 0::bigint) OVER w AS previous_position,
            public.register_transaction_hash(lag(l.hash, 1, ''::bytea) OVER w, t) AS expected
        FROM public.history_link l LEFT JOIN public.history_transaction t ON t.id = l.transaction_id
        WINDOW w AS (ORDER BY l.position)
    )
    SELECT position, CASE WHEN id IS NULL THEN 'its transaction is gone'
                          WHEN position <> previous_position + 1 THEN 'a link before it is gone'
                          ELSE 'it, its transaction or an entry of it was altered' END
    FROM chain WHERE id IS NULL OR position <> previous_position + 1 OR hash IS DISTINCT FROM expected
    UNION ALL
    SELECT NULL, 'transaction ' || t.id || ' has no link' FROM public.history_transaction t
    WHERE NOT EXISTS (SELECT FROM public.history_link l WHERE l.transaction_id = t.id)
    UNION ALL
    SELECT NULL, 'entry ' || e.id || ' belongs to no transaction' FROM public.history_entry e
    WHERE NOT EXISTS (SELECT FROM public.history_transaction t WHERE t.id = e.transaction_id)
    UNION ALL
    SELECT NULL, 'entry ' || e.id || ' was altered: its content is not what its digest says'
    FROM public.history_entry e JOIN public.history_payload p ON p.entry_id = e.id
    WHERE e.digest <> public.register_payload_digest(p.salt, p.old, p.new)
    ORDER BY 1
$$;

-- Rows that differ from their history: somebody disabled the triggers. Called once for each register table.
CREATE FUNCTION register_row_faults(register_table regclass, omitted text[]) RETURNS TABLE (row_id uuid, fault text)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET timezone = 'UTC'
SET datestyle = 'ISO, YMD' SET intervalstyle = 'postgres' SET bytea_output = 'hex' SET extra_float_digits = 1 AS $$
BEGIN
    RETURN QUERY EXECUTE format($q$
        WITH last AS (SELECT DISTINCT ON (e.row_id) e.row_id, e.operation, p.new FROM public.history_entry e
                      LEFT JOIN public.history_payload p ON p.entry_id = e.id
                      WHERE e.table_name = %L ORDER BY e.row_id, e.id DESC)
        SELECT coalesce(t.id, last.row_id), CASE WHEN last.row_id IS NULL THEN 'row without history'
                                                 WHEN t.id IS NULL THEN 'row is gone without history'
                                                 WHEN last.operation = 'delete' THEN 'row came back without history'
                                                 ELSE 'row differs from its history' END
        FROM %s t FULL JOIN last ON last.row_id = t.id
        WHERE (to_jsonb(t) - $1) IS DISTINCT FROM last.new AND NOT (t.id IS NULL AND last.operation = 'delete')$q$,
        (SELECT relname FROM pg_class WHERE oid = register_table), register_table) USING omitted;
END $$;

-- After a migration that added or removed columns: a row that differs from its last entry only by columns gets a new
-- entry (verb "migrate"), so that verification passes. A row with another value stays a fault.
-- For the role that migrates; returns the number of new entries.
CREATE FUNCTION register_adopt_columns() RETURNS bigint
LANGUAGE plpgsql SET search_path = public, pg_temp SET timezone = 'UTC'
SET datestyle = 'ISO, YMD' SET intervalstyle = 'postgres' SET bytea_output = 'hex' SET extra_float_digits = 1 AS $$
DECLARE
    scribe record;
    noted bigint := register_transaction();
    written bigint;
    total bigint := 0;
BEGIN
    FOR scribe IN SELECT c.oid::regclass AS place, c.relname,
            string_to_array(encode(g.tgargs, 'escape'), '\000') AS args
        FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
        WHERE g.tgfoid = 'register_write_history'::regproc AND NOT g.tgisinternal ORDER BY c.relname
    LOOP
        EXECUTE format($q$
            WITH last AS (
                SELECT DISTINCT ON (e.row_id) e.row_id, p.new FROM history_entry e
                JOIN history_payload p ON p.entry_id = e.id WHERE e.table_name = %L ORDER BY e.row_id, e.id DESC
            ), differing AS (
                SELECT t.id AS row_id, last.new AS old, to_jsonb(t) - $1 AS new, uuid_send(gen_random_uuid()) AS salt
                FROM %s t JOIN last ON last.row_id = t.id WHERE to_jsonb(t) - $1 <> last.new
            ), adopted AS (
                SELECT d.*, nextval(pg_get_serial_sequence('history_entry', 'id')) AS id FROM differing d
                WHERE (SELECT jsonb_object_agg(key, value) FROM jsonb_each(d.new) WHERE d.old ? key)
                    = (SELECT jsonb_object_agg(key, value) FROM jsonb_each(d.old) WHERE d.new ? key)
            ), entries AS (
                INSERT INTO history_entry (id, transaction_id, table_name, operation, record_id, row_id, actor, verb,
                    reason, request_id, at, digest)
                SELECT id, $2, %L, 'update', (new ->> %L)::uuid, row_id, 'migration:columns', 'migrate',
                    'the columns of the table changed', '', clock_timestamp(),
                    register_payload_digest(salt, old, new) FROM adopted
            )
            INSERT INTO history_payload (entry_id, old, new, salt) SELECT id, old, new, salt FROM adopted$q$,
            scribe.relname, scribe.place, scribe.relname, scribe.args[1]) USING scribe.args[3]::text[], noted;
        GET DIAGNOSTICS written = ROW_COUNT;
        total := total + written;
    END LOOP;
    IF total > 0 THEN PERFORM register_note_transaction(noted); END IF;
    RETURN total;
END $$;
