import pgtrigger.compiler
import pgtrigger.migrations
import sgoffice.records.triggers
from django.db import migrations, models


class Migration(migrations.Migration):

    readable_by = "0.2.0"

    dependencies = [
        ('engagements', '0007_derive_levels_of_old'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='engagement',
            name='engagement_is_not_above_what_it_owns',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='paper',
            name='paper_is_not_below_its_engagement',
        ),
        migrations.AddField(
            model_name='paper',
            name='issued_on',
            field=models.DateField(blank=True, help_text='The day that it bears.', null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='engagement',
            trigger=pgtrigger.compiler.Trigger(name='engagement_is_not_above_what_it_owns', sql=sgoffice.records.triggers.RuleSql(func="\n            IF NEW.marking = OLD.marking OR NEW.marking = 'public' THEN RETURN NULL; END IF;\n            IF EXISTS (\n                SELECT FROM engagements_paper o WHERE o.engagement_id = NEW.id AND NOT o.is_in_error\n                    AND o.kind NOT IN ('readout', 'joint_statement')\n                    AND (o.marking = 'public' OR (o.marking = 'internal' AND NEW.marking = 'restricted'))\n                UNION ALL SELECT FROM engagements_attachment o WHERE o.engagement_id = NEW.id AND NOT o.is_in_error\n                    AND (o.marking = 'public' OR (o.marking = 'internal' AND NEW.marking = 'restricted'))\n                UNION ALL SELECT FROM engagements_actionitem o WHERE o.engagement_id = NEW.id AND NOT o.is_in_error\n                    AND (o.marking = 'public' OR (o.marking = 'internal' AND NEW.marking = 'restricted'))\n            ) THEN\n                RAISE EXCEPTION 'what belongs to % would be seen by more people than it', NEW.reference\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'engagement_is_not_above_what_it_owns';\n            END IF;\nRETURN NULL;", hash='bbc2c007bc40fb44a615e960ce9c4109e87b46eb', operation='UPDATE', pgid='pgtrigger_engagement_is_not_above_what_it_owns_e7c8e', table='engagements_engagement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paper',
            trigger=pgtrigger.compiler.Trigger(name='paper_is_not_below_its_engagement', sql=sgoffice.records.triggers.RuleSql(declare='DECLARE owner text;', func="\n            IF NEW.is_in_error OR NEW.merged_into_id IS NOT NULL THEN RETURN NULL; END IF;\n            IF NEW.kind IN ('readout', 'joint_statement') AND (\n                (TG_OP = 'UPDATE' AND NEW.kind = OLD.kind AND NEW.engagement_id = OLD.engagement_id)\n                OR (SELECT marking FROM engagements_engagement WHERE id = NEW.engagement_id) = 'internal'\n            ) THEN RETURN NULL; END IF;\n            SELECT marking INTO owner FROM engagements_engagement WHERE id = NEW.engagement_id FOR NO KEY UPDATE;\n            IF (owner <> 'public' AND NEW.marking = 'public') OR (owner = 'restricted' AND NEW.marking <> 'restricted')\n            THEN\n                RAISE EXCEPTION '% would be seen by more people than its engagement', NEW.reference\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'paper_is_not_below_its_engagement';\n            END IF;\nRETURN NULL;", hash='b498d49efeb19b2c8c78251ceb51e8e33c2e3dd9', operation='INSERT OR UPDATE', pgid='pgtrigger_paper_is_not_below_its_engagement_2ac7f', table='engagements_paper', when='AFTER')),
        ),
    ]
