from pathlib import Path

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import sgoffice.records.identifiers
import sgoffice.records.triggers
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    readable_by = "0.2.0"
    allows = {"ban-drop-function": "its rows get more columns; whoever reads it asks for entry_id, which stays"}

    dependencies = [
        ('approvals', '0004_erase_what_proposals_quote'),
        ('records', '0011_state_days'),
    ]

    operations = [
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.UUIDField(default=sgoffice.records.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('pointers', models.JSONField(help_text='What was erased, as JSON pointers.')),
                ('entries', models.JSONField(help_text='By entry of history: its bytes in the chain, and the digest of what remains of it.')),
                ('approval', models.OneToOneField(help_text='The approval.', on_delete=django.db.models.deletion.PROTECT, related_name='redaction', to='approvals.approval')),
                ('record', models.ForeignKey(help_text='The record.', on_delete=django.db.models.deletion.PROTECT, related_name='redactions', to='records.entry')),
            ],
        ),
        # frozen: a later change is a new file and a new migration
        migrations.RunSQL((Path(__file__).parents[1] / "redaction.sql").read_text(encoding="utf-8")),
        pgtrigger.migrations.AddTrigger(
            model_name='redaction',
            trigger=pgtrigger.compiler.Trigger(name='history', sql=sgoffice.records.triggers.ScribeSql(execute="register_write_history('record_id', '', '{}')", func='', hash='35860e0cf49a175a300cb2b8c66fe7c854647170', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_history_e4fc4', table='redactions_redaction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='redaction',
            trigger=pgtrigger.compiler.Trigger(name='redaction_is_by_two', sql=sgoffice.records.triggers.RuleSql(func="\n        IF TG_OP = 'INSERT' AND register_is_carried_out('redact', NEW.record_id) AND EXISTS (\n            SELECT FROM approvals_approval a WHERE a.id = NEW.approval_id\n                AND a.id::text = coalesce(current_setting('sgoffice.approval', true), '')\n                AND a.content -> 'pointers' = NEW.pointers) THEN\n            RETURN NULL;\n        END IF;\n        RAISE EXCEPTION 'a redaction is made once, by two people'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'redaction_is_by_two';\nRETURN NULL;", hash='d5bd9bae3b0a5eeda3f8b0e8fc7313c85da34981', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_redaction_is_by_two_70ead', table='redactions_redaction', when='AFTER')),
        ),
    ]
