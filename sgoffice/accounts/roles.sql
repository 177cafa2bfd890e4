-- Roles that open what is restricted, or rule over others, are given by two people. The trigger that asks is on User.

-- Is this role of this member of staff being carried out, by an approval of this very transaction?
CREATE FUNCTION register_role_is_approved(member uuid, wanted text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.approvals_approval a
        WHERE a.id::text = coalesce(current_setting('sgoffice.approval', true), '')
            AND a.state = 'approved' AND a.decided_in = pg_current_xact_id()::text
            AND a.action = 'give_role' AND a.member_id = member AND a.content ->> 'role' = wanted)
$$;

-- May the operator of the server name this one: an administrator where none is active, approvers where fewer than two
-- are, and examples where there is nobody else? One at a time, so that two commands do not both name the last one.
CREATE FUNCTION register_staff_is_missing(member uuid, wanted text, is_made_up boolean) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.register_is_by_operator(member) THEN RETURN false; END IF;
    PERFORM pg_advisory_xact_lock(7261905203);
    IF is_made_up THEN
        RETURN NOT EXISTS (SELECT FROM public.accounts_user u WHERE NOT u.is_example);
    END IF;
    RETURN (SELECT count(*) FROM public.accounts_user u
            WHERE u.role = wanted AND u.is_active AND NOT u.is_example AND u.id <> member)
        < CASE wanted WHEN 'administrator' THEN 1 WHEN 'approver' THEN 2 ELSE 0 END;
END $$;
