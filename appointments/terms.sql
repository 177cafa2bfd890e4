-- What two people approved of a term of office, and what is stored of it. The trigger that asks is in models/triggers.py.

-- The first and the last day that an imprecise date can mean (sgoffice/records/partial_dates.py).
CREATE FUNCTION term_days_of(said text, OUT earliest date, OUT latest date)
LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
    WITH ends (low, high) AS (
        SELECT replace(rtrim(split_part(said, '/', 1), '?~%'), 'X', '0'),
            replace(rtrim(split_part(said, '/', CASE WHEN said LIKE '%/%' THEN 2 ELSE 1 END), '?~%'), 'X', '9')
    )
    SELECT (low || substr('-01-01', length(low) - 3))::date, CASE length(high)
        WHEN 10 THEN high::date
        WHEN 7 THEN ((high || '-01')::date + interval '1 month' - interval '1 day')::date
        ELSE (high || '-12-31')::date END
    FROM ends
$$;

-- Are the days of a term those that its dates mean, and the rule of its day (appointments/services/terms.py)?
CREATE FUNCTION term_has_its_days(term appointments_appointment) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT NOT EXISTS (
        SELECT FROM (VALUES (term.appointed, term.appointed_earliest, term.appointed_latest),
            (term.start, term.start_earliest, term.start_latest), (term."end", term.end_earliest, term.end_latest),
            (term.expected_end, term.expected_end_earliest, term.expected_end_latest)) AS one (said, earliest, latest)
        WHERE (one.earliest, one.latest)
            IS DISTINCT FROM ((public.term_days_of(one.said)).earliest, (public.term_days_of(one.said)).latest)
    ) AND lower(term.during) BETWEEN term.start_earliest AND term.start_latest
    AND upper(term.during) IS NOT DISTINCT FROM CASE
        WHEN term.end_earliest > lower(term.during) THEN term.end_earliest
        WHEN term."end" IS NOT NULL THEN term.end_latest
        ELSE coalesce((
            SELECT (lower(term.during) + make_interval(months => r.term_months))::date
            FROM public.appointments_termrule r
            WHERE term.kind IN ('appointment', 'reappointment', 'election') AND r.post_id = term.post_id
                AND NOT r.is_in_error AND r.merged_into_id IS NULL
                AND r.valid @> coalesce(term.appointed_earliest, lower(term.during))
        ), term.expected_end_latest) END
$$;

-- Is this the term that was approved in this very transaction: of the same person and post as when it was proposed, with
-- the days and the kind that the proposal gives and no others?
CREATE FUNCTION term_is_as_approved(known appointments_appointment, term appointments_appointment) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.term_has_its_days(term) AND EXISTS (
        SELECT FROM public.approvals_approval a JOIN public.records_entry e ON e.id = a.subject_id
        WHERE a.id::text = coalesce(current_setting('sgoffice.approval', true), '') AND a.subject_id = term.id
            AND e.version = a.subject_version + 1
            AND NOT EXISTS (
                SELECT FROM unnest(ARRAY['post_id', 'person_id', 'kind', 'appointed', 'start', 'end', 'expected_end']) m
                WHERE to_jsonb(term) -> m IS DISTINCT FROM (to_jsonb(known) || a.content) -> m))
$$;
