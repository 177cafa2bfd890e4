-- The trace is written by the application's role, which may add rows and nothing else.

-- Before the first row of a statement gets its number: sealing takes this lock exclusively, and then sees every row up
-- to the newest number.
CREATE FUNCTION trace_hold_seal() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7261905205);
    RETURN NULL;
END $$;

-- What the caller says of time and role does not count.
CREATE FUNCTION trace_stamp() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.at := clock_timestamp();
    NEW.database_role := session_user;
    RETURN NEW;
END $$;

-- The digest of the rows after one number up to another, in the order of their numbers. It covers no spelling that
-- depends on a session.
CREATE FUNCTION trace_digest(after bigint, until bigint) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT sha256(coalesce(string_agg(sha256(convert_to(jsonb_build_array(t.id,
        (extract(epoch FROM t.at) * 1000000)::bigint, t.database_role, t.act, t.door, t.actor, t.address, t.method,
        t.path, t.status, t.request_id, t.entries, t.about)::text, 'UTF8')), ''::bytea ORDER BY t.id), ''::bytea))
    FROM public.trace_item t WHERE t.id > after AND t.id <= until
$$;

CREATE TRIGGER trace_item_holds_seal BEFORE INSERT ON trace_item
    FOR EACH STATEMENT EXECUTE FUNCTION trace_hold_seal();
CREATE TRIGGER trace_item_is_stamped BEFORE INSERT ON trace_item FOR EACH ROW EXECUTE FUNCTION trace_stamp();
CREATE TRIGGER trace_item_is_final BEFORE UPDATE OR DELETE ON trace_item
    FOR EACH ROW EXECUTE FUNCTION register_refuse();
CREATE TRIGGER trace_item_is_kept BEFORE TRUNCATE ON trace_item
    FOR EACH STATEMENT EXECUTE FUNCTION register_refuse();
ALTER TABLE trace_item ENABLE ALWAYS TRIGGER trace_item_holds_seal;
ALTER TABLE trace_item ENABLE ALWAYS TRIGGER trace_item_is_stamped;
ALTER TABLE trace_item ENABLE ALWAYS TRIGGER trace_item_is_final;
ALTER TABLE trace_item ENABLE ALWAYS TRIGGER trace_item_is_kept;
