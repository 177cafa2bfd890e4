-- Is a redaction being carried out, by an approval of this very transaction?
CREATE FUNCTION redaction_is_under_way() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.approvals_approval a
        WHERE a.id::text = coalesce(current_setting('sgoffice.approval', true), '')
            AND a.state = 'approved' AND a.decided_in = pg_current_xact_id()::text AND a.action = 'redact')
$$;
