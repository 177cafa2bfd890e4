import pgtrigger.compiler
import pgtrigger.migrations
import sgoffice.records.triggers
from django.db import migrations


class Migration(migrations.Migration):

    readable_by = "0.2.0"

    dependencies = [
        ('approvals', '0001_approvals'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='approval',
            name='marking_is_lowered_by_two',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='approval',
            trigger=pgtrigger.compiler.Trigger(name='marking_is_lowered_by_two', sql=sgoffice.records.triggers.RuleSql(declare="DECLARE widest text[] := ARRAY['public', 'internal', 'restricted'];\n        before text := CASE WHEN TG_OP = 'INSERT' THEN 'internal' ELSE OLD.marking END;", func="\n        IF (TG_OP = 'INSERT' AND NEW.reference IS NULL)\n            OR array_position(widest, NEW.marking) >= array_position(widest, before)\n            OR register_is_by_operator(NEW.id) OR register_is_approved(NEW.id, NEW.marking, TG_OP = 'INSERT') THEN\n            RETURN NULL;\n        END IF;\n        RAISE EXCEPTION '% is opened by one person alone', coalesce(NEW.reference, NEW.id::text)\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'marking_is_lowered_by_two';\nRETURN NULL;", hash='3745a94897de5d7141385ec8ef6430fa4d032d12', operation='INSERT OR UPDATE', pgid='pgtrigger_marking_is_lowered_by_two_b4cf2', table='records_entry', when='AFTER')),
        ),
    ]
