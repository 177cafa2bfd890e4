"""What the database holds of terms of office against raw SQL and races: triggers on appointments."""

import pgtrigger

from sgoffice.records.triggers import Rule

#: Articles 28 and 29: number and length of terms, by the rule in force on their day.
OBEDIENCE = Rule(
    name="appointment_obeys_its_rule",
    on=pgtrigger.Insert | pgtrigger.Update,
    declare="broken text; same uuid[];",
    body="""
                    IF NEW.is_in_error OR NEW.merged_into_id IS NOT NULL OR NEW.during IS NULL THEN RETURN NULL; END IF;
                    PERFORM 1 FROM appointments_post WHERE id = NEW.post_id FOR NO KEY UPDATE;
                    SELECT array_agg(p.id) INTO same FROM directory_person p
                    JOIN directory_person o ON o.id = NEW.person_id
                    WHERE coalesce(p.merged_into_id, p.id) = coalesce(o.merged_into_id, o.id);
                    WITH term AS (
                        SELECT a.*, lower(a.during) AS begins,
                            coalesce(a.end_earliest, upper(a.during)) AS ends,
                            (SELECT count(*) FROM appointments_appointment e
                             WHERE e.post_id = a.post_id AND e.person_id = ANY(same) AND e.id <> a.id
                               AND NOT e.is_in_error AND e.merged_into_id IS NULL AND e.during IS NOT NULL
                               AND e.kind IN ('appointment', 'reappointment', 'election')
                               AND lower(e.during) < lower(a.during)) AS earlier
                        FROM appointments_appointment a
                        WHERE a.post_id = NEW.post_id AND a.person_id = ANY(same) AND NOT a.is_in_error
                          AND a.merged_into_id IS NULL AND a.during IS NOT NULL
                          AND a.kind IN ('appointment', 'reappointment', 'election')
                    )
                    SELECT CASE
                        WHEN term.kind = 'reappointment' AND term.earlier = 0 THEN 'appointment_follows_a_first_term'
                        WHEN term.deviation IS NOT NULL THEN NULL
                        WHEN term.earlier > r.reappointments_allowed THEN 'appointment_terms_are_limited'
                        WHEN term.ends >
                            coalesce(term.start_latest, term.begins) + make_interval(months => r.term_months)
                            THEN 'appointment_term_is_not_too_long' END INTO broken
                    FROM term LEFT JOIN appointments_termrule r ON r.post_id = term.post_id AND NOT r.is_in_error
                        AND r.merged_into_id IS NULL AND r.valid @> coalesce(term.appointed_earliest, term.begins)
                    ORDER BY 1 NULLS LAST LIMIT 1;
                    IF broken IS NOT NULL THEN
                        RAISE EXCEPTION 'appointment % breaks the rule of its day', NEW.reference
                            USING ERRCODE = 'check_violation', CONSTRAINT = broken;
                    END IF;
                """,
)

#: No term surely begins before its post was created, or after it ceased to exist.
LIFE_OF_POST = Rule(
    name="term_lies_in_the_life_of_its_post",
    on=pgtrigger.Insert | pgtrigger.Update,
    body="""
                    IF NEW.is_in_error OR NEW.merged_into_id IS NOT NULL OR NEW.during IS NULL
                        OR (TG_OP = 'UPDATE' AND (NEW.post_id, NEW.start_earliest, NEW.start_latest)
                            IS NOT DISTINCT FROM (OLD.post_id, OLD.start_earliest, OLD.start_latest)) THEN
                        RETURN NULL;
                    END IF;
                    IF EXISTS (SELECT FROM appointments_post p WHERE p.id = NEW.post_id
                        AND (NEW.start_latest < p.founding_date_earliest
                            OR NEW.start_earliest > p.dissolution_date_latest)) THEN
                        RAISE EXCEPTION 'the term % begins when its post did not exist', NEW.reference
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'term_lies_in_the_life_of_its_post';
                    END IF;
                """,
)

#: A term is given, extended, corrected, taken off and put back by two people; ending it makes it shorter, on a day that
#: is no other than it says, and takes none. What is stored is what was approved (appointments/terms.sql).
TWO_PEOPLE = Rule(
    name="term_is_appointed_by_two",
    on=pgtrigger.Insert | pgtrigger.Update,
    body="""
                    IF register_is_by_operator(NEW.id) THEN RETURN NULL; END IF;
                    IF TG_OP = 'UPDATE' AND NEW.is_in_error <> OLD.is_in_error
                        AND NOT (NEW.is_in_error AND register_is_carried_out('enter_in_error', NEW.id))
                        AND NOT (OLD.is_in_error AND register_is_carried_out('restore', NEW.id)) THEN
                        RAISE EXCEPTION 'the term % is taken off or put back by one person alone', NEW.reference
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'term_is_appointed_by_two';
                    END IF;
                    IF TG_OP = 'INSERT' OR OLD.state = 'proposed' THEN
                        IF NEW.state = 'proposed'
                            OR (register_is_carried_out('appoint', NEW.id) AND term_is_as_approved(OLD, NEW))
                            OR (NEW.kind = 'extension' AND EXISTS (SELECT FROM approvals_approval a
                                JOIN appointments_appointment t ON t.id = a.subject_id
                                WHERE a.id::text = coalesce(current_setting('sgoffice.approval', true), '')
                                AND register_is_carried_out('extend', a.subject_id)
                                AND term_has_its_days(NEW)
                                AND (NEW.post_id, NEW.person_id, NEW.start, NEW.expected_end, NEW."end",
                                    NEW.appointed, NEW.start_earliest, NEW.start_latest, NEW.expected_end_latest,
                                    NEW.during)
                                IS NOT DISTINCT FROM (t.post_id, t.person_id, upper(t.during)::text,
                                    a.content ->> 'until', NULL, a.content ->> 'appointed', upper(t.during),
                                    upper(t.during), (a.content ->> 'until')::date,
                                    daterange(upper(t.during), (a.content ->> 'until')::date)))) THEN
                            RETURN NULL;
                        END IF;
                    ELSIF register_is_carried_out('correct_term', NEW.id) AND term_is_as_approved(OLD, NEW)
                        AND (NEW.state = OLD.state
                            OR (OLD.state = 'ended' AND OLD."end" IS NULL AND NEW.state = 'assumed')) THEN
                        RETURN NULL;
                    ELSIF array_position(ARRAY['designate', 'assumed', 'ended'], NEW.state::text)
                        >= array_position(ARRAY['designate', 'assumed', 'ended'], OLD.state::text)
                        AND (NEW.post_id, NEW.person_id, NEW.kind, NEW.appointed, NEW.start, NEW.expected_end,
                            lower(NEW.during), NEW.appointed_earliest, NEW.appointed_latest, NEW.start_earliest,
                            NEW.start_latest, NEW.expected_end_earliest, NEW.expected_end_latest)
                        IS NOT DISTINCT FROM (OLD.post_id, OLD.person_id, OLD.kind, OLD.appointed, OLD.start,
                            OLD.expected_end, lower(OLD.during), OLD.appointed_earliest, OLD.appointed_latest,
                            OLD.start_earliest, OLD.start_latest, OLD.expected_end_earliest, OLD.expected_end_latest)
                        AND ((NEW."end", NEW.end_earliest, NEW.end_latest, upper(NEW.during))
                            IS NOT DISTINCT FROM (OLD."end", OLD.end_earliest, OLD.end_latest, upper(OLD.during))
                            OR (NEW."end" IS NOT NULL
                                AND (NEW.end_earliest, NEW.end_latest) = (upper(NEW.during), upper(NEW.during))
                                AND ((NEW.state = 'ended'
                                    AND (upper(OLD.during) IS NULL OR upper(NEW.during) <= upper(OLD.during)))
                                OR (register_is_carried_out('extend', NEW.id)
                                    AND upper(NEW.during) = upper(OLD.during))))) THEN
                        RETURN NULL;
                    END IF;
                    RAISE EXCEPTION 'the term % is given or changed by one person alone', NEW.reference
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'term_is_appointed_by_two';
                """,
)
