import pgtrigger.compiler
import pgtrigger.migrations
import sgoffice.records.triggers
from django.db import migrations


class Migration(migrations.Migration):
    readable_by = "0.2.0"

    dependencies = [
        ('engagements', '0003_fold_what_is_a_letter'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='engagement',
            name='engagement_moves_by_its_steps',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='engagement',
            trigger=pgtrigger.compiler.Trigger(name='engagement_moves_by_its_steps', sql=sgoffice.records.triggers.RuleSql(func="\n            IF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) NOT IN (('cancelled', 'confirmed'), ('confirmed', 'cancelled'), ('confirmed', 'held'), ('confirmed', 'not_held'), ('confirmed', 'postponed'), ('held', 'not_held'), ('not_held', 'held'), ('postponed', 'cancelled'), ('postponed', 'confirmed'), ('postponed', 'tentative'), ('requested', 'declined'), ('requested', 'delegated'), ('requested', 'tentative'), ('tentative', 'cancelled'), ('tentative', 'confirmed'), ('tentative', 'held'), ('tentative', 'not_held'), ('tentative', 'postponed')) THEN\n                RAISE EXCEPTION 'an engagement that is % cannot become %', OLD.status, NEW.status\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'engagement_moves_by_its_steps';\n            END IF;\nRETURN NULL;", hash='e40602fba5e796911dcc39b83df3c6effbea27d7', operation='UPDATE', pgid='pgtrigger_engagement_moves_by_its_steps_2e57b', table='engagements_engagement', when='AFTER')),
        ),
    ]
