"""What the database holds of redactions, also against raw SQL. Functions are in redaction.sql."""

import pgtrigger

from sgoffice.records.triggers import Rule

TWO_PEOPLE = Rule(
    name="redaction_is_by_two",
    on=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    body="""
        IF TG_OP = 'INSERT' AND register_is_carried_out('redact', NEW.record_id) AND EXISTS (
            SELECT FROM approvals_approval a WHERE a.id = NEW.approval_id
                AND a.id::text = coalesce(current_setting('sgoffice.approval', true), '')
                AND a.content -> 'pointers' = NEW.pointers) THEN
            RETURN NULL;
        END IF;
        RAISE EXCEPTION 'a redaction is made once, by two people'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'redaction_is_by_two';
    """,
)
