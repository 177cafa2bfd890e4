-- For a table of rows that had no history before: each row without an entry gets one (verb "migrate"), so that
-- verification passes. For the role that migrates, after the trigger was made; returns the number of new entries.
CREATE FUNCTION register_adopt_rows(register_table regclass) RETURNS bigint
LANGUAGE plpgsql SET search_path = public, pg_temp SET timezone = 'UTC'
SET datestyle = 'ISO, YMD' SET intervalstyle = 'postgres' SET bytea_output = 'hex' SET extra_float_digits = 1 AS $$
DECLARE
    noted bigint := register_transaction();
    place text := (SELECT relname FROM pg_class WHERE oid = register_table);
    args text[];
    total bigint;
BEGIN
    SELECT string_to_array(encode(g.tgargs, 'escape'), '\000') INTO STRICT args FROM pg_trigger g
        WHERE g.tgrelid = register_table AND g.tgfoid = 'register_write_history'::regproc AND NOT g.tgisinternal;
    EXECUTE format($q$
        WITH adopted AS (
            SELECT t.id AS row_id, to_jsonb(t) - $1 AS new, uuid_send(gen_random_uuid()) AS salt,
                nextval(pg_get_serial_sequence('history_entry', 'id')) AS id
            FROM %s t WHERE NOT EXISTS (SELECT FROM history_entry e WHERE e.table_name = %L AND e.row_id = t.id)
        ), entries AS (
            INSERT INTO history_entry (id, transaction_id, table_name, operation, record_id, row_id, actor, verb,
                reason, request_id, at, digest)
            SELECT id, $2, %L, 'insert', (new ->> %L)::uuid, row_id, 'migration:rows', 'migrate',
                'the table had no history before', '', clock_timestamp(),
                register_payload_digest(salt, NULL, new) FROM adopted
        )
        INSERT INTO history_payload (entry_id, old, new, salt) SELECT id, NULL, new, salt FROM adopted$q$,
        register_table, place, place, args[1]) USING args[3]::text[], noted;
    GET DIAGNOSTICS total = ROW_COUNT;
    IF total > 0 THEN PERFORM register_note_transaction(noted); END IF;
    RETURN total;
END $$;
