import pgtrigger.compiler
import pgtrigger.migrations
import sgoffice.records.triggers
from django.db import migrations


class Migration(migrations.Migration):

    readable_by = "0.2.0"

    dependencies = [
        ('approvals', '0001_approvals'),
        ('partners', '0001_initial'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='release',
            trigger=pgtrigger.compiler.Trigger(name='release_is_approved_by_two', sql=sgoffice.records.triggers.RuleSql(func="\n                    IF NEW.state <> 'approved' OR (TG_OP = 'UPDATE' AND OLD.state = 'approved')\n                        OR register_is_carried_out('release', NEW.id) THEN\n                        RETURN NULL;\n                    END IF;\n                    RAISE EXCEPTION 'release % takes effect by one person alone', NEW.id\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'release_is_approved_by_two';\nRETURN NULL;", hash='a09217a207fec4600690cc967cc7f24abe59c145', operation='INSERT OR UPDATE', pgid='pgtrigger_release_is_approved_by_two_037b9', table='partners_release', when='AFTER')),
        ),
    ]
