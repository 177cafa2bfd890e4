-- The streams of partners: changes are recorded while a transaction runs, and get their positions at COMMIT.

-- One lock for everything that is numbered at COMMIT. Each statement after the lock must see what the previous holder
-- committed; the snapshot of REPEATABLE READ would hide it.
CREATE FUNCTION register_commit_lock() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'the register is written under READ COMMITTED only, not %',
            current_setting('transaction_isolation')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'register_isolation';
    END IF;
    PERFORM pg_advisory_xact_lock(7261905201);
END $$;

-- Identifies this lifetime of the register. A restored dump is another database, a restored cluster has another
-- identity or time line: positions assigned after the backup mean nothing there. `begin_epoch` is for copies of the bare
-- files.
CREATE FUNCTION feed_epoch() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT substr(encode(sha256(convert_to(concat_ws(' ', e.epoch, s.system_identifier, c.timeline_id,
        (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())), 'UTF8')), 'hex'), 1, 16)
    FROM public.feed_epoch e, pg_control_system() s, pg_control_checkpoint() c
$$;

CREATE FUNCTION feed_add_pending(entry uuid, stream uuid, target uuid) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.feed_pending (entry, stream, target) VALUES (entry, stream, target);
    -- rows of other transactions are never visible here: they are deleted before COMMIT
    INSERT INTO public.feed_pendingcommit SELECT nextval('public.feed_pendingcommit_id_seq')
        WHERE NOT EXISTS (SELECT FROM public.feed_pendingcommit);
$$;

CREATE FUNCTION feed_note_published() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'what was published is withdrawn, never deleted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'feed_keeps_tombstones';
    END IF;
    IF TG_OP = 'INSERT' OR (NEW.digest, NEW.op, NEW.is_stale, NEW.schema)
            IS DISTINCT FROM (OLD.digest, OLD.op, OLD.is_stale, OLD.schema) THEN
        PERFORM public.feed_add_pending(NEW.entry, NULL, NULL);
    END IF;
    RETURN NULL;
END $$;

-- What was written outside the door is not shown until it is built again.
CREATE FUNCTION feed_mark_stale(entries uuid[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.feed_published SET is_stale = true WHERE entry = ANY (entries) AND NOT is_stale;
$$;

CREATE FUNCTION feed_note_grant() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM public.feed_add_pending(OLD.entry, OLD.stream, NULL); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM public.feed_add_pending(NEW.entry, NEW.stream, NULL); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION feed_note_reference() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM public.feed_add_pending(OLD.source, NULL, OLD.target); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM public.feed_add_pending(NEW.source, NULL, NEW.target); END IF;
    RETURN NULL;
END $$;

-- What each stream shows. A view, because the planner inlines it; an SQL function with a subquery is not inlined and
-- took three times as long.
CREATE VIEW feed_shown AS
    SELECT g.stream, g.entry FROM feed_grant g JOIN feed_published p ON p.entry = g.entry
    WHERE p.op = 'upsert' AND NOT p.is_stale;

-- Fires once per transaction, at COMMIT, under the one commit lock: order of position is order of commit. A stream has
-- one row for each record, which moves to its end. What a partner never had leaves no trace in its stream, not even a
-- gap: counting positions reveals nothing about other partners' records.
CREATE FUNCTION feed_assign_positions() RETURNS trigger
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
    )
    INSERT INTO public.feed_streamrow AS r (stream, position, entry, op, changed_at)
    SELECT n.stream, c.position - n.total + n.place, n.entry,
        CASE WHEN n.is_shown THEN 'upsert'
             ELSE (SELECT CASE WHEN p.op = 'merged' THEN 'merged' ELSE 'withdrawn' END
                   FROM public.feed_published p WHERE p.entry = n.entry) END,
        to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    FROM numbered n JOIN counter c ON c.id = n.stream
    ON CONFLICT (entry, stream) DO UPDATE
        SET position = EXCLUDED.position, op = EXCLUDED.op, changed_at = EXCLUDED.changed_at;
    DELETE FROM public.feed_pendingcommit;
    RETURN NULL;
END $$;

-- Reading a page of the exchange is faster than decompressing it: documents up to 8 kB are stored inline, uncompressed.
ALTER TABLE feed_published ALTER COLUMN body SET STORAGE EXTERNAL, SET (toast_tuple_target = 8160);

REVOKE EXECUTE ON FUNCTION feed_note_published(), feed_note_grant(), feed_note_reference(), feed_assign_positions()
    FROM PUBLIC;

CREATE TRIGGER feed_published_is_noted AFTER INSERT OR UPDATE OR DELETE ON feed_published
    FOR EACH ROW EXECUTE FUNCTION feed_note_published();
CREATE TRIGGER feed_grant_is_noted AFTER INSERT OR UPDATE OR DELETE ON feed_grant
    FOR EACH ROW EXECUTE FUNCTION feed_note_grant();
CREATE TRIGGER feed_reference_is_noted AFTER INSERT OR UPDATE OR DELETE ON feed_publishedreference
    FOR EACH ROW EXECUTE FUNCTION feed_note_reference();
CREATE CONSTRAINT TRIGGER feed_pendingcommit_is_numbered AFTER INSERT ON feed_pendingcommit
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION feed_assign_positions();
ALTER TABLE feed_published ENABLE ALWAYS TRIGGER feed_published_is_noted;
ALTER TABLE feed_grant ENABLE ALWAYS TRIGGER feed_grant_is_noted;
ALTER TABLE feed_publishedreference ENABLE ALWAYS TRIGGER feed_reference_is_noted;
ALTER TABLE feed_pendingcommit ENABLE ALWAYS TRIGGER feed_pendingcommit_is_numbered;

INSERT INTO feed_epoch (id, epoch) VALUES (1, gen_random_uuid());
