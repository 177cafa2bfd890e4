-- People and organizations leave the lists by two people. The trigger that asks is in models/names.py.

-- Does a document of a record that is there show the name of this one? The undo of an import asks the same, which takes
-- back whom it entered.
CREATE FUNCTION directory_is_shown(one uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.records_document d JOIN public.records_entry e ON e.id = d.record_id
        WHERE d.embeds @> ARRAY[one] AND d.record_id <> one AND NOT e.is_in_error)
$$;

-- Is a merge of these two being carried out, by an approval of this very transaction? What was merged into the other one
-- before follows it to the survivor.
CREATE FUNCTION directory_merge_is_carried_out(one uuid, merged_before uuid, into_survivor uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.approvals_approval a
        WHERE a.id::text = coalesce(current_setting('sgoffice.approval', true), '')
            AND a.state = 'approved' AND a.decided_in = pg_current_xact_id()::text AND a.action = 'merge'
            AND a.subject_id::text IN (a.content ->> 'survivor', a.content ->> 'other')
            AND a.content ->> 'survivor' = into_survivor::text
            AND a.content ->> 'other' IN (one::text, merged_before::text))
$$;
