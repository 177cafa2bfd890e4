import pgtrigger.compiler
import pgtrigger.migrations
import sgoffice.records.triggers
from django.db import migrations


class Migration(migrations.Migration):

    readable_by = "0.2.0"

    dependencies = [
        ('partners', '0006_look_after_own_pings'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='release',
            name='release_is_approved_by_two',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='release',
            trigger=pgtrigger.compiler.Trigger(name='release_is_approved_by_two', sql=sgoffice.records.triggers.RuleSql(func="\n                    IF NEW.state <> 'approved' OR (TG_OP = 'UPDATE' AND OLD.state = 'approved')\n                        OR register_is_carried_out('release', NEW.id)\n                        OR (TG_OP = 'INSERT' AND register_is_by_operator(NEW.id)\n                            AND current_setting('sgoffice.verb', true) = 'bring_register') THEN\n                        RETURN NULL;\n                    END IF;\n                    RAISE EXCEPTION 'release % takes effect by one person alone', NEW.id\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'release_is_approved_by_two';\nRETURN NULL;", hash='54cb474a24effc75cc544f77a322fe8376a8a877', operation='INSERT OR UPDATE', pgid='pgtrigger_release_is_approved_by_two_037b9', table='partners_release', when='AFTER')),
        ),
    ]
