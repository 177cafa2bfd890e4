"""What the database holds of the rule of two people, also against raw SQL: triggers of approvals, markings, readers.

`register_is_approved()` is in triggers.sql. The migrations import the classes of this module.
"""

import pgtrigger

from sgoffice.records.triggers import Rule


class EntryRule(Rule):
    """A rule about the identity rows of records of every kind, so that a new kind cannot forget it."""

    table = "records_entry"


class AccountRule(Rule):
    """A rule about members of staff, on whom approvals rest."""

    table = "accounts_user"


BEGINNING = Rule(
    name="approval_begins_as_a_proposal",
    on=pgtrigger.Insert,
    when=pgtrigger.Before,
    body="""
        NEW.proposed_at := clock_timestamp();
        IF NEW.state <> 'proposed'
            OR NOT EXISTS (SELECT FROM accounts_user u WHERE u.id = NEW.proposed_by_id AND u.is_active) THEN
            RAISE EXCEPTION 'approval % does not begin as a proposal', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_begins_as_a_proposal';
        END IF;
    """,
)

#: What is erased of a proposal that quotes an erased record is no other decision; what is being carried out stays.
DECISION = Rule(
    name="approval_is_decided_once",
    on=pgtrigger.Update,
    when=pgtrigger.Before,
    body="""
        IF redaction_is_under_way()
            AND (NEW.content = OLD.content OR NEW.id::text <> coalesce(current_setting('sgoffice.approval', true), ''))
            AND (NEW.action, NEW.state, NEW.subject_id, NEW.subject_version, NEW.member_id, NEW.proposed_by_id,
                NEW.proposed_at, NEW.decided_by_id, NEW.decided_at, NEW.decided_in)
            IS NOT DISTINCT FROM (OLD.action, OLD.state, OLD.subject_id, OLD.subject_version, OLD.member_id,
                OLD.proposed_by_id, OLD.proposed_at, OLD.decided_by_id, OLD.decided_at, OLD.decided_in) THEN
            RETURN NEW;
        END IF;
        IF NEW.state = 'proposed' THEN
            NEW.decided_at := NULL;
            NEW.decided_in := '';
        ELSIF OLD.state = 'proposed' THEN
            NEW.decided_at := clock_timestamp();
            NEW.decided_in := pg_current_xact_id()::text;
        END IF;
        IF (NEW.action, NEW.subject_id, NEW.subject_version, NEW.member_id, NEW.content, NEW.purpose,
                NEW.proposed_by_id, NEW.proposed_at)
            IS DISTINCT FROM (OLD.action, OLD.subject_id, OLD.subject_version, OLD.member_id, OLD.content,
                OLD.purpose, OLD.proposed_by_id, OLD.proposed_at)
            OR OLD.state <> 'proposed' AND (NEW.state, NEW.decided_by_id, NEW.decided_at, NEW.decided_in, NEW.decision)
                IS DISTINCT FROM (OLD.state, OLD.decided_by_id, OLD.decided_at, OLD.decided_in, OLD.decision) THEN
            RAISE EXCEPTION 'approval % is decided once and stays as it was proposed', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_is_decided_once';
        END IF;
        IF NEW.state = 'approved' AND OLD.state <> 'approved' AND NOT EXISTS (
            SELECT FROM accounts_user u WHERE u.id = NEW.decided_by_id AND u.is_active AND u.role = 'approver'
                AND u.date_joined < NEW.proposed_at) THEN
            RAISE EXCEPTION 'approval % is not by an approver who was there before', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_is_by_an_approver';
        END IF;
    """,
)

#: The marking of a record of any kind becomes wider only with an approval of this very transaction, or at the hand of
#: the operator of the server. A new row of a kind without a marking has no reference (history/identity_rows.sql), and
#: later it is never another marking; no other row gets past by dropping its reference. What follows from the readers of
#: other records is nobody's to lower.
MARKING = EntryRule(
    name="marking_is_lowered_by_two",
    on=pgtrigger.Insert | pgtrigger.Update,
    declare="""
        widest text[] := ARRAY['public', 'internal', 'restricted'];
        before text := CASE WHEN TG_OP = 'INSERT' THEN 'internal' ELSE OLD.marking END;
    """,
    body="""
        IF (TG_OP = 'INSERT' AND NEW.reference IS NULL) OR register_readers_follow(NEW.kind)
            OR array_position(widest, NEW.marking) >= array_position(widest, before)
            OR register_is_by_operator(NEW.id) OR register_is_approved(NEW.id, NEW.marking, TG_OP = 'INSERT') THEN
            RETURN NULL;
        END IF;
        RAISE EXCEPTION '% is opened by one person alone', coalesce(NEW.reference, NEW.id::text)
            USING ERRCODE = 'check_violation', CONSTRAINT = 'marking_is_lowered_by_two';
    """,
)

READERS = EntryRule(
    name="readers_are_staff",
    on=pgtrigger.Insert | pgtrigger.Update,
    body="""
        IF NEW.readers = '[]'::jsonb OR (TG_OP = 'UPDATE' AND NEW.readers = OLD.readers) THEN RETURN NULL; END IF;
        IF EXISTS (SELECT FROM jsonb_array_elements_text(NEW.readers) r
                   WHERE NOT EXISTS (SELECT FROM accounts_user u WHERE u.id::text = r)) THEN
            RAISE EXCEPTION '% names a reader who is not staff', NEW.reference
                USING ERRCODE = 'check_violation', CONSTRAINT = 'readers_are_staff';
        END IF;
    """,
)

#: Since when somebody is a member of staff is said by the database: proposals rest on it.
JOINING = AccountRule(
    name="member_joins_once",
    on=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    body="""
        IF TG_OP = 'INSERT' THEN
            NEW.date_joined := clock_timestamp();
        ELSIF NEW.date_joined <> OLD.date_joined THEN
            RAISE EXCEPTION '% joined the staff on another day', NEW.username
                USING ERRCODE = 'check_violation', CONSTRAINT = 'member_joins_once';
        END IF;
    """,
)
