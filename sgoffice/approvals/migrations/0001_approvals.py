from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
import sgoffice.records.identifiers
import sgoffice.records.triggers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    readable_by = "0.2.0"

    dependencies = [
        ('accounts', '0001_initial'),
        ('records', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.UUIDField(default=sgoffice.records.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('is_in_error', models.BooleanField(default=False, editable=False, help_text='Entered in error: not listed or counted, kept for history.')),
                ('origin', models.CharField(blank=True, editable=False, help_text='Where an imported record came from, so that importing it again changes nothing.', max_length=120)),
                ('sources', models.JSONField(blank=True, default=list, help_text='The sources that support this record.')),
                ('caveats', models.JSONField(blank=True, default=list, help_text='What a reader must know before relying on it.')),
                ('notes', models.JSONField(blank=True, default=list, help_text='Further information under headings, in the words of the source.')),
                ('conflicts', models.JSONField(blank=True, default=list, help_text='What other sources state differently.')),
                ('reference', models.CharField(editable=False, max_length=24, unique=True)),
                ('marking', models.CharField(choices=[('public', 'Public'), ('internal', 'Internal'), ('restricted', 'Restricted')], default='internal', help_text='Who may see this record.', max_length=12)),
                ('readers', models.JSONField(blank=True, default=list, help_text='Ids of the users who may read it if it is restricted.')),
                ('entered_by', models.CharField(editable=False, max_length=64)),
                ('action', models.CharField(help_text='What is proposed: lower_marking, publish, release …', max_length=40)),
                ('subject_version', models.PositiveIntegerField(blank=True, help_text='The version of that record for which it was proposed.', null=True)),
                ('content', models.JSONField(blank=True, default=dict, help_text='What is carried out once it is approved.')),
                ('purpose', models.CharField(blank=True, help_text='Why it was proposed.', max_length=2000)),
                ('state', models.CharField(choices=[('proposed', 'Proposed, awaiting an approver'), ('approved', 'Approved and carried out'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='proposed', help_text='State of the proposal.', max_length=12)),
                ('proposed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text='When it was proposed, by the clock of the database.')),
                ('decided_at', models.DateTimeField(blank=True, help_text='When it was decided or withdrawn.', null=True)),
                ('decision', models.CharField(blank=True, help_text='The reason of the decision.', max_length=2000)),
                ('decided_in', models.TextField(blank=True, editable=False, help_text='The number of the transaction that decided it: only that one acts on it.')),
                ('decided_by', models.ForeignKey(blank=True, help_text='Who decided it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(blank=True, help_text='The member of staff that it is about.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(blank=True, editable=False, help_text='The record that this one was merged into.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='approvals.approval')),
                ('proposed_by', models.ForeignKey(help_text='Who proposed it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subject', models.ForeignKey(blank=True, help_text='The record that it is about.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.entry')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['state', 'id'], name='approval_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='approval_has_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', False), ('state__in', ('approved', 'refused'))), models.Q(models.Q(('state__in', ('approved', 'refused')), _negated=True), ('decided_by__isnull', True)), _connector='OR'), name='approval_is_decided_by_somebody'), models.CheckConstraint(condition=models.Q(('member', None), models.Q(models.Q(('member', models.F('proposed_by')), _negated=True), models.Q(('decided_by', None), models.Q(('member', models.F('decided_by')), _negated=True), _connector='OR')), _connector='OR'), name='approval_is_not_about_oneself'), models.UniqueConstraint(condition=models.Q(('is_in_error', False), ('merged_into', None), ('state', 'proposed')), fields=('action', 'subject'), name='approval_is_pending_once')],
            },
        ),
        # frozen: a later change is a new file and a new migration
        migrations.RunSQL((Path(__file__).parents[1] / "triggers.sql").read_text(encoding="utf-8")),
        pgtrigger.migrations.AddTrigger(
            model_name='approval',
            trigger=pgtrigger.compiler.Trigger(name='history', sql=sgoffice.records.triggers.ScribeSql(execute="register_write_history('id', 'approval', '{}')", func='', hash='9afaad693b0fb973b69d37f12adf2d0fa404a24e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_history_69d0b', table='approvals_approval', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='approval',
            trigger=pgtrigger.compiler.Trigger(name='approval_begins_as_a_proposal', sql=sgoffice.records.triggers.RuleSql(func="\n        NEW.proposed_at := clock_timestamp();\n        IF NEW.state <> 'proposed'\n            OR NOT EXISTS (SELECT FROM accounts_user u WHERE u.id = NEW.proposed_by_id AND u.is_active) THEN\n            RAISE EXCEPTION 'approval % does not begin as a proposal', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_begins_as_a_proposal';\n        END IF;\nRETURN NEW;", hash='b7bd14e5ab8ff88edabdae214e27b950ca6383fb', operation='INSERT', pgid='pgtrigger_approval_begins_as_a_proposal_f6735', table='approvals_approval', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='approval',
            trigger=pgtrigger.compiler.Trigger(name='approval_is_decided_once', sql=sgoffice.records.triggers.RuleSql(func="\n        IF NEW.state = 'proposed' THEN\n            NEW.decided_at := NULL;\n            NEW.decided_in := '';\n        ELSIF OLD.state = 'proposed' THEN\n            NEW.decided_at := clock_timestamp();\n            NEW.decided_in := pg_current_xact_id()::text;\n        END IF;\n        IF (NEW.action, NEW.subject_id, NEW.subject_version, NEW.member_id, NEW.content, NEW.purpose,\n                NEW.proposed_by_id, NEW.proposed_at)\n            IS DISTINCT FROM (OLD.action, OLD.subject_id, OLD.subject_version, OLD.member_id, OLD.content,\n                OLD.purpose, OLD.proposed_by_id, OLD.proposed_at)\n            OR OLD.state <> 'proposed' AND (NEW.state, NEW.decided_by_id, NEW.decided_at, NEW.decided_in, NEW.decision)\n                IS DISTINCT FROM (OLD.state, OLD.decided_by_id, OLD.decided_at, OLD.decided_in, OLD.decision) THEN\n            RAISE EXCEPTION 'approval % is decided once and stays as it was proposed', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_is_decided_once';\n        END IF;\n        IF NEW.state = 'approved' AND OLD.state <> 'approved' AND NOT EXISTS (\n            SELECT FROM accounts_user u WHERE u.id = NEW.decided_by_id AND u.is_active AND u.role = 'approver'\n                AND u.date_joined < NEW.proposed_at) THEN\n            RAISE EXCEPTION 'approval % is not by an approver who was there before', NEW.id\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_is_by_an_approver';\n        END IF;\nRETURN NEW;", hash='f254f74000b7b2bd5d3da02f9ba63a4e7ed491de', operation='UPDATE', pgid='pgtrigger_approval_is_decided_once_70b01', table='approvals_approval', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='approval',
            trigger=pgtrigger.compiler.Trigger(name='marking_is_lowered_by_two', sql=sgoffice.records.triggers.RuleSql(declare="DECLARE widest text[] := ARRAY['public', 'internal', 'restricted'];\n        before text := CASE WHEN TG_OP = 'INSERT' THEN 'internal' ELSE OLD.marking END;", func="\n        IF NEW.reference IS NULL OR array_position(widest, NEW.marking) >= array_position(widest, before)\n            OR register_is_by_operator(NEW.id) OR register_is_approved(NEW.id, NEW.marking, TG_OP = 'INSERT') THEN\n            RETURN NULL;\n        END IF;\n        RAISE EXCEPTION '% is opened by one person alone', NEW.reference\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'marking_is_lowered_by_two';\nRETURN NULL;", hash='6049382ae9e4792becd3a1b7f28fe610ad3aca50', operation='INSERT OR UPDATE', pgid='pgtrigger_marking_is_lowered_by_two_b4cf2', table='records_entry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='approval',
            trigger=pgtrigger.compiler.Trigger(name='readers_are_staff', sql=sgoffice.records.triggers.RuleSql(func="\n        IF NEW.readers = '[]'::jsonb OR (TG_OP = 'UPDATE' AND NEW.readers = OLD.readers) THEN RETURN NULL; END IF;\n        IF EXISTS (SELECT FROM jsonb_array_elements_text(NEW.readers) r\n                   WHERE NOT EXISTS (SELECT FROM accounts_user u WHERE u.id::text = r)) THEN\n            RAISE EXCEPTION '% names a reader who is not staff', NEW.reference\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'readers_are_staff';\n        END IF;\nRETURN NULL;", hash='ac9db1a6df8b923b9e1f09e3d5a94899ef1d9a9b', operation='INSERT OR UPDATE', pgid='pgtrigger_readers_are_staff_5dd65', table='records_entry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='approval',
            trigger=pgtrigger.compiler.Trigger(name='member_joins_once', sql=sgoffice.records.triggers.RuleSql(func="\n        IF TG_OP = 'INSERT' THEN\n            NEW.date_joined := clock_timestamp();\n        ELSIF NEW.date_joined <> OLD.date_joined THEN\n            RAISE EXCEPTION '% joined the staff on another day', NEW.username\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'member_joins_once';\n        END IF;\nRETURN NEW;", hash='55965310e8767e2d5fbf7592e00bd168d6ab0fc6', operation='INSERT OR UPDATE', pgid='pgtrigger_member_joins_once_3faa6', table='accounts_user', when='BEFORE')),
        ),
    ]
