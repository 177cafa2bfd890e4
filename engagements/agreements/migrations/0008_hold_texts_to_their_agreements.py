import pgtrigger.compiler
import pgtrigger.migrations
import sgoffice.records.triggers
from django.db import migrations


class Migration(migrations.Migration):
    readable_by = "0.2.0"

    dependencies = [
        ('agreements', '0007_keep_what_parties_are_called'),
        ('engagements', '0009_attach_texts_to_agreements'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='agreement',
            trigger=pgtrigger.compiler.Trigger(name='attachment_is_of_an_agreement', sql=sgoffice.records.triggers.RuleSql(func="\n            IF NEW.agreement_id IS NOT NULL\n                AND NOT EXISTS (SELECT FROM agreements_agreement WHERE id = NEW.agreement_id) THEN\n                RAISE EXCEPTION '% is no agreement', NEW.agreement_id\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'attachment_is_of_an_agreement';\n            END IF;\nRETURN NULL;", hash='7abd8a7071b8e2d9d3f39b1d1f8683c1e9c60f09', operation='INSERT OR UPDATE', pgid='pgtrigger_attachment_is_of_an_agreement_25c92', table='engagements_attachment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreement',
            trigger=pgtrigger.compiler.Trigger(name='attachment_is_not_below_its_agreement', sql=sgoffice.records.triggers.RuleSql(declare='DECLARE owner text;', func="\n            IF NEW.is_in_error OR NEW.merged_into_id IS NOT NULL THEN RETURN NULL; END IF;\n            SELECT marking INTO owner FROM agreements_agreement WHERE id = NEW.agreement_id FOR NO KEY UPDATE;\n            IF (owner <> 'public' AND NEW.marking = 'public') OR (owner = 'restricted' AND NEW.marking <> 'restricted')\n            THEN\n                RAISE EXCEPTION '% would be seen by more people than its agreement', NEW.reference\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'attachment_is_not_below_its_agreement';\n            END IF;\nRETURN NULL;", hash='a9e43e7179ce932b053d2fbc8af08500241e630b', operation='INSERT OR UPDATE', pgid='pgtrigger_attachment_is_not_below_its_agreement_52595', table='engagements_attachment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreement',
            trigger=pgtrigger.compiler.Trigger(name='agreement_is_not_above_its_attachments', sql=sgoffice.records.triggers.RuleSql(func="\n            IF NEW.marking = OLD.marking OR NEW.marking = 'public' THEN RETURN NULL; END IF;\n            IF EXISTS (\n                SELECT FROM engagements_attachment o WHERE o.agreement_id = NEW.id AND NOT o.is_in_error\n                    AND (o.marking = 'public' OR (o.marking = 'internal' AND NEW.marking = 'restricted'))\n            ) THEN\n                RAISE EXCEPTION 'what belongs to % would be seen by more people than it', NEW.reference\n                    USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_is_not_above_its_attachments';\n            END IF;\nRETURN NULL;", hash='2664d86f701bc7533c396821ea2f3362154222ec', operation='UPDATE', pgid='pgtrigger_agreement_is_not_above_its_attachments_e6cd6', table='agreements_agreement', when='AFTER')),
        ),
    ]
