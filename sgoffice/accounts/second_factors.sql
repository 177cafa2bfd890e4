-- Resetting somebody's second factor takes two people. The triggers that ask are on User, SecondFactor, RecoveryCode.

-- Is the second factor of this member being reset: by an approval of this very transaction, or by the operator?
CREATE FUNCTION register_ends_second_factor(member uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.register_is_by_operator(member) OR EXISTS (SELECT FROM public.approvals_approval a
        WHERE a.id::text = coalesce(current_setting('sgoffice.approval', true), '')
            AND a.state = 'approved' AND a.decided_in = pg_current_xact_id()::text
            AND a.action = 'reset_second_factor' AND a.member_id = member)
$$;
