-- Redactions: what an approval of two people allows to be erased from history, and how the chain verifies afterwards.
-- A payload keeps its row in which the mark stands instead of texts; the redaction lists, for each entry, the bytes that
-- are in the chain and the digest of what remains. The redaction is itself a row with history, in the same chain.

-- A value with the mark in the place of each of these texts; changes/masks.py does the same to rows.
CREATE FUNCTION redaction_masked(value jsonb, texts text[]) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    said text;
    one text;
BEGIN
    CASE jsonb_typeof(value)
    WHEN 'string' THEN
        said := value #>> '{}';
        FOREACH one IN ARRAY texts LOOP said := replace(said, one, '[redacted]'); END LOOP;
        RETURN to_jsonb(said);
    WHEN 'array' THEN
        RETURN (SELECT coalesce(jsonb_agg(public.redaction_masked(e.inner_value, texts) ORDER BY e.place), '[]')
            FROM jsonb_array_elements(value) WITH ORDINALITY AS e (inner_value, place));
    WHEN 'object' THEN
        RETURN (SELECT coalesce(jsonb_object_agg(public.redaction_masked(to_jsonb(e.key), texts) #>> '{}',
            public.redaction_masked(e.value, texts)), '{}') FROM jsonb_each(value) AS e);
    ELSE
        RETURN value;
    END CASE;
END $$;

-- The row before or after a write: `instead` stands in whole columns that said something, the mark for texts in others.
CREATE FUNCTION redaction_of_row(state jsonb, instead jsonb, columns text[], texts text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT state
        || coalesce((SELECT jsonb_object_agg(e.key, public.redaction_masked(e.value, texts)) FROM jsonb_each(state) AS e
            WHERE e.key = ANY (columns)), '{}')
        || coalesce((SELECT jsonb_object_agg(w.key, w.value) FROM jsonb_each(instead) AS w
            WHERE state ? w.key AND state -> w.key NOT IN ('null', '""', '[]', '{}')), '{}')
$$;

CREATE FUNCTION redaction_remains(e history_entry, p history_payload) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT sha256(public.register_entry_bytes(e) || public.register_payload_digest(p.salt, p.old, p.new))
$$;

-- The entries that redactions list: the bytes of each in the chain, and the digest of what remains of it since the last.
DROP FUNCTION history_redacted();
CREATE FUNCTION history_redacted() RETURNS TABLE (entry_id bigint, chained bytea, remains bytea)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT ON (1) listed.key::bigint, decode(listed.value ->> 0, 'hex'), decode(listed.value ->> 1, 'hex')
    FROM public.history_entry e JOIN public.history_payload p ON p.entry_id = e.id
    CROSS JOIN jsonb_each(CASE jsonb_typeof(p.new -> 'entries') WHEN 'object' THEN p.new -> 'entries' ELSE '{}' END)
        AS listed
    WHERE e.table_name = 'redactions_redaction' AND e.operation = 'insert' AND listed.key ~ '^[0-9]{1,18}$'
    ORDER BY 1, e.id DESC
$$;

-- Erase from the history of these records, under an approval for `subject` alone: whole columns of rows
-- (`instead`: table, row and columns), and texts in the columns named for each table. Returns what the redaction lists.
CREATE FUNCTION history_redact(subject uuid, records uuid[], instead jsonb, columns jsonb, texts text[]) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    entry public.history_entry;
    payload public.history_payload;
    whole jsonb;
    named text[];
    chained bytea;
    before bytea;
    listed jsonb := '{}';
    one text;
BEGIN
    IF NOT public.register_is_carried_out('redact', subject) THEN
        RAISE EXCEPTION 'nothing of % is erased by one person alone', subject
            USING ERRCODE = 'check_violation', CONSTRAINT = 'redaction_is_by_two';
    END IF;
    FOR entry IN SELECT e.* FROM public.history_entry e WHERE e.record_id = ANY (records) ORDER BY e.id LOOP
        SELECT p.* INTO payload FROM public.history_payload p WHERE p.entry_id = entry.id;
        CONTINUE WHEN NOT FOUND;
        before := public.redaction_remains(entry, payload);
        chained := coalesce((SELECT r.chained FROM public.history_redacted() r WHERE r.entry_id = entry.id),
            public.register_entry_bytes(entry));
        whole := coalesce(instead #> ARRAY[entry.table_name, entry.row_id::text], '{}');
        named := ARRAY(SELECT jsonb_array_elements_text(coalesce(columns -> entry.table_name, '[]')));
        payload.old := public.redaction_of_row(payload.old, whole, named, texts);
        payload.new := public.redaction_of_row(payload.new, whole, named, texts);
        FOREACH one IN ARRAY texts LOOP entry.reason := replace(entry.reason, one, '[redacted]'); END LOOP;
        CONTINUE WHEN before = public.redaction_remains(entry, payload);
        -- the old salt would let somebody try what the text was
        payload.salt := uuid_send(gen_random_uuid());
        UPDATE public.history_payload p SET old = payload.old, new = payload.new, salt = payload.salt
            WHERE p.entry_id = entry.id;
        UPDATE public.history_entry e SET reason = entry.reason WHERE e.id = entry.id AND e.reason <> entry.reason;
        listed := listed || jsonb_build_object(entry.id::text, jsonb_build_array(encode(chained, 'hex'),
            encode(public.redaction_remains(entry, payload), 'hex')));
    END LOOP;
    RETURN listed;
END $$;
REVOKE EXECUTE ON FUNCTION history_redact(uuid, uuid[], jsonb, jsonb, text[]) FROM PUBLIC;

-- Entries and payloads stay as they were written, but for what a redaction erases while it is carried out.
CREATE FUNCTION history_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND public.redaction_is_under_way()
        AND to_jsonb(NEW) - ARRAY['reason', 'old', 'new', 'salt'] = to_jsonb(OLD) - ARRAY['reason', 'old', 'new', 'salt']
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of % is refused: the register keeps what was written', lower(TG_OP), TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = 'register_keeps_history';
END $$;
DROP TRIGGER history_entry_is_final ON history_entry;
CREATE TRIGGER history_entry_is_final BEFORE UPDATE OR DELETE ON history_entry
    FOR EACH ROW EXECUTE FUNCTION history_keep();
ALTER TABLE history_entry ENABLE ALWAYS TRIGGER history_entry_is_final;
DROP TRIGGER history_payload_is_final ON history_payload;
CREATE TRIGGER history_payload_is_final BEFORE UPDATE OR DELETE ON history_payload
    FOR EACH ROW EXECUTE FUNCTION history_keep();
ALTER TABLE history_payload ENABLE ALWAYS TRIGGER history_payload_is_final;

-- The hash of a link as it was when its transaction was chained: of a redacted entry the redaction keeps the bytes.
CREATE FUNCTION history_transaction_hash(previous bytea, t history_transaction) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT sha256(previous || convert_to(jsonb_build_array(t.id, t.number,
            (extract(epoch FROM t.started_at) * 1000000)::bigint, t.database_role)::text, 'UTF8')
        || coalesce((SELECT string_agg(coalesce(r.chained, public.register_entry_bytes(e)), ''::bytea ORDER BY e.id)
                     FROM public.history_entry e LEFT JOIN public.history_redacted() r ON r.entry_id = e.id
                     WHERE e.transaction_id = t.id), ''::bytea))
$$;

-- In place of the function of this name in history/verification.sql: a link of a redacted entry holds.
CREATE OR REPLACE FUNCTION history_chain_faults() RETURNS TABLE (place text, row_id uuid, fault text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH chain AS (
        SELECT l.position, l.hash, l.transaction_id, t.id, lag(l.position, 1, 0::bigint) OVER w AS previous_position,
            lag(l.hash, 1, ''::bytea) OVER w AS previous_hash, t
        FROM public.history_link l LEFT JOIN public.history_transaction t ON t.id = l.transaction_id
        WINDOW w AS (ORDER BY l.position)
    ), broken AS (
        SELECT transaction_id, 'link ' || position || ': ' ||
            CASE WHEN id IS NULL THEN 'its transaction is gone'
                 WHEN position <> previous_position + 1 THEN 'a link before it is gone'
                 ELSE 'it, its transaction or an entry of it was altered' END AS said
        FROM chain WHERE id IS NULL OR position <> previous_position + 1
            OR CASE WHEN hash = public.register_transaction_hash(previous_hash, t) THEN false
                    ELSE hash IS DISTINCT FROM public.history_transaction_hash(previous_hash, t) END
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

-- In place of the function of this name in history/verification.sql: what a redaction left is what it lists.
CREATE OR REPLACE FUNCTION history_entry_faults() RETURNS TABLE (place text, row_id uuid, fault text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH said AS (
        SELECT e.id, e.table_name, e.row_id, e.operation, e.verb, p.entry_id IS NULL AS is_empty,
            CASE WHEN r.entry_id IS NULL THEN e.digest <> public.register_payload_digest(p.salt, p.old, p.new)
                 ELSE r.remains <> public.redaction_remains(e, p) END AS is_other,
            sha256(convert_to(p.old::text, 'UTF8')) AS old, sha256(convert_to(p.new::text, 'UTF8')) AS new
        FROM public.history_entry e LEFT JOIN public.history_payload p ON p.entry_id = e.id
        LEFT JOIN public.history_redacted() r ON r.entry_id = e.id
    ), following AS (
        SELECT s.*, lag(s.id) OVER w AS id_before, lag(s.operation) OVER w AS operation_before,
            lag(s.is_empty) OVER w AS is_empty_before, lag(s.new) OVER w AS new_before
        FROM said s WINDOW w AS (PARTITION BY s.table_name, s.row_id ORDER BY s.id)
    )
    SELECT f.table_name, f.row_id, 'what entry ' || f.id || ' says is gone, and a redaction leaves its row'
    FROM following f WHERE f.is_empty
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

-- A redaction that no two people agreed on in its own transaction: only somebody who went round the triggers made it.
CREATE FUNCTION redaction_faults() RETURNS TABLE (place text, row_id uuid, fault text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.table_name, e.row_id, 'entry ' || e.id || ' is a redaction that no two people agreed on'
    FROM public.history_entry e JOIN public.history_payload p ON p.entry_id = e.id
    WHERE e.table_name = 'redactions_redaction' AND NOT EXISTS (
        SELECT FROM public.approvals_approval a JOIN public.history_entry d ON d.row_id = a.id
        WHERE a.id::text = p.new ->> 'approval_id' AND a.action = 'redact' AND a.state = 'approved'
            AND a.subject_id = e.record_id AND d.table_name = 'approvals_approval' AND d.verb = 'approve'
            AND d.transaction_id = e.transaction_id)
$$;
