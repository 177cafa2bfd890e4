-- The rule of two people as the database knows it. The triggers that ask are in triggers.py.

-- Does the operator of the server write, who loads facts and runs commands? Only inside change(), which says so; no
-- doorway gives a signed-in person this name. Whoever holds the application's connection can: docs/decisions/0020.
CREATE FUNCTION register_is_by_operator(record uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.register_is_open(record) AND coalesce(current_setting('sgoffice.actor', true), '') LIKE 'office:%'
$$;

-- Is the approval that this change() carries out one of this record and marking, given in this very transaction? A new
-- record has no approval of its own yet: there the approval is about what is made.
CREATE FUNCTION register_is_approved(record uuid, wanted text, is_new boolean) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.approvals_approval a
        WHERE a.id::text = coalesce(current_setting('sgoffice.approval', true), '')
            AND a.state = 'approved' AND a.decided_in = pg_current_xact_id()::text
            AND a.content ->> 'marking' = wanted
            AND (a.subject_id = record OR (is_new AND a.subject_id IS NULL)))
$$;

-- Is this action on this record being carried out, by an approval of this very transaction?
CREATE FUNCTION register_is_carried_out(wanted text, record uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.approvals_approval a
        WHERE a.id::text = coalesce(current_setting('sgoffice.approval', true), '')
            AND a.state = 'approved' AND a.decided_in = pg_current_xact_id()::text
            AND a.action = wanted AND a.subject_id = record)
$$;
