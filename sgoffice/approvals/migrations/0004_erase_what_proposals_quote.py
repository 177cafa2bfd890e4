from pathlib import Path

import pgtrigger.compiler
import pgtrigger.migrations
import sgoffice.records.triggers
from django.db import migrations


class Migration(migrations.Migration):

    readable_by = "0.2.0"

    dependencies = [
        ('approvals', '0003_what_follows_is_nobodys_to_lower'),
    ]

    operations = [
        # frozen: a later change is a new file and a new migration
        migrations.RunSQL((Path(__file__).parents[1] / "under_way.sql").read_text(encoding="utf-8")),
        pgtrigger.migrations.RemoveTrigger(
            model_name='approval',
            name='approval_is_decided_once',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='approval',
            trigger=pgtrigger.compiler.Trigger(name='approval_is_decided_once', sql=sgoffice.records.triggers.RuleSql(func="\n        IF redaction_is_under_way()\n            AND (NEW.content = OLD.content OR NEW.id::text <> coalesce(current_setting('sgoffice.approval', true), ''))\n            AND (NEW.action, NEW.state, NEW.subject_id, NEW.subject_version, NEW.member_id, NEW.proposed_by_id,\n                NEW.proposed_at, NEW.decided_by_id, NEW.decided_at, NEW.decided_in)\n            IS NOT DISTINCT FROM (OLD.action, OLD.state, OLD.subject_id, OLD.subject_version, OLD.member_id,\n                OLD.proposed_by_id, OLD.proposed_at, OLD.decided_by_id, OLD.decided_at, OLD.decided_in) THEN\n            RETURN NEW;\n        END IF;\n        IF NEW.state = 'proposed' THEN\n            NEW.decided_at := NULL;\n            NEW.decided_in := '';\n        ELSIF OLD.state = 'proposed' THEN\n            NEW.decided_at := clock_timestamp();\n            NEW.decided_in := pg_current_xact_id()::text;\n        END IF;\n        IF (NEW.action, NEW.subject_id, NEW.subject_version, NEW.member_id, NEW.content, NEW.purpose,\n                NEW.proposed_by_id, NEW.proposed_at)\n            IS DISTINCT FROM (OLD.action, OLD.subject_id, OLD.subject_version, OLD.member_id, OLD.content,\n                OLD.purpose, OLD.proposed_by_id, OLD.proposed_at)\n            OR OLD.state <> 'proposed' AND (NEW.state, NEW.decided_by_id, NEW.decided_at, NEW.decided_in, NEW.decision)\n                IS DISTINCT FROM (OLD.state, OLD.decided_by_id, OLD.decided_at, OLD.decided_in, OLD.decision) THEN\n            RAISE EXCEPTION 'approval % is decided once and stays as it was proposed', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_is_decided_once';\n        END IF;\n        IF NEW.state = 'approved' AND OLD.state <> 'approved' AND NOT EXISTS (\n            SELECT FROM accounts_user u WHERE u.id = NEW.decided_by_id AND u.is_active AND u.role = 'approver'\n                AND u.date_joined < NEW.proposed_at) THEN\n            RAISE EXCEPTION 'approval % is not by an approver who was there before', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_is_by_an_approver';\n        END IF;\nRETURN NEW;", hash='c8ec40a3a326f63f8314c0945c81efd8ecf80f3d', operation='UPDATE', pgid='pgtrigger_approval_is_decided_once_70b01', table='approvals_approval', when='BEFORE')),
        ),
    ]
